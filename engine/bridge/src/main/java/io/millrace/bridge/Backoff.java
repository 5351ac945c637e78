// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import java.util.SplittableRandom;

/**
 * How long to wait before the next attempt: twice as long after each failure up to a limit, each
 * between half and all of it, so that bridges that failed together do not come back together. One
 * thread.
 */
final class Backoff {
    private final long firstNs;
    private final long longestNs;
    private final SplittableRandom random;
    private long stepNs;

    Backoff(long firstNs, long longestNs, long seed) {
        this.firstNs = firstNs;
        this.longestNs = longestNs;
        random = new SplittableRandom(seed);
        reset();
    }

    void reset() {
        stepNs = firstNs;
    }

    long nextNs() {
        long waitNs = stepNs / 2 + random.nextLong(stepNs / 2 + 1);
        stepNs = Math.min(longestNs, stepNs * 2);
        return waitNs;
    }
}
