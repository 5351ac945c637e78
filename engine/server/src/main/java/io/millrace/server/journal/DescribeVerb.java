// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `journal describe DIR`: what a journal says about itself. */
@Command(name = "describe", description = "Print the head of a journal, and what it holds.",
    footer = {"", "Example: millrace journal describe journal | less"})
public final class DescribeVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public DescribeVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path epoch = EpochDirectory.resolve(directory);
        JournalHead head = Journal.head(epoch);
        long inbound = LsVerb.lastSequence(epoch, JournalQueue.INBOUND);
        long outbound = LsVerb.lastSequence(epoch, JournalQueue.OUTBOUND);
        if (isJson) {
            JsonLines lines = new JsonLines(terminal.out());
            lines.begin().field("directory", epoch.toString()).field("inbound", inbound)
                .field("outbound", outbound).field("holes", EpochHoles.of(epoch).size());
            for (Map.Entry<String, String> section : head.sections().entrySet()) {
                lines.field(section.getKey(), section.getValue());
            }
            lines.end();
            lines.flush();
            return ExitCode.OK;
        }
        StringBuilder text = new StringBuilder().append(epoch).append('\n');
        text.append("events: ").append(inbound).append(" inbound, ").append(outbound)
            .append(" outbound\n");
        EpochHoles.of(epoch).forEach(hole -> text.append(hole).append('\n'));
        head.sections().forEach((name, value) -> text.append(name)
            .append(value.contains("\n") ? ":\n  " + value.replace("\n", "\n  ") : ": " + value)
            .append('\n'));
        terminal.print(text.toString());
        return ExitCode.OK;
    }
}
