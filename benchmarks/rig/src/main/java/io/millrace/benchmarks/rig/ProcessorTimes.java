// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel says at one moment about the time that was taken from us.
 *
 * @param atNs     the moment
 * @param stolenNs time the hypervisor gave to others, mean of all cores
 * @param waitedNs time the calling thread was ready but another had its core
 * @param usedNs   processor time of the calling thread
 */
public record ProcessorTimes(long atNs, long stolenNs, long waitedNs, long usedNs) {
    private static final long TICK_NS = 10_000_000L;
    private static final int STEAL_COLUMN = 8;

    /** Reads the times of the calling thread. */
    public static ProcessorTimes read() {
        try {
            String[] all = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +");
            Path schedule = Path.of("/proc/thread-self/schedstat");
            String[] own = Files.readString(schedule).trim().split(" ");
            int cores = Runtime.getRuntime().availableProcessors();
            long stolenNs = Long.parseLong(all[STEAL_COLUMN]) * TICK_NS / cores;
            return new ProcessorTimes(System.nanoTime(), stolenNs, Long.parseLong(own[1]),
                Long.parseLong(own[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Percentage of the time since another moment that the hypervisor took. */
    public double stolenPercentSince(ProcessorTimes before) {
        return 100.0 * (stolenNs - before.stolenNs) / (atNs - before.atNs);
    }

    /** Percentage of the time since another moment that the calling thread waited for its core. */
    public double waitedPercentSince(ProcessorTimes before) {
        return 100.0 * (waitedNs - before.waitedNs) / (atNs - before.atNs);
    }
}
