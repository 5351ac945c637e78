// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * The few halts of the day: an IPO that is released after the open, news halts and volatility
 * pauses, each with its steps. While a security is halted its orders may be deleted but nothing
 * is added or executed. Owned by the flow's thread.
 */
final class Halts {
    private static final int PARTS_OF_DAY = 40;
    private static final int MAX_HALTS = 8;

    private static final int HALT = 0;
    private static final int COLLAR = 1;
    private static final int QUOTE = 2;
    private static final int CROSS = 3;
    private static final int TRADE = 4;
    private static final int DONE = 5;

    private final SimulatedMarket market;
    private final int ipoLocate;
    private final long[] nextIndex;
    private final long haltLength;
    private final boolean[] isVolatility;
    private final int[] locates;
    private final int[] steps;
    private long earliest;
    private int sisterLocate;

    /** @param ipoLocate the security that begins the day halted, or 0 */
    Halts(SimulatedMarket market, DayPlan plan, int ipoLocate) {
        this.market = market;
        this.ipoLocate = ipoLocate;
        long first = plan.firstIndex(DayPlan.REGULAR);
        long length = plan.firstIndex(DayPlan.CLOSE_BURST) - first;
        haltLength = length / PARTS_OF_DAY;
        int count = (int) Math.min(MAX_HALTS, 2 + length / 1_000_000);
        nextIndex = new long[count + 1];
        isVolatility = new boolean[count + 1];
        locates = new int[count + 1];
        steps = new int[count + 1];
        for (int i = 0; i < count; i++) {
            nextIndex[i] = first + length * (i + 1) / (count + 2) + market.random.below(100);
            isVolatility[i] = i % 2 == 1;
        }
        planIpo(count, first + haltLength);
        findEarliest();
    }

    /** True when the message with an index shall come from here. */
    boolean isDue(long index) {
        return index >= earliest;
    }

    /** Writes the next step of the halt that is due. */
    int next(long index) {
        int halt = 0;
        while (nextIndex[halt] != earliest) {
            halt++;
        }
        int length = step(halt);
        long wait = isPause(steps[halt]) ? haltLength / 2 : 1;
        nextIndex[halt] = steps[halt] == DONE ? Long.MAX_VALUE : index + wait;
        findEarliest();
        return length;
    }

    /**
     * Halts a security on the exchange's sister market, or ends that halt; the books here do not
     * care.
     */
    int toggleSisterMarket() {
        boolean isHalt = sisterLocate == 0;
        int locate = isHalt ? market.drawLocate() : sisterLocate;
        sisterLocate = isHalt ? locate : 0;
        return market.directory.operationalHalt(locate, isHalt ? 'H' : 'T');
    }

    private void planIpo(int halt, long releaseIndex) {
        steps[halt] = ipoLocate == 0 ? DONE : QUOTE;
        locates[halt] = ipoLocate;
        nextIndex[halt] = ipoLocate == 0 ? Long.MAX_VALUE : releaseIndex;
        market.halt(ipoLocate);
    }

    private static boolean isPause(int nextStep) {
        return nextStep == QUOTE || nextStep == CROSS;
    }

    private int step(int halt) {
        switch (steps[halt]) {
            case HALT:
                return halt(halt);
            case COLLAR:
                steps[halt] = QUOTE;
                return market.directory.auctionCollar(locates[halt],
                    market.referencePrice(locates[halt]));
            case QUOTE:
                steps[halt] = CROSS;
                return market.directory.tradingAction(locates[halt], 'Q',
                    reason(halt, "IPOQ", "T3  "));
            case CROSS:
                steps[halt] = TRADE;
                return cross(locates[halt]);
            default:
                steps[halt] = DONE;
                market.resume(locates[halt]);
                return market.directory.tradingAction(locates[halt], 'T',
                    reason(halt, "IPOE", "    "));
        }
    }

    private int halt(int halt) {
        int locate = market.drawLocate();
        locates[halt] = locate;
        market.halt(locate);
        steps[halt] = isVolatility[halt] ? COLLAR : QUOTE;
        return isVolatility[halt]
            ? market.directory.tradingAction(locate, 'P', "LUDP")
            : market.directory.tradingAction(locate, 'H', "T1  ");
    }

    private int cross(int locate) {
        long shares = (long) market.listings.roundLot(locate) * market.random.below(100);
        return market.writer.crossTrade(locate, market.listings.stock(locate), shares,
            market.referencePrice(locate), market.nextMatchNumber(locate), 'H');
    }

    private String reason(int halt, String ipo, String other) {
        return locates[halt] == ipoLocate ? ipo : isVolatility[halt] ? "LUDP" : other;
    }

    private void findEarliest() {
        earliest = Long.MAX_VALUE;
        for (long index : nextIndex) {
            earliest = Math.min(earliest, index);
        }
    }
}
