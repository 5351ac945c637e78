// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.retention.DiskUse;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import io.millrace.server.verb.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `journal ls ROOT`: one line per epoch. */
@Command(name = "ls", description = "List the epochs under a root: date, events in and out, bytes.",
    footer = {"", "Example: millrace journal ls journal"})
public final class LsVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ROOT", description = "Directory with one folder per trading date.")
    private Path root;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public LsVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (Journal.list(root).isEmpty()) {
            throw new UsageException("there is no journal in " + root
                + "; give the root with one folder per trading date");
        }
        DiskUse use = DiskUse.of(root);
        JsonLines lines = new JsonLines(terminal.out());
        for (DiskUse.Epoch epoch : use.epochs()) {
            long inbound = lastSequence(epoch.directory(), JournalQueue.INBOUND);
            long outbound = lastSequence(epoch.directory(), JournalQueue.OUTBOUND);
            long perEvent = epoch.byteCount() / Math.max(1, inbound + outbound);
            if (isJson) {
                lines.begin().field("date", epoch.date().toString()).field("inbound", inbound)
                    .field("outbound", outbound).field("bytes", epoch.byteCount())
                    .field("allocated", epoch.allocatedBytes())
                    .field("bytesPerEvent", perEvent)
                    .field("holes", EpochHoles.of(epoch.directory()).size()).end();
            } else {
                terminal.print(String.format(Locale.ROOT,
                    "%s  %,15d in  %,15d out  %,17d bytes  %,17d on disk  %,5d an event%s%n",
                    epoch.date(), inbound, outbound, epoch.byteCount(), epoch.allocatedBytes(),
                    perEvent, holes(epoch.directory())));
            }
        }
        lines.flush();
        if (!isJson) {
            terminal.print(total(use));
        }
        return ExitCode.OK;
    }

    private static String holes(Path directory) {
        int count = EpochHoles.of(directory).size();
        return count == 0 ? "" : "  " + count + " holes";
    }

    private static String total(DiskUse use) {
        return String.format(Locale.ROOT,
            "%,d bytes on disk, %,d a day, %,d left%s%n", use.allocatedBytes(), use.bytesPerDay(),
            use.usableBytes(), use.daysToFull() == Long.MAX_VALUE ? ""
                : String.format(Locale.ROOT, ": full in %,d days", use.daysToFull()));
    }

    static long lastSequence(Path directory, JournalQueue queue) {
        try (JournalTail tail = JournalTail.verified(directory, queue)) {
            tail.damageListener(damage -> { });
            return tail.seekEnd();
        }
    }
}
