// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.Damage;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.JournalVerifier.QueueReport;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `journal verify DIR`: whether every byte is as it was written. */
@Command(name = "verify", description = "Check every excerpt, sequence and cause of a journal.",
    footer = {"", "Example: millrace journal verify journal",
        "Damage is named by file, offset and range of events, and exit 1."})
public final class VerifyVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object per queue and per damage.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public VerifyVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        JournalVerifier.Report report = new JournalVerifier(EpochDirectory.resolve(directory))
            .verify();
        JsonLines lines = new JsonLines(terminal.out());
        for (QueueReport queue : report.queues()) {
            if (isJson) {
                printJson(queue, lines);
            } else {
                terminal.print(text(queue));
            }
        }
        lines.flush();
        return report.isWhole() ? ExitCode.OK : ExitCode.FINDING;
    }

    private static String text(QueueReport queue) {
        StringBuilder text = new StringBuilder();
        text.append(
            String.format(Locale.ROOT, "%-8s  %,d events, sequences %d to %d, %,d bytes: %s%n",
            queue.queue().label(), queue.eventCount(), queue.first(), queue.last(),
            queue.byteCount(),
            queue.isWhole() ? "ok" : queue.damageCount() + " damages"));
        queue.damages().forEach(damage -> text.append("  ").append(damage).append('\n'));
        return text.toString();
    }

    private static void printJson(QueueReport queue, JsonLines lines) throws IOException {
        lines.begin().field("queue", queue.queue().label()).field("events", queue.eventCount())
            .field("first", queue.first()).field("last", queue.last())
            .field("bytes", queue.byteCount())
            .field("damages", queue.damageCount()).end();
        for (Damage damage : queue.damages()) {
            lines.begin().field("queue", queue.queue().label())
                .field("file", damage.file().toString())
                .field("position", damage.position()).field("from", damage.fromSequence())
                .field("to", damage.toSequence()).field("reason", damage.reason()).end();
        }
    }
}
