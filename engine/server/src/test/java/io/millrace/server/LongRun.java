// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.server.verb.StopSignal;
import io.millrace.server.verb.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One run of the command that goes on, on a thread of its own, until the test ends it. */
public record LongRun(StopSignal stop, ByteArrayOutputStream output,
               CompletableFuture<Integer> exitCode) {
    /** Starts a run; what it prints and logs is one text. */
    public static LongRun start(String... args) {
        return start(Map.of(), args);
    }

    /** The same with environment variables. */
    public static LongRun start(Map<String, String> environment, String... args) {
        StopSignal stop = new StopSignal();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(output, new PrintStream(output, true,
            StandardCharsets.UTF_8), environment, stop);
        return new LongRun(stop, output, CompletableFuture.supplyAsync(
            () -> Millrace.execute(terminal, args), task -> new Thread(task).start()));
    }

    /** What it printed and logged so far. */
    public String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    /** True when it has ended by itself. */
    public boolean isDone() {
        return exitCode.isDone();
    }

    /** Asks it to end; waits until it has, well. */
    public void end() {
        stop.request();
        assertEquals(0, exitCode.join(), text());
    }
}
