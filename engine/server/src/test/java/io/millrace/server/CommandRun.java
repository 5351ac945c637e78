// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.server.verb.StopSignal;
import io.millrace.server.verb.Terminal;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of the command within the test: its exit code, its data and its log. The page takes any
 * free ports, unless the test names some.
 */
public record CommandRun(int exitCode, String out, String log) {
    private static final Map<String, String> FREE_PORTS =
        Map.of("MILLRACE_EDGE_PORT", "0", "MILLRACE_EDGE_METRICS_PORT", "0");

    /** Runs it to its end. */
    public static CommandRun of(String... args) {
        return of(Map.of(), args);
    }

    /** Runs it to its end with environment variables. */
    public static CommandRun of(Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandRun run = to(out, environment, args);
        return new CommandRun(run.exitCode, out.toString(StandardCharsets.UTF_8), run.log);
    }

    /** The data goes into a file, as there may be much of it. */
    static CommandRun into(Path file, String... args) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            return to(out, Map.of(), args);
        }
    }

    private static CommandRun to(OutputStream out, Map<String, String> environment,
        String... args) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        Map<String, String> all = new HashMap<>(FREE_PORTS);
        all.putAll(environment);
        int exitCode = Millrace.execute(new Terminal(out, stream, all, new StopSignal()), args);
        return new CommandRun(exitCode, "", log.toString(StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
