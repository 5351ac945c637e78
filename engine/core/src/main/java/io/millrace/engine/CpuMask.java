// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import net.openhft.affinity.Affinity;

/**
 * The cpus on which a thread may run, as the kernel says, not as a library believes. Any thread, at
 * start only.
 */
final class CpuMask {
    /** Cpus that the affinity library can name are below this. */
    static final int CPU_LIMIT = 1024;

    private static final String FIELD = "Cpus_allowed_list:";
    private static final Path STATUS = Path.of("/proc/thread-self/status");

    private CpuMask() {
    }

    /**
     * The cpus that the kernel allows the calling thread. Where there is no /proc, all there are.
     */
    static BitSet ofThisThread() {
        if (!Files.isReadable(STATUS)) {
            BitSet all = new BitSet();
            all.set(0, Runtime.getRuntime().availableProcessors());
            return all;
        }
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(FIELD)) {
                    return parse(line.substring(FIELD.length()).trim());
                }
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return new BitSet();
    }

    /**
     * Asks the kernel to keep the calling thread on these cpus; {@link #ofThisThread()} tells
     * whether it does.
     */
    static void pinThisThread(BitSet cpus) {
        Affinity.setAffinity(cpus);
    }

    /** Reads a list such as 0-3,8. */
    static BitSet parse(String list) {
        BitSet cpus = new BitSet();
        for (String range : list.split(",")) {
            String[] ends = range.trim().split("-");
            cpus.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return cpus;
    }
}
