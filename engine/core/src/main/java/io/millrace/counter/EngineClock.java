// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import java.time.Instant;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The one class that reads the wall clock. Between samples it counts the monotonic clock on from
 * the last one, so that a reading costs one call and allocates nothing. A control thread calls
 * {@link #sample()} now and then; any thread reads.
 */
public final class EngineClock implements EpochNanoClock, EpochClock {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int ATTEMPTS = 5;

    /**
     * Written by the sampling thread, read by all; a single value, so that volatile alone orders
     * it.
     */
    private volatile long offsetNs;

    /** Takes the first sample. */
    public EngineClock() {
        sample();
    }

    /**
     * Ns since the Unix epoch; may step by the wall clock's correction when a sample was taken in
     * between.
     */
    @Override
    public long nanoTime() {
        return System.nanoTime() + offsetNs;
    }

    /** Ms since the Unix epoch. */
    @Override
    public long time() {
        return Math.floorDiv(nanoTime(), NS_PER_MS);
    }

    /**
     * Takes the difference of the two clocks anew, from the reading with the shortest window. Off
     * the hot path.
     */
    public void sample() {
        long shortestNs = Long.MAX_VALUE;
        long bestOffsetNs = 0;
        for (int i = 0; i < ATTEMPTS; i++) {
            long beforeNs = System.nanoTime();
            Instant wall = Instant.now();
            long windowNs = System.nanoTime() - beforeNs;
            if (windowNs < shortestNs) {
                shortestNs = windowNs;
                long wallNs = wall.getEpochSecond() * NS_PER_SECOND + wall.getNano();
                bestOffsetNs = wallNs - beforeNs - windowNs / 2;
            }
        }
        offsetNs = bestOffsetNs;
    }
}
