// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.JournalTail;
import io.millrace.server.json.EventJson;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.DamageCount;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `journal tail DIR`: the last events, and with -f those to come. */
@Command(name = "tail",
    description = "Print the last events, and with -f go on as they are written.",
    footer = {"", "Example: millrace journal tail journal -f --queue outbound"})
public final class TailVerb implements Callable<Integer> {
    private static final int IDLE_MS = 50;

    private final Terminal terminal;

    @Mixin
    private QueueFlag queue;

    @Option(names = {"-f", "--follow"}, description = "Wait for more until interrupted.")
    private boolean isFollowing;

    @Option(names = {"-m", "--max"}, defaultValue = "10", paramLabel = "N",
        description = "Events to begin with.")
    private long max;

    /** @param terminal where data and log go */
    public TailVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        JsonLines lines = new JsonLines(terminal.out());
        EventJson json = new EventJson(lines);
        DamageCount damages = new DamageCount(terminal);
        Path epoch = EpochDirectory.resolve(queue.directory);
        try (JournalTail tail = isFollowing ? JournalTail.following(epoch, queue.queue)
                 : JournalTail.written(epoch, queue.queue)) {
            tail.damageListener(damages).holeListener(damages::onHole);
            tail.seekSequence(Math.max(1, LsVerb.lastSequence(epoch, queue.queue) - max + 1));
            do {
                while (!terminal.stop().isRequested() && tail.next()) {
                    json.print(tail.event());
                }
                lines.flush();
                terminal.out().flush();
            } while (isFollowing && !terminal.stop().listen().await(IDLE_MS));
        }
        return damages.count() > 0 ? ExitCode.FINDING : ExitCode.OK;
    }
}
