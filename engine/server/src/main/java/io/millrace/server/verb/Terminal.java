// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a verb sees of the outside: standard output for data, standard error for the log, the
 * environment. Tests give their own.
 */
public final class Terminal {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream out;
    private final PrintStream log;
    private final Map<String, String> environment;
    private final StopSignal stop;

    /**
     * @param out         data
     * @param log         everything that is not data
     * @param environment variables
     * @param stop        asks a verb to stop
     */
    public Terminal(OutputStream out, PrintStream log, Map<String, String> environment,
        StopSignal stop) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
        this.log = log;
        this.environment = Map.copyOf(environment);
        this.stop = stop;
    }

    /**
     * The process's own streams and environment. A reader that goes away shows as an exception, not
     * as silence.
     */
    public static Terminal ofProcess() {
        return new Terminal(new FileOutputStream(FileDescriptor.out), System.err,
            System.getenv(), StopSignal.ofProcess());
    }

    /** Where data goes, buffered. */
    public OutputStream out() {
        return out;
    }

    /** Writes data and hands it on at once. */
    public void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Writes one line of log. */
    public void log(String line) {
        log.println(line);
    }

    /** The log itself. */
    public PrintStream log() {
        return log;
    }

    /** Environment variables. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Asks a verb to stop. */
    public StopSignal stop() {
        return stop;
    }
}
