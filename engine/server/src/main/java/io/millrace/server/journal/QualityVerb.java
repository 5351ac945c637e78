// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.server.json.EventJson;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.DamageCount;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `quality DIR`: how good a day's data are, from the journal alone. */
@Command(name = "quality",
    description = "Count what of a day is lost, stale, doubtful or out of order.",
    footer = {"", "Example: millrace quality journal/2026-01-30 --json",
        "Exit 1 when anything was lost, stale, doubtful or out of order, or is damaged."})
public final class QualityVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public QualityVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path epoch = EpochDirectory.resolve(directory);
        QualityTally tally = new QualityTally();
        DamageCount damages = new DamageCount(terminal);
        read(epoch, JournalQueue.INBOUND, damages, tail -> tally.onInbound(tail.event()));
        read(epoch, JournalQueue.OUTBOUND, damages, tail -> tally.onOutbound(tail.event()));
        tally.finish();
        Map<String, Long> findings = tally.findings();
        findings.put("damages", damages.count());
        boolean isClean = findings.values().stream().allMatch(count -> count == 0);
        if (isJson) {
            printJson(epoch, tally, findings, isClean);
        } else {
            terminal.print(text(epoch, tally, findings, isClean));
        }
        return isClean ? ExitCode.OK : ExitCode.FINDING;
    }

    private static void read(Path epoch, JournalQueue queue, DamageCount damages,
        Consumer<JournalTail> consumer) {
        try (JournalTail tail = JournalTail.written(epoch, queue)) {
            tail.damageListener(damages);
            while (tail.next()) {
                consumer.accept(tail);
            }
        }
    }

    private String text(Path epoch, QualityTally tally, Map<String, Long> findings,
        boolean isClean) {
        EventJson names = new EventJson(new JsonLines(terminal.out()));
        StringBuilder text = new StringBuilder().append(epoch).append(": ")
            .append(isClean ? "clean" : "findings").append('\n');
        tally.countByKind().forEach((kind, count) -> append(text, names.name(kind), count));
        tally.figures().forEach((name, count) -> append(text, name, count));
        findings.forEach((name, count) -> append(text, name, count));
        return text.toString();
    }

    private static void append(StringBuilder text, String name, long count) {
        text.append(String.format(Locale.ROOT, "  %-22s %,18d%n", name, count));
    }

    private void printJson(Path epoch, QualityTally tally, Map<String, Long> findings,
        boolean isClean) throws IOException {
        JsonLines lines = new JsonLines(terminal.out());
        EventJson names = new EventJson(lines);
        lines.begin().field("journal", epoch.toString())
            .field("tradingDate", Journal.head(epoch).tradingDate().toString())
            .field("clean", isClean ? 1 : 0);
        tally.figures().forEach((name, count) -> field(lines, name, count));
        findings.forEach((name, count) -> field(lines, name, count));
        tally.countByKind().forEach((kind, count) -> field(lines, names.name(kind), count));
        lines.end();
        lines.flush();
    }

    private static void field(JsonLines lines, String name, long count) {
        try {
            lines.field(name, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
