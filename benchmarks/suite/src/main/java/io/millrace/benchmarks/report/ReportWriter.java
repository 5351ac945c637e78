// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.benchmarks.rig.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as a table for people and as JSON, with every figure of every round, for programs. */
final class ReportWriter {
    private static final String HEAD = """
        | row | what | median | min - max | bar | aim | A/A | hiccup %% | rounds | |
        |---|---|---|---|---|---|---|---|---|---|
        """;

    private final Map<String, String> host;
    private final List<RowResult> results;

    ReportWriter(Map<String, String> host, List<RowResult> results) {
        this.host = host;
        this.results = results;
    }

    /** The table in Markdown: ratios of rounds, their medians, what the bar is, who held it. */
    String markdown() {
        StringBuilder text = new StringBuilder(String.format(HEAD));
        for (RowResult result : results) {
            for (Bar bar : result.row().bars()) {
                text.append(line(result, bar));
            }
        }
        text.append("\nMedians of each contender's own figures:\n\n");
        results.forEach(result -> text.append(figures(result)));
        text.append("\nMachine:\n\n");
        host.forEach((name, value) -> text.append("- ").append(name).append(": ").append(value)
            .append('\n'));
        return text.toString();
    }

    /** Writes both files. */
    void write(Path folder) {
        try {
            Files.writeString(folder.resolve("bench.md"), markdown());
            try (JsonGenerator json = new JsonFactory().createGenerator(
                folder.resolve("bench.json").toFile(), JsonEncoding.UTF8)) {
                json.useDefaultPrettyPrinter();
                write(json);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(RowResult result, Bar bar) {
        double[] ratios = result.ratios(bar);
        double median = result.median(bar);
        String verdict = bar.bound() == Bar.Bound.FOR_INFORMATION ? "" : bar.isHeldBy(median)
            ? "PASS" : "FAIL";
        return String.format(Locale.ROOT,
            "| %s | %s | %.3f | %.3f - %.3f | %s | %s | %s | %.2f | %d of %d | %s%s |%n",
            result.row().id(), bar.name(), median, Quantile.of(ratios, 0), Quantile.of(ratios, 1),
            limit(bar), Double.isNaN(bar.aim()) ? "" : bar.aim(), spread(result), hiccup(result),
            ratios.length, result.rounds().size(), verdict, result.isNoisy() ? " (noisy)" : "");
    }

    /** Median of the hiccup readings beside all rounds. */
    private static double hiccup(RowResult result) {
        return Quantile.of(result.rounds().stream().mapToDouble(Round::hiccupPercent).sorted()
            .toArray(), 0.5);
    }

    private static String limit(Bar bar) {
        return switch (bar.bound()) {
            case AT_MOST -> "<= " + bar.limit();
            case AT_LEAST -> ">= " + bar.limit();
            case FOR_INFORMATION -> "";
        };
    }

    private static String spread(RowResult result) {
        if (result.row().same() == null) {
            return "";
        }
        double[] same = result.ratios(result.row().same());
        return String.format(Locale.ROOT, "%.3f - %.3f", Quantile.of(same, 0),
            Quantile.of(same, 1));
    }

    private static String figures(RowResult result) {
        StringBuilder text = new StringBuilder();
        for (Contestant contestant : result.row().contestants()) {
            Round any = result.rounds().get(0);
            text.append("- ").append(result.row().id()).append(", ").append(contestant.name())
                .append(": ");
            any.figures().get(contestant.name()).values().keySet().forEach(figure ->
                text.append(String.format(Locale.ROOT, "%s %.4g, ", figure,
                    result.median(contestant.name(), figure))));
            text.setLength(text.length() - 2);
            text.append('\n');
        }
        return text.toString();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("machine");
        for (Map.Entry<String, String> property : host.entrySet()) {
            json.writeStringField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("rows");
        for (RowResult result : results) {
            write(json, result);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, RowResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("row", result.row().id());
        json.writeStringField("title", result.row().title());
        json.writeArrayFieldStart("checksums");
        for (String checksum : result.checksums()) {
            json.writeString(checksum);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("bars");
        for (Bar bar : result.row().bars()) {
            write(json, result, bar);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rounds");
        for (Round round : result.rounds()) {
            write(json, round);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, RowResult result, Bar bar) throws IOException {
        json.writeStartObject();
        json.writeStringField("bar", bar.name());
        json.writeStringField("bound", bar.bound().name());
        json.writeNumberField("limit", bar.limit());
        json.writeNumberField("aim", bar.aim());
        json.writeNumberField("median", result.median(bar));
        json.writeBooleanField("held", bar.isHeldBy(result.median(bar)));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Round round) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", round.index());
        json.writeStringField("use", round.use().name());
        for (Map.Entry<String, Figures> contestant : round.figures().entrySet()) {
            json.writeObjectFieldStart(contestant.getKey());
            for (Map.Entry<String, Double> figure : contestant.getValue().values().entrySet()) {
                json.writeNumberField(figure.getKey(), figure.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
