// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.engine.ThreadingMode;
import io.millrace.journal.Damage;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalVerifier.QueueReport;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.server.json.JsonLines;
import io.millrace.server.run.JournalReplay;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.ProofText;
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
        "Damage is named by file, offset and range of events, and exit 1. A declared hole is named",
        "and is no damage. Of a journal that is being written, what stands there now is checked."})
public final class VerifyVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object per queue and per damage.")
    private boolean isJson;

    @Option(names = "--deep",
        description = "Also derive everything outbound again, and compare it.")
    private boolean isDeep;

    /** @param terminal where data and log go */
    public VerifyVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path epoch = EpochDirectory.resolve(directory);
        JournalVerifier.Report report = new JournalVerifier(epoch).verify();
        JsonLines lines = new JsonLines(terminal.out());
        for (QueueReport queue : report.queues()) {
            if (isJson) {
                printJson(queue, lines);
            } else {
                terminal.print(text(queue));
            }
        }
        lines.flush();
        boolean isRight = report.isWhole() & (!isDeep || isDerivedAgain(epoch));
        return isRight ? ExitCode.OK : ExitCode.FINDING;
    }

    /** Outbound is a function of inbound alone; what was not recorded any more is no difference. */
    private boolean isDerivedAgain(Path epoch) throws IOException {
        Proof proof = new JournalReplay(epoch, ThreadingMode.INVOKER)
            .prove(ReplayContext.MAX_SPEED);
        new ProofText(terminal, epoch).print(proof, isJson);
        return proof.outcome() != Proof.Outcome.DIVERGED;
    }

    private static String text(QueueReport queue) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT,
            "%-8s  %,d events, sequences %d to %d, %,d bytes: %s%n", queue.queue().label(),
            queue.eventCount(), queue.first(), queue.last(), queue.byteCount(), state(queue)));
        queue.damages().forEach(damage -> text.append("  ").append(damage).append('\n'));
        queue.holes().forEach(hole -> text.append("  ").append(hole).append('\n'));
        if (queue.torn() != null) {
            text.append("  millrace journal repair cuts the torn tail off; all before it stays\n");
        }
        return text.toString();
    }

    private static String state(QueueReport queue) {
        String holes = queue.holes().isEmpty() ? "" : ", " + queue.holes().size()
            + " declared holes";
        return (queue.isWhole() ? "ok" : queue.isOnlyTorn() ? "torn tail"
            : queue.damageCount() + " damages") + holes;
    }

    private static void printJson(QueueReport queue, JsonLines lines) throws IOException {
        lines.begin().field("queue", queue.queue().label()).field("events", queue.eventCount())
            .field("first", queue.first()).field("last", queue.last())
            .field("bytes", queue.byteCount()).field("damages", queue.damageCount())
            .field("torn", queue.torn() == null ? 0 : 1).field("holes", queue.holes().size())
            .end();
        for (Damage damage : queue.damages()) {
            lines.begin().field("queue", queue.queue().label())
                .field("file", damage.file().toString())
                .field("position", damage.position()).field("from", damage.fromSequence())
                .field("to", damage.toSequence()).field("reason", damage.reason()).end();
        }
        for (JournalHole hole : queue.holes()) {
            lines.begin().field("queue", queue.queue().label()).field("from", hole.fromSequence())
                .field("to", hole.toSequence()).field("declared", hole.reason().name())
                .field("gap", hole.gapSequence()).end();
        }
    }
}
