// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.JournalTail;
import io.millrace.server.json.EventJson;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.DamageCount;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.EventSelection;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `journal dump DIR`: events as JSON lines. */
@Command(name = "dump", description = "Print events of a journal, one JSON line each.",
    footer = {"", "Examples:", "  millrace journal dump journal --max 10",
        "  millrace journal dump journal --queue outbound --types Bbo --symbols AAPL",
        "Damage is told in the log, and exit 1."})
public final class DumpVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private QueueFlag queue;

    @Mixin
    private EventSelection selection;

    @Option(names = {"-n", "--sequence"}, defaultValue = "1", paramLabel = "N",
        description = "First sequence.")
    private long sequence;

    @Option(names = {"-m", "--max"}, defaultValue = "9223372036854775807", paramLabel = "N",
        description = "Most events.")
    private long max;

    /** @param terminal where data and log go */
    public DumpVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        selection.check();
        DamageCount damages = new DamageCount(terminal);
        Path epoch = EpochDirectory.resolve(queue.directory);
        JsonLines lines = new JsonLines(terminal.out());
        selection.noticeEpoch(epoch);
        try (JournalTail tail = JournalTail.written(epoch, queue.queue)) {
            tail.damageListener(damages).holeListener(damages::onHole);
            print(tail, lines);
        }
        lines.flush();
        return damages.count() > 0 ? ExitCode.FINDING : ExitCode.OK;
    }

    private void print(JournalTail tail, JsonLines lines) throws IOException {
        EventJson json = new EventJson(lines);
        Set<Integer> kinds = selection.templateIds();
        long fromNs = selection.fromNs();
        long toNs = selection.toNs();
        if (!seek(tail, fromNs)) {
            return;
        }
        long printed = 0;
        while (printed < max && tail.next() && tail.event().receiveTimeNs() <= toNs) {
            if (tail.event().sequence() >= sequence && tail.event().receiveTimeNs() >= fromNs
                && selection.isWanted(tail.event(), kinds)) {
                json.print(tail.event());
                printed++;
            }
        }
    }

    private boolean seek(JournalTail tail, long fromNs) {
        if (sequence > 1) {
            return tail.seekSequence(sequence);
        }
        return fromNs == Long.MIN_VALUE || tail.seekTime(fromNs);
    }
}
