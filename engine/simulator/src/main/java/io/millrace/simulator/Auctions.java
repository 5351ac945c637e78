// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * The opening and the closing cross of the most active securities, one after the other, one
 * message per call: the displayed orders that are matched (C, not printable), then the bulk
 * print (Q). Before them it tells imbalances (I). Owned by the flow's thread.
 */
final class Auctions {
    private static final int MAX_CLOSING_LOTS = 2_000;

    private final SimulatedMarket market;
    private final SimulatedBooks books;
    private final int count;
    private char crossType;
    private int rank;
    private int imbalanceRank;
    private int crossPrice;
    private long crossShares;
    private long sharesLeft;
    private long matchNumber;
    private int askLegShares;
    private boolean isMidCross;

    Auctions(SimulatedMarket market, int count) {
        this.market = market;
        books = market.books;
        this.count = count;
        rank = count;
    }

    /** A security that has auctions. */
    int drawLocate() {
        return market.listings.locateOfRank(market.random.below(count));
    }

    void beginOpening() {
        begin('O');
    }

    void beginClosing() {
        begin('C');
    }

    /** True when the last message was an execution of a cross whose print is still to come. */
    boolean isMidCross() {
        return isMidCross;
    }

    boolean isRunning() {
        return rank < count;
    }

    /** The next message of the running auctions. */
    int next() {
        int locate = market.listings.locateOfRank(rank);
        if (askLegShares > 0) {
            int shares = askLegShares;
            askLegShares = 0;
            return executeFirst(SimulatedBooks.askSide(locate), shares);
        }
        if (sharesLeft > 0) {
            return crossType == 'O' ? executeBoth(locate) : executeClosingBid(locate);
        }
        int length = market.writer.crossTrade(locate, market.listings.stock(locate), crossShares,
            crossPrice, matchNumber, crossType);
        rank++;
        isMidCross = false;
        prepare();
        return length;
    }

    /** Tells what the next auction of one security would do. */
    int imbalance(char nextCrossType) {
        imbalanceRank = (imbalanceRank + 1) % count;
        int locate = market.listings.locateOfRank(imbalanceRank);
        int lot = market.listings.roundLot(locate);
        long paired = (long) lot * market.random.below(MAX_CLOSING_LOTS);
        long imbalance = (long) lot * (market.random.below(401) - 200);
        return market.writer.netOrderImbalance(locate, market.listings.stock(locate), paired,
            imbalance, market.referencePrice(locate), nextCrossType);
    }

    private void begin(char type) {
        crossType = type;
        rank = 0;
        prepare();
    }

    private void prepare() {
        if (rank == count) {
            return;
        }
        int locate = market.listings.locateOfRank(rank);
        matchNumber = market.nextMatchNumber();
        crossShares = 0;
        crossPrice = market.referencePrice(locate);
        if (market.isHalted(locate)) {
            return;
        }
        if (crossType == 'O') {
            matchDisplayed(SimulatedBooks.bidSide(locate), SimulatedBooks.askSide(locate));
            market.referencePrice(locate, crossPrice);
        } else {
            prepareClosing(locate);
        }
    }

    /**
     * Finds the shares that the displayed orders of a crossed book trade, and the one price for
     * them.
     */
    private void matchDisplayed(int bid, int ask) {
        int bidLevel = 0;
        int askLevel = 0;
        long bidTaken = 0;
        long askTaken = 0;
        while (bidLevel < books.depth(bid) && askLevel < books.depth(ask)
            && books.price(bid, bidLevel) >= books.price(ask, askLevel)) {
            long bidLeft = books.levelShares(bid, bidLevel) - bidTaken;
            long askLeft = books.levelShares(ask, askLevel) - askTaken;
            long shares = Math.min(bidLeft, askLeft);
            crossPrice = books.price(ask, askLevel);
            crossShares += shares;
            bidTaken = shares == bidLeft ? 0 : bidTaken + shares;
            askTaken = shares == askLeft ? 0 : askTaken + shares;
            bidLevel += shares == bidLeft ? 1 : 0;
            askLevel += shares == askLeft ? 1 : 0;
        }
        sharesLeft = crossShares;
    }

    /** On-close interest is not displayed; one displayed bid may take part. */
    private void prepareClosing(int locate) {
        int bid = SimulatedBooks.bidSide(locate);
        long lot = market.listings.roundLot(locate);
        crossShares = lot * market.random.below(MAX_CLOSING_LOTS);
        if (books.isEmpty(bid)) {
            return;
        }
        crossPrice = books.price(bid, 0);
        if (market.random.oneIn(2)) {
            sharesLeft = books.shares(books.firstOrder(bid));
            crossShares += sharesLeft;
        }
    }

    private int executeBoth(int locate) {
        int bid = SimulatedBooks.bidSide(locate);
        int bidShares = books.shares(books.firstOrder(bid));
        int askShares = books.shares(books.firstOrder(SimulatedBooks.askSide(locate)));
        askLegShares = (int) Math.min(sharesLeft, Math.min(bidShares, askShares));
        sharesLeft -= askLegShares;
        return executeFirst(bid, askLegShares);
    }

    private int executeClosingBid(int locate) {
        int shares = (int) sharesLeft;
        sharesLeft = 0;
        return executeFirst(SimulatedBooks.bidSide(locate), shares);
    }

    private int executeFirst(int side, int shares) {
        int order = books.firstOrder(side);
        int length = market.writer.orderExecutedWithPrice(side >>> 1, books.orderId(order), shares,
            matchNumber, 'N', crossPrice);
        books.reduce(order, shares);
        isMidCross = true;
        return length;
    }
}
