// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.agrona.concurrent.EpochClock;

/**
 * What a round leaves on disk: one .hlog with an interval of every stage a second, a .hgrm of each
 * stage in microseconds, and a table of all of them. Main thread.
 */
final class LatencyFiles implements AutoCloseable {
    private static final double NS_PER_US = 1_000;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    private final Path folder;
    private final String round;
    private final PrintStream logStream;
    private final HistogramLogWriter log;
    private final PrintStream table;

    LatencyFiles(Path folder, String round, EpochClock clock) {
        this.folder = folder;
        this.round = round;
        try {
            Files.createDirectories(folder);
            logStream = new PrintStream(folder.resolve(round + ".hlog").toFile());
            table = new PrintStream(folder.resolve(round + ".txt").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log = new HistogramLogWriter(logStream);
        log.outputLogFormatVersion();
        log.outputStartTime(clock.time());
        log.outputLegend();
        table.printf(Locale.ROOT, "%-46s %11s %9s %9s %9s %9s %9s %9s%n", "us, " + round, "count",
            "p50", "p90", "p99", "p99.9", "p99.99", "max");
    }

    /** A second of all stages. */
    void interval(String name, int rate, Map<String, Histogram> stages) {
        stages.forEach((stage, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                histogram.setTag(label(name, rate, stage));
                log.outputIntervalHistogram(histogram);
            }
        });
    }

    /** The whole of a point. */
    void totals(String name, int rate, Map<String, Histogram> stages, Histogram lateness,
                Histogram pauses) {
        total(label(name, rate, "sender behind plan"), lateness);
        stages.forEach((stage, histogram) -> total(label(name, rate, stage), histogram));
        total(label(name, rate, "pause meter"), pauses);
        table.flush();
    }

    @Override
    public void close() {
        logStream.close();
        table.close();
    }

    private void total(String label, Histogram histogram) {
        table.printf(Locale.ROOT, "%-46s %,11d", label, histogram.getTotalCount());
        for (double percentile : PERCENTILES) {
            table.printf(Locale.ROOT, " %9.1f",
                histogram.getValueAtPercentile(percentile) / NS_PER_US);
        }
        table.println();
        Path file = folder.resolve(round + '-' + label + ".hgrm");
        try (PrintStream out = new PrintStream(file.toFile())) {
            histogram.outputPercentileDistribution(out, NS_PER_US);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without blanks and commas, which separate the fields of a log. */
    private static String label(String name, int rate, String stage) {
        return name + '-' + rate + '-' + stage.replace(' ', '-');
    }
}
