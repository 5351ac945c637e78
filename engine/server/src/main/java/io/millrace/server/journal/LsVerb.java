// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import io.millrace.server.verb.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
        List<LocalDate> dates = Journal.list(root);
        if (dates.isEmpty()) {
            throw new UsageException("there is no journal in " + root
                + "; give the root with one folder per trading date");
        }
        JsonLines lines = new JsonLines(terminal.out());
        for (LocalDate date : dates) {
            Path directory = Journal.directory(root, date);
            long inbound = lastSequence(directory, JournalQueue.INBOUND);
            long outbound = lastSequence(directory, JournalQueue.OUTBOUND);
            if (isJson) {
                lines.begin().field("date", date.toString()).field("inbound", inbound)
                    .field("outbound", outbound).field("bytes", bytes(directory)).end();
            } else {
                terminal.print(
                    String.format("%s  %,15d in  %,15d out  %,17d bytes%n", date, inbound,
                    outbound, bytes(directory)));
            }
        }
        lines.flush();
        return ExitCode.OK;
    }

    static long lastSequence(Path directory, JournalQueue queue) {
        try (JournalTail tail = JournalTail.verified(directory, queue)) {
            tail.damageListener(damage -> { });
            return tail.seekEnd();
        }
    }

    static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length())
                .sum();
        }
    }
}
