// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.replay.JournalReplayer;
import io.millrace.server.run.JournalReplay;
import io.millrace.server.verb.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Lets one event of a stepped replay through for every line of standard input, on a thread of its
 * own; the end of the input ends the replay, behind the last event that was let through.
 */
final class Steps implements JournalReplay.StepSource {
    private final Terminal terminal;
    private volatile JournalReplayer replayer;
    /** Written by the reading thread once, after its last step; read by the replay's. */
    private volatile boolean isInputOver;

    Steps(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void start(JournalReplayer stepped) {
        replayer = stepped;
        terminal.log("replay: Enter lets the next event through, the end of input (Ctrl-D) stops");
        Thread keys = new Thread(this::read, "steps");
        keys.setDaemon(true);
        keys.start();
    }

    /** True once there is no more input and all that it let through has gone. Any thread. */
    boolean isOver() {
        return isInputOver && replayer.stepsLeft() == 0;
    }

    private void read() {
        try (BufferedReader reader =
                 new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (reader.readLine() != null) {
                replayer.step(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            isInputOver = true;
        }
    }
}
