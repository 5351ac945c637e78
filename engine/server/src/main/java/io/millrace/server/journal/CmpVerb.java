// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.EventEquality;
import io.millrace.journal.JournalCompare;
import io.millrace.journal.JournalCompare.Comparison;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.server.json.EventJson;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `journal cmp A B`: whether two journals tell the same, whatever the bounds of their excerpts. */
@Command(name = "cmp", description = "Compare the events of two journals, measurements left out.",
    footer = {"", "Example: millrace journal cmp live/2026-01-30 replayed/2026-01-30",
        "The first event that differs is printed from both, and exit 1."})
public final class CmpVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "A", description = "Epoch or root.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "Epoch or root.")
    private Path second;

    @Option(names = "--queue", paramLabel = "QUEUE",
        description = "inbound or outbound; both unless given.")
    private JournalQueue only;

    @Option(names = "--raw", description = "Compare measurements too.")
    private boolean isRaw;

    /** @param terminal where data and log go */
    public CmpVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path a = EpochDirectory.resolve(first);
        Path b = EpochDirectory.resolve(second);
        EventEquality equality = isRaw ? EventEquality.RAW : EventEquality.DATA;
        boolean isEqual = true;
        for (Comparison comparison : new JournalCompare(a, b, equality).compare()) {
            if (only == null || only == comparison.queue()) {
                isEqual &= comparison.isEqual();
                report(comparison, a, b);
            }
        }
        return isEqual ? ExitCode.OK : ExitCode.FINDING;
    }

    private void report(Comparison comparison, Path a, Path b) throws IOException {
        terminal.print(comparison.queue().label() + ": " + comparison.equalCount() + " equal events"
            + (comparison.isEqual() ? "\n" : ", then they differ\n"));
        if (!comparison.isEqual()) {
            print(comparison, a);
            print(comparison, b);
        }
    }

    private void print(Comparison comparison, Path directory) throws IOException {
        try (JournalTail tail = JournalTail.written(directory, comparison.queue())) {
            terminal.print(directory + ": ");
            if (!tail.seekSequence(comparison.firstDiffering()) || !tail.next()) {
                terminal.print("ends\n");
                return;
            }
            JsonLines lines = new JsonLines(terminal.out());
            new EventJson(lines).print(tail.event());
            lines.flush();
        }
    }
}
