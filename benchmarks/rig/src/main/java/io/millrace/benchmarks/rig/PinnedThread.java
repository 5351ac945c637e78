// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Binds the calling thread to one core by the system's own taskset, so that no contender needs a
 * library for it.
 */
public final class PinnedThread {
    private static final Path SELF = Path.of("/proc/thread-self");

    private PinnedThread() {
    }

    /**
     * Binds the calling thread, and no other of the process, to a core; a negative core leaves it
     * free.
     *
     * @throws IllegalStateException when the mask read back is another
     */
    public static void pin(int core) {
        if (core < 0) {
            return;
        }
        try {
            String thread = SELF.toRealPath().getFileName().toString();
            new ProcessBuilder("taskset", "-cp", String.valueOf(core), thread)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectErrorStream(true)
                .start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!cores().equals(String.valueOf(core))) {
            throw new IllegalStateException("wanted core " + core + ", the mask is " + cores());
        }
    }

    /** Cores the calling thread may run on, as the kernel tells them. */
    public static String cores() {
        try {
            return Files.readAllLines(SELF.resolve("status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim()).findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
