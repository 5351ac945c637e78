// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * Which message of the day belongs to which part of it, and when each part begins. Indexes run
 * from 0. Immutable.
 *
 * <pre>
 *   directory | pre-open | open burst | regular | close burst | after hours | end
 *             S          Q                                    M             E,C
 * </pre>
 */
final class DayPlan {
    static final int DIRECTORY = 0;
    static final int PRE_OPEN = 1;
    static final int OPEN_BURST = 2;
    static final int REGULAR = 3;
    static final int CLOSE_BURST = 4;
    static final int AFTER_HOURS = 5;
    static final int END = 6;
    static final int PARTS = 7;

    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int MESSAGES_PER_AUCTION = 400;
    private static final int MAX_MESSAGES_PER_CLOSING = 3;
    private static final int BURST_DIVISOR = 20;
    private static final int FILL_PERCENT = 118;
    private static final int END_MESSAGES = 2;

    private final long[] firstIndex = new long[PARTS + 1];
    private final long[] startNs = new long[PARTS + 1];
    private final int auctions;

    DayPlan(OrderFlowContext context) {
        long messages = context.messages();
        auctions = (int) Math.max(1, Math.min(context.symbols(), messages / MESSAGES_PER_AUCTION));
        firstIndex[PRE_OPEN] = directoryMessages(context.symbols());
        firstIndex[OPEN_BURST] = firstIndex[PRE_OPEN]
            + context.liveOrders() * (long) FILL_PERCENT / 100;
        firstIndex[END] = messages - END_MESSAGES;
        firstIndex[AFTER_HOURS] = firstIndex[END] - 1 - auctions * MAX_MESSAGES_PER_CLOSING
            - (messages - firstIndex[OPEN_BURST]) / 50;
        long burst = (firstIndex[AFTER_HOURS] - firstIndex[OPEN_BURST]) / BURST_DIVISOR;
        firstIndex[REGULAR] = firstIndex[OPEN_BURST] + burst;
        firstIndex[CLOSE_BURST] = firstIndex[AFTER_HOURS] - burst;
        firstIndex[PARTS] = messages;
        if (context.isNaturalDay()) {
            planNatural(context.burstFactor());
        } else {
            planCompressed(context);
        }
    }

    /** The fewest messages a day with so many securities and live orders needs. */
    static long minMessages(int symbols, int liveOrders) {
        return directoryMessages(symbols) + 2L * liveOrders + 2_000;
    }

    /** System event O, four messages about each security and a few more. */
    static long directoryMessages(int symbols) {
        return 1 + 3L * symbols + participantMessages(symbols) + 1 + (symbols > 1 ? 1 : 0);
    }

    /** Every tenth security tells two market makers. */
    static long participantMessages(int symbols) {
        return (symbols + 9) / 10 * 2L;
    }

    long firstIndex(int part) {
        return firstIndex[part];
    }

    /** Start of a part, ns since midnight; of {@link #PARTS} the end of the day. */
    long startNs(int part) {
        return startNs[part];
    }

    /** Number of securities that have an opening and a closing cross, the most active ones. */
    int auctions() {
        return auctions;
    }

    private long messages(int part) {
        return firstIndex[part + 1] - firstIndex[part];
    }

    private void planNatural(int burstFactor) {
        startNs[DIRECTORY] = 185 * MINUTE_NS;
        startNs[PRE_OPEN] = 240 * MINUTE_NS;
        startNs[OPEN_BURST] = 570 * MINUTE_NS;
        startNs[AFTER_HOURS] = 960 * MINUTE_NS;
        startNs[END] = 1_200 * MINUTE_NS;
        startNs[PARTS] = 1_205 * MINUTE_NS;
        planBursts(burstFactor);
    }

    private void planCompressed(OrderFlowContext context) {
        int factor = context.burstFactor();
        double bursts = messages(OPEN_BURST) + messages(CLOSE_BURST);
        double gap = context.durationNs() / (firstIndex[PARTS] - bursts + bursts / factor);
        double market = (bursts / factor + messages(REGULAR)) * gap;
        startNs[DIRECTORY] = context.startTimeNs();
        startNs[PRE_OPEN] = startNs[DIRECTORY] + (long) (messages(DIRECTORY) * gap);
        startNs[OPEN_BURST] = startNs[PRE_OPEN] + (long) (messages(PRE_OPEN) * gap);
        startNs[AFTER_HOURS] = startNs[OPEN_BURST] + (long) market;
        startNs[PARTS] = context.startTimeNs() + context.durationNs();
        startNs[END] = startNs[PARTS] - (long) (messages(END) * gap);
        planBursts(factor);
    }

    private void planBursts(int burstFactor) {
        long market = startNs[AFTER_HOURS] - startNs[OPEN_BURST];
        double open = messages(OPEN_BURST) / (double) burstFactor;
        double close = messages(CLOSE_BURST) / (double) burstFactor;
        double gap = market / (open + messages(REGULAR) + close);
        startNs[REGULAR] = startNs[OPEN_BURST] + (long) (open * gap);
        startNs[CLOSE_BURST] = startNs[AFTER_HOURS] - (long) (close * gap);
    }
}
