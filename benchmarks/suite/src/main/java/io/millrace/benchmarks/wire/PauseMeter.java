// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import io.millrace.benchmarks.ring.Joined;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What the machine does to a thread that only wants to run once a millisecond: how much later than
 * asked it does. A thread of its own beside the measured ones.
 */
final class PauseMeter implements AutoCloseable {
    private static final long STEP_NS = 1_000_000L;
    private static final long LONGEST_NS = 60_000_000_000L;

    private final Histogram pauses = new Histogram(LONGEST_NS, 3);
    private final Thread thread = new Thread(this::run, "pause-meter");
    private volatile boolean isEnding;

    void start() {
        thread.start();
    }

    /** Pauses seen; after the close. */
    Histogram pauses() {
        return pauses;
    }

    @Override
    public void close() {
        isEnding = true;
        Joined.await(thread);
    }

    private void run() {
        long shortestNs = Long.MAX_VALUE;
        while (!isEnding) {
            long beforeNs = System.nanoTime();
            LockSupport.parkNanos(STEP_NS);
            long elapsedNs = System.nanoTime() - beforeNs;
            shortestNs = Math.min(shortestNs, elapsedNs);
            pauses.recordValueWithExpectedInterval(
                Math.min(LONGEST_NS, elapsedNs - shortestNs), STEP_NS);
        }
    }
}
