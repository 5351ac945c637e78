// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The one class that reads the wall clock. Between samples it counts the monotonic clock on from the last sample, so
 * that a reading costs one call and allocates nothing. One owner calls {@link #sample()}; any thread may read.
 */
public final class EngineClock implements EpochNanoClock, EpochClock {
    private static final long NS_PER_MS = 1_000_000L;

    private volatile long offsetNs;

    /** Takes the first sample. */
    public EngineClock() {
        sample();
    }

    /** Ns since the Unix epoch. */
    @Override
    public long nanoTime() {
        return System.nanoTime() + offsetNs;
    }

    /** Ms since the Unix epoch. */
    @Override
    public long time() {
        return System.currentTimeMillis();
    }

    /** Takes the difference of the two clocks anew; off the hot path. */
    public void sample() {
        offsetNs = System.currentTimeMillis() * NS_PER_MS - System.nanoTime();
    }
}
