// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * What participants do in continuous trading, one message per call: add, delete, cancel,
 * replace, and take liquidity at the touch in price and time priority. Changes the books, writes
 * the message, returns its length. Owned by the flow's thread.
 */
final class OrderActions {
    private static final int RECENT_MEAN = 3_000;
    private static final int ATTRIBUTED_TIMES = 33;
    private static final int WITH_PRICE_TIMES = 20;
    private static final int NON_PRINTABLE_TIMES = 5;

    private final SimulatedMarket market;
    private final SimulatedBooks books;
    private final SeededRandom random;
    private final ItchWriter writer;

    private int sweepSide;
    private int sweepPrice;
    private int sweepShares;

    OrderActions(SimulatedMarket market) {
        this.market = market;
        books = market.books;
        random = market.random;
        writer = market.writer;
    }

    /** Adds an order that does not cross. */
    int add() {
        int side = drawSide();
        return market.isHalted(side >>> 1) ? delete() : add(side, market.drawPassivePrice(side));
    }

    /** Adds an order that may lock or cross the book, to be matched in the opening cross. */
    int addCrossing(int locate) {
        int side = SimulatedBooks.bidSide(locate) + random.below(2);
        return market.isHalted(locate) ? delete() : add(side, market.drawCrossingPrice(side));
    }

    /** Deletes an order, adds one when there is none. */
    int delete() {
        if (books.liveOrders() == 0) {
            int side = drawSide();
            return add(side, market.drawPassivePrice(side));
        }
        int order = drawVictim();
        int length = writer.orderDelete(books.side(order) >>> 1, books.orderId(order));
        books.remove(order);
        return length;
    }

    /** Takes part of an order's shares away. */
    int cancel() {
        int order = books.liveOrders() == 0 ? SimulatedBooks.NONE : drawVictim();
        if (order == SimulatedBooks.NONE || books.shares(order) < 2) {
            return delete();
        }
        int shares = 1 + random.below(books.shares(order) - 1);
        int length = writer.orderCancel(books.side(order) >>> 1, books.orderId(order), shares);
        books.reduce(order, shares);
        return length;
    }

    /** Replaces an order by one with another price and size on the same side. */
    int replace() {
        int order = books.liveOrders() == 0 ? SimulatedBooks.NONE : drawVictim();
        if (order == SimulatedBooks.NONE || market.isHalted(books.side(order) >>> 1)) {
            return delete();
        }
        int side = books.side(order);
        long orderId = books.orderId(order);
        long newOrderId = market.nextOrderId();
        int shares = market.drawShares(side >>> 1);
        int price = market.drawPassivePrice(side);
        int attribution = books.attribution(order);
        books.remove(order);
        books.stamp(books.add(side, newOrderId, shares, price), writer.timeNs(), attribution);
        return writer.orderReplace(side >>> 1, orderId, newOrderId, shares, price);
    }

    /** True while an incoming order has shares left to take at the price it began with. */
    boolean isSweeping() {
        return sweepShares > 0;
    }

    /** Drops what an incoming order has left. */
    void endSweep() {
        sweepShares = 0;
    }

    /**
     * Executes the order first in priority against an incoming order, a new one unless one has
     * shares left.
     */
    int execute() {
        if (sweepShares == 0 && !beginSweep()) {
            return delete();
        }
        int order = books.firstOrder(sweepSide);
        int shares = Math.min(sweepShares, books.shares(order));
        int locate = sweepSide >>> 1;
        long matchNumber = market.nextMatchNumber(locate);
        int length = random.oneIn(WITH_PRICE_TIMES)
            ? executeWithPrice(order, shares, matchNumber)
            : writer.orderExecuted(locate, books.orderId(order), shares, matchNumber);
        books.reduce(order, shares);
        boolean isLevelLeft = !books.isEmpty(sweepSide) && books.price(sweepSide, 0) == sweepPrice;
        sweepShares = isLevelLeft ? sweepShares - shares : 0;
        return length;
    }

    /** A trade against hidden interest at a touch or between. */
    int print() {
        int locate = market.drawLocate();
        if (market.isHalted(locate)) {
            return delete();
        }
        return writer.trade(locate, market.listings.stock(locate), market.drawShares(locate),
            printPrice(locate), market.nextMatchNumber(locate));
    }

    /** Takes an earlier match back; a print when none is remembered. */
    int breakTrade() {
        int slot = market.drawMatchSlot();
        int locate = market.matchLocate(slot);
        return locate == 0 ? print() : writer.brokenTrade(locate, market.takeMatch(slot));
    }

    private int drawSide() {
        return SimulatedBooks.bidSide(market.drawLocate()) + random.below(2);
    }

    private int add(int side, int price) {
        if (books.liveOrders() == books.maxOrders()) {
            return delete();
        }
        int locate = side >>> 1;
        long orderId = market.nextOrderId();
        int shares = market.drawShares(locate);
        int order = books.add(side, orderId, shares, price);
        byte indicator = (side & 1) == 0 ? ItchWriter.BUY : ItchWriter.SELL;
        int length = writer.addOrder(locate, market.listings.stock(locate), orderId, indicator,
            shares, price);
        int attribution = random.oneIn(ATTRIBUTED_TIMES)
            ? 1 + random.below(ItchWriter.ATTRIBUTIONS.length) : 0;
        books.stamp(order, writer.timeNs(), attribution);
        return attribution == 0 ? length : writer.attribute(attribution);
    }

    /** Most orders that go are young: seven in ten are among the newest few thousand. */
    private int drawVictim() {
        int count = books.liveOrders();
        if (random.below(10) < 7) {
            return books.liveOrder(count - 1 - random.exponential(RECENT_MEAN) % count);
        }
        return books.liveOrder(random.below(count));
    }

    private boolean beginSweep() {
        int locate = market.drawLocate();
        int bid = SimulatedBooks.bidSide(locate);
        int ask = SimulatedBooks.askSide(locate);
        if (market.isHalted(locate) || books.isEmpty(bid) || books.isEmpty(ask)) {
            return false;
        }
        int reference = market.referencePrice(locate);
        if (reference >= books.price(ask, 0)) {
            sweepSide = ask;
        } else {
            sweepSide = reference < books.price(bid, 0) ? bid : bid + random.below(2);
        }
        sweepPrice = books.price(sweepSide, 0);
        sweepShares = market.drawShares(locate);
        if (random.oneIn(2)) {
            sweepShares = 1 + random.below(market.listings.roundLot(locate));
        }
        return true;
    }

    private int executeWithPrice(int order, int shares, long matchNumber) {
        int improved = sweepPrice + ((sweepSide & 1) == 0 ? Listings.TICK : -Listings.TICK);
        char printable = random.oneIn(NON_PRINTABLE_TIMES) ? 'N' : 'Y';
        return writer.orderExecutedWithPrice(sweepSide >>> 1, books.orderId(order), shares,
            matchNumber, printable, Math.max(Listings.TICK, improved));
    }

    private int printPrice(int locate) {
        int bid = SimulatedBooks.bidSide(locate);
        int ask = SimulatedBooks.askSide(locate);
        if (books.isEmpty(bid) || books.isEmpty(ask)) {
            return market.referencePrice(locate);
        }
        int bidPrice = books.price(bid, 0);
        int askPrice = books.price(ask, 0);
        int kind = random.below(3);
        return kind == 0 ? bidPrice : kind == 1 ? askPrice : bidPrice + (askPrice - bidPrice) / 2;
    }
}
