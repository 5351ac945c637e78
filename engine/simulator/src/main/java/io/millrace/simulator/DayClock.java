// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * Gives each message its time: random gaps about the mean of its part of the day, never
 * backwards, never beyond the part. Owned by the flow's thread.
 */
final class DayClock {
    private static final int FRACTION_BITS = 8;
    private static final int JITTER_BITS = 10;

    private final DayPlan plan;
    private final SeededRandom random;
    private int part = -1;
    private long nowFraction;
    private long endFraction;
    private long gapFraction;

    DayClock(DayPlan plan, SeededRandom random) {
        this.plan = plan;
        this.random = random;
    }

    /** Moves on to the message with an index; returns its time in ns since midnight. */
    long advance(long index) {
        if (part < DayPlan.END && index >= plan.firstIndex(part + 1)) {
            enterPart();
        } else {
            long jitter = random.nextLong() >>> 63 - JITTER_BITS;
            long gap = gapFraction * jitter >>> JITTER_BITS;
            nowFraction = Math.min(endFraction, nowFraction + gap);
        }
        return nowFraction >>> FRACTION_BITS;
    }

    /** Part of the day of the last message. */
    int part() {
        return part;
    }

    private void enterPart() {
        part++;
        nowFraction = plan.startNs(part) << FRACTION_BITS;
        endFraction = plan.startNs(part + 1) << FRACTION_BITS;
        long messages = plan.firstIndex(part + 1) - plan.firstIndex(part);
        gapFraction = (endFraction - nowFraction) / messages;
    }
}
