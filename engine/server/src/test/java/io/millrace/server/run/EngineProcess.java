// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.edge.status.EngineState;
import io.millrace.edge.status.StatusLabels;
import io.millrace.server.Millrace;
import io.millrace.testing.CounterFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * `millrace run` in a process of its own, that can be killed at any moment and is when it is
 * closed.
 */
public final class EngineProcess implements AutoCloseable {
    private static final long POLL_NS = 200_000L;

    private final CounterFile counters;
    private final Path out;
    private final Path log;
    private final Process process;
    private final long startedNs = System.nanoTime();

    /**
     * One without a page.
     *
     * @param flags besides those of the journal
     */
    public EngineProcess(Path root, String name, List<String> flags) throws IOException {
        this(root, root, name, Stream.concat(Stream.of("--edge.enabled", "false"),
            flags.stream()).toList());
    }

    /**
     * One that may have a page.
     *
     * @param files where its output goes
     * @param root  of its journals
     */
    public EngineProcess(Path files, Path root, String name, List<String> flags)
        throws IOException {
        counters = new CounterFile(root);
        out = files.resolve(name + ".out");
        log = files.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@../../.mvn/jvm-flags", "-XX:+UseSerialGC",
            "-Xshare:auto", "-Xmx512m", "-cp", System.getProperty("java.class.path"),
            Millrace.class.getName(), "run", "--journal.directory", root.toString()));
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command)
            .redirectOutput(out.toFile()).redirectError(log.toFile())
            .redirectInput(new File("/dev/null"));
        builder.environment().putAll(OutsideExchange.environment());
        process = builder.start();
    }

    /** Value of a counter that this process itself has written, or 0. */
    public long counter(String label) {
        return counters.value(label, process.pid());
    }

    /** True when it shows that state. */
    public boolean isIn(EngineState state) {
        return counter(StatusLabels.ENGINE_STATE) == state.ordinal();
    }

    /** Waits until something is so or the process has ended; false when neither came in time. */
    public boolean await(BooleanSupplier condition, long ms) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (process.isAlive() && !condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }

    /** True until it has ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ms since it was started. */
    long ageMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
    }

    /** Asks it to stop in order. */
    public void terminate() {
        process.destroy();
    }

    /** Kills it as kill -9 does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Kills it when it has not ended. */
    @Override
    public void close() {
        kill();
    }

    /** Exit code once it has ended, -1 when it has not in time. */
    public int exitCode(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What it has printed so far. */
    public String out() throws IOException {
        return Files.readString(out);
    }

    /** What it has logged so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** What it has logged and printed so far, for messages. */
    public String told() {
        try {
            return log() + out();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
