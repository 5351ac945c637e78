// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

/**
 * How long to wait before the next attempt: twice as long after each failure up to a longest delay,
 * and shifted by up to a quarter, so that those who were cut off together do not come back
 * together. The same seed gives the same delays. Used by one thread.
 */
public final class RetryDelay {
    private static final int JITTER_PARTS = 4;
    private static final int MAX_DOUBLINGS = 30;

    private final long firstNs;
    private final long longestNs;
    private long random;
    private int failures;

    /**
     * @param firstNs   delay after the first failure, more than 0
     * @param longestNs delay that is never exceeded, at least the first
     * @param seed      tells this one's delays from another's
     */
    public RetryDelay(long firstNs, long longestNs, long seed) {
        if (firstNs < 1 || longestNs < firstNs) {
            throw new IllegalArgumentException("delays " + firstNs + " and " + longestNs
                + " ns are not from 1 up");
        }
        this.firstNs = firstNs;
        this.longestNs = longestNs;
        random = seed;
    }

    /** Delay after one more failure. */
    public long nextNs() {
        long delayNs = firstNs;
        for (int i = 0; i < failures && delayNs < longestNs; i++) {
            delayNs = delayNs > longestNs / 2 ? longestNs : delayNs * 2;
        }
        failures = Math.min(failures + 1, MAX_DOUBLINGS);
        long jitterNs = delayNs / JITTER_PARTS;
        return delayNs - jitterNs + (jitterNs == 0 ? 0 : (next() >>> 1) % (jitterNs + 1));
    }

    /** An attempt went well: the next failure is the first. */
    public void reset() {
        failures = 0;
    }

    /** SplitMix64. */
    private long next() {
        random += 0x9E3779B97F4A7C15L;
        long mixed = (random ^ random >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
