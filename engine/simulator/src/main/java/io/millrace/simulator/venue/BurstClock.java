// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

/**
 * Turns the planned times of messages, which never decrease, into times of sending with one
 * profile of bursts. Owned by the venue's thread.
 */
final class BurstClock {
    private static final long NEVER = Long.MAX_VALUE;

    private final BurstContext context;
    private long beginNs = -1;
    private long savedNs;
    private int datagramsLeft;
    private boolean isBursting;

    BurstClock(BurstContext context) {
        this.context = context;
    }

    /** When a message planned for a time is sent. */
    long sendTimeNs(long plannedNs) {
        if (beginNs < 0) {
            beginNs = plannedNs + context.atNs();
        }
        if (!isBursting && plannedNs >= beginNs) {
            isBursting = true;
            datagramsLeft = context.datagrams();
        }
        if (isBursting && isOver(plannedNs)) {
            end(plannedNs);
        }
        if (!isBursting) {
            return plannedNs - savedNs;
        }
        long inside = datagramsLeft > 0 ? 0 : (plannedNs - beginNs) / context.factor();
        return beginNs - savedNs + inside;
    }

    /** A datagram was built. */
    void onDatagram() {
        if (isBursting && datagramsLeft > 0) {
            datagramsLeft--;
        }
    }

    private boolean isOver(long plannedNs) {
        return context.datagrams() > 0 ? datagramsLeft == 0
            : plannedNs - beginNs >= context.factor() * context.forNs();
    }

    private void end(long plannedNs) {
        isBursting = false;
        savedNs += context.datagrams() > 0 ? plannedNs - beginNs
            : (context.factor() - 1) * context.forNs();
        beginNs = context.everyNs() == 0 ? NEVER
            : Math.max(beginNs + context.everyNs(), plannedNs + 1);
    }
}
