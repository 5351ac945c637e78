// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.server.verb.StopSignal;
import io.millrace.server.verb.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One run of the command within the test: its exit code, its data and its log. */
record CommandRun(int exitCode, String out, String log) {
    static CommandRun of(String... args) {
        return of(Map.of(), args);
    }

    static CommandRun of(Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        int exitCode =
            Millrace.execute(new Terminal(out, stream, environment, new StopSignal()), args);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8),
            log.toString(StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
