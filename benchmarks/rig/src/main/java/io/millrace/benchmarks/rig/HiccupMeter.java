// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

/**
 * Spins on the calling thread's core and tells how much of the time somebody else had it. Never
 * waits.
 */
public final class HiccupMeter {
    /** A step of the spin that takes longer was interrupted. */
    private static final long GAP_NS = 1_000;

    private HiccupMeter() {
    }

    /** Percentage of the time that was lost in gaps of more than a microsecond. */
    public static double lostPercent(long durationMs) {
        long first = System.nanoTime();
        long last = first;
        long lostNs = 0;
        while (last - first < durationMs * 1_000_000L) {
            long now = System.nanoTime();
            if (now - last > GAP_NS) {
                lostNs += now - last;
            }
            last = now;
        }
        return 100.0 * lostNs / (last - first);
    }
}
