// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
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
        boolean isEqual = true;
        for (JournalQueue queue : JournalQueue.values()) {
            if (only == null || only == queue) {
                isEqual &= compare(queue, a, b);
            }
        }
        return isEqual ? ExitCode.OK : ExitCode.FINDING;
    }

    private boolean compare(JournalQueue queue, Path a, Path b) throws IOException {
        try (JournalTail one = JournalTail.written(a, queue);
             JournalTail other = JournalTail.written(b, queue)) {
            long count = 0;
            boolean hasOne = one.next();
            boolean hasOther = other.next();
            while (hasOne && hasOther && isEqual(one.event(), other.event())) {
                count++;
                hasOne = one.next();
                hasOther = other.next();
            }
            boolean isEqual = !hasOne && !hasOther;
            terminal.print(queue.label() + ": " + count + " equal events"
                + (isEqual ? "\n" : ", then they differ\n"));
            print(a, hasOne, one.event());
            print(b, hasOther, other.event());
            return isEqual;
        }
    }

    private void print(Path directory, boolean hasEvent, EventView event) throws IOException {
        if (hasEvent) {
            terminal.print(directory + ": ");
            JsonLines lines = new JsonLines(terminal.out());
            new EventJson(lines).print(event);
            lines.flush();
        }
    }

    private boolean isEqual(EventView one, EventView other) {
        if (one.length() != other.length()) {
            return false;
        }
        int length = one.length() - (isRaw ? 0 : EventDescriptor.MEASUREMENT_LENGTH);
        int from = one.offset() - EventDescriptor.HEADER_LENGTH;
        int otherFrom = other.offset() - EventDescriptor.HEADER_LENGTH;
        for (int i = 0; i < length; i += Long.BYTES) {
            if (one.buffer().getLong(from + i) != other.buffer().getLong(otherFrom + i)) {
                return false;
            }
        }
        return true;
    }
}
