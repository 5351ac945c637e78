// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * The messages before system hours, one per call: start of messages, every security with its
 * trading state and short sale restriction, some market makers, the circuit breaker levels, an
 * IPO. Owned by the flow's thread.
 */
final class DirectoryScript {
    private static final int NS_PER_SECOND = 1_000_000_000;
    private static final int RESTRICTED_TIMES = 50;
    private static final String[] MARKET_MAKERS = {"GSCO", "CDRG"};

    private final SimulatedMarket market;
    private final DayPlan plan;
    private final int symbols;
    private final int participantsFrom;
    private final int ipoLocate;
    private int index;

    DirectoryScript(SimulatedMarket market, DayPlan plan) {
        this.market = market;
        this.plan = plan;
        symbols = market.listings.count();
        participantsFrom = 1 + 3 * symbols;
        ipoLocate = symbols == 1 ? 0 : market.listings.locateOfRank(symbols - 1);
    }

    /**
     * The security that begins the day halted for its IPO, the least active one; 0 when there is
     * only one.
     */
    int ipoLocate() {
        return ipoLocate;
    }

    int next() {
        int position = index++;
        if (position == 0) {
            return market.writer.systemEvent('O');
        }
        if (position < participantsFrom) {
            return describe((position - 1) / symbols, (position - 1) % symbols + 1);
        }
        int participant = position - participantsFrom;
        if (participant < DayPlan.participantMessages(symbols)) {
            int maker = participant % MARKET_MAKERS.length;
            return market.directory.marketParticipant(participant / MARKET_MAKERS.length * 10 + 1,
                MARKET_MAKERS[maker]);
        }
        if (participant == DayPlan.participantMessages(symbols)) {
            return market.directory.declineLevels();
        }
        return market.directory.ipoQuotingPeriod(ipoLocate,
            (int) (plan.startNs(DayPlan.REGULAR) / NS_PER_SECOND));
    }

    private int describe(int kind, int locate) {
        if (kind == 0) {
            return market.directory.stockDirectory(locate, locate == ipoLocate);
        }
        if (kind == 1) {
            return locate == ipoLocate
                ? market.directory.tradingAction(locate, 'H', "IPO1")
                : market.directory.tradingAction(locate, 'T', "    ");
        }
        char restriction = market.random.oneIn(RESTRICTED_TIMES) ? '2' : '0';
        return market.directory.regShoRestriction(locate, restriction);
    }
}
