// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import io.millrace.codec.event.ClockEncoder;

/**
 * Moves chain time on by Clock events: one at every whole second, and one 10 ms after the last
 * other event. Live it is asked with the wall clock, at import with the time of the capture, so
 * that both journals tell time alike. Times outside {@link #EARLIEST_NS} to {@link #LATEST_NS} are
 * no market's and are passed over; differences of those within never overflow. Owned by the ingress
 * thread.
 */
public final class ChainClock {
    /** Quiet time after which a Clock event tells that time moved on. */
    public static final long QUIET_NS = 10_000_000L;
    /**
     * Whole seconds that are told one by one when time jumps; of a longer jump only the end is
     * told.
     */
    public static final int MAX_SECONDS = 86_400;

    /** Earliest time that is told, in 1823. */
    public static final long EARLIEST_NS = Long.MIN_VALUE / 2;
    /** Latest time that is told, in 2116. */
    public static final long LATEST_NS = Long.MAX_VALUE / 2;

    private static final long SECOND_NS = 1_000_000_000L;

    private final EventPublisher publisher;
    private final int flags;
    private long nextSecondNs = Long.MIN_VALUE;
    private long quietFromNs = Long.MIN_VALUE;
    private long lastSequence;
    private boolean isQuiet;

    /**
     * @param publisher writer of the inbound ring
     * @param flags     bits of {@link EventFlag} that the Clock events carry
     */
    public ChainClock(EventPublisher publisher, int flags) {
        this.publisher = publisher;
        this.flags = flags;
    }

    /**
     * Publishes the Clock events due up to and including a time, then makes it the receive time of
     * the events to come.
     *
     * @return number of Clock events published
     */
    public int onTime(long nowNs) {
        if (nowNs < EARLIEST_NS || nowNs > LATEST_NS) {
            return 0;
        }
        if (nextSecondNs == Long.MIN_VALUE) {
            nextSecondNs = secondAfter(nowNs);
            quietFromNs = nowNs;
            lastSequence = publisher.nextSequence();
            isQuiet = true;
        }
        noticeEvents();
        int count = nowNs >= nextSecondNs || !isQuiet && nowNs - quietFromNs >= QUIET_NS
            ? publishDue(nowNs) : 0;
        publisher.receiveTimeNs(nowNs);
        return count;
    }

    private void noticeEvents() {
        if (publisher.nextSequence() != lastSequence) {
            lastSequence = publisher.nextSequence();
            quietFromNs = publisher.receiveTimeNs();
            isQuiet = false;
        }
    }

    private int publishDue(long nowNs) {
        if (nowNs - nextSecondNs > MAX_SECONDS * SECOND_NS) {
            nextSecondNs = secondAfter(nowNs) - SECOND_NS;
        }
        int count = 0;
        if (!isQuiet && nextSecondNs - quietFromNs > QUIET_NS && nowNs - quietFromNs >= QUIET_NS) {
            publish(quietFromNs + QUIET_NS);
            isQuiet = true;
            count++;
        }
        for (; nextSecondNs <= nowNs; nextSecondNs += SECOND_NS, count++) {
            publish(nextSecondNs);
            isQuiet = true;
        }
        return count;
    }

    private void publish(long timeNs) {
        publisher.receiveTimeNs(timeNs);
        int offset = publisher.claim(ClockEncoder.TEMPLATE_ID, ClockEncoder.BLOCK_LENGTH);
        publisher.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT, 0, 0,
            flags | EventFlag.LAST, 0);
        lastSequence = publisher.nextSequence();
    }

    private static long secondAfter(long timeNs) {
        return timeNs - Math.floorMod(timeNs, SECOND_NS) + SECOND_NS;
    }
}
