// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * What the parts of the flow share: securities, books, reference prices that walk, who is
 * halted, the next numbers. Owned by the flow's thread.
 */
final class SimulatedMarket {
    private static final int WALK_TIMES = 64;
    private static final int MAX_TICKS_BEYOND_TOUCH = 5;
    private static final int MAX_ID_STEP = 12;
    private static final int DEPTH_MIN = 8;
    private static final int DEPTH_MAX = 40;
    private static final int REMEMBERED_MATCHES = 64;

    final SeededRandom random;
    final Listings listings;
    final SimulatedBooks books;
    final ItchWriter writer = new ItchWriter();
    final DirectoryWriter directory;

    private final ZipfTable activity;
    private final int[] referencePrice;
    private final boolean[] isHalted;
    private final long[] matchNumbers = new long[REMEMBERED_MATCHES];
    private final int[] matchLocates = new int[REMEMBERED_MATCHES];
    private long lastOrderId;
    private long lastMatchNumber;

    SimulatedMarket(OrderFlowContext context, SeededRandom random) {
        this.random = random;
        listings = context.hasSharedListings() ? sharedListings(context)
            : new Listings(context.symbols(), random, 0);
        books = new SimulatedBooks(listings, context.liveOrders() + context.liveOrders() / 8
            + 1024);
        directory = new DirectoryWriter(writer, listings);
        activity = new ZipfTable(context.symbols(), context.zipfExponent());
        isHalted = new boolean[context.symbols() + 1];
        referencePrice = new int[context.symbols() + 1];
        for (int locate = 1; locate <= context.symbols(); locate++) {
            referencePrice[locate] = listings.price(locate);
        }
    }

    /** A security by its activity, one that trades if a few draws find one. */
    int drawLocate() {
        int locate = listings.locateOfRank(activity.draw(random));
        for (int i = 0; i < 8 && isHalted[locate]; i++) {
            locate = listings.locateOfRank(activity.draw(random));
        }
        return locate;
    }

    boolean isHalted(int locate) {
        return isHalted[locate];
    }

    void halt(int locate) {
        isHalted[locate] = true;
    }

    void resume(int locate) {
        isHalted[locate] = false;
    }

    int referencePrice(int locate) {
        return referencePrice[locate];
    }

    void referencePrice(int locate, int price) {
        referencePrice[locate] = price;
    }

    long nextOrderId() {
        lastOrderId += 1 + random.below(MAX_ID_STEP);
        return lastOrderId;
    }

    long nextMatchNumber() {
        return ++lastMatchNumber;
    }

    /** A new match that can be reported as broken later. */
    long nextMatchNumber(int locate) {
        lastMatchNumber++;
        int slot = (int) lastMatchNumber & REMEMBERED_MATCHES - 1;
        matchNumbers[slot] = lastMatchNumber;
        matchLocates[slot] = locate;
        return lastMatchNumber;
    }

    /** Locate of a remembered match slot, 0 when it holds none. */
    int matchLocate(int slot) {
        return matchLocates[slot];
    }

    /** Match number of a slot, which is then forgotten. */
    long takeMatch(int slot) {
        matchLocates[slot] = 0;
        return matchNumbers[slot];
    }

    int drawMatchSlot() {
        return random.below(REMEMBERED_MATCHES);
    }

    /** Mostly one round lot, sometimes an odd lot, sometimes several lots, rarely many. */
    int drawShares(int locate) {
        int lot = listings.roundLot(locate);
        int kind = random.below(100);
        if (kind < 70) {
            return lot;
        }
        if (kind < 80) {
            return 1 + random.below(Math.max(1, lot - 1));
        }
        return kind < 99 ? lot * (2 + random.below(9)) : lot * (10 + random.below(90));
    }

    /**
     * A price for a displayed order: near the reference price, and never at or beyond the opposite
     * touch.
     */
    int drawPassivePrice(int side) {
        int price = drawPrice(side);
        int opposite = side ^ 1;
        if (books.isEmpty(opposite)) {
            return price;
        }
        int touch = books.price(opposite, 0);
        return (side & 1) == 0 ? Math.min(price, touch - Listings.TICK)
            : Math.max(price, touch + Listings.TICK);
    }

    /**
     * A price at or beyond the opposite touch, as orders for a cross have; passive when there is
     * no touch.
     */
    int drawCrossingPrice(int side) {
        if (books.isEmpty(side ^ 1)) {
            return drawPassivePrice(side);
        }
        int touch = books.price(side ^ 1, 0);
        int beyond = random.below(3) * Listings.TICK;
        return (side & 1) == 0 ? touch + beyond : Math.max(2 * Listings.TICK, touch - beyond);
    }

    /** The same securities for every venue, with locates of its own. */
    private static Listings sharedListings(OrderFlowContext context) {
        int shift = (int) Math.floorMod(context.seed(), (long) context.symbols());
        return new Listings(context.symbols(), new SeededRandom(context.listingSeed()), shift);
    }

    private int drawPrice(int side) {
        int locate = side >>> 1;
        if (random.oneIn(WALK_TIMES)) {
            walk(locate);
        }
        int reference = referencePrice[locate];
        int depth = random.exponential(Math.min(DEPTH_MAX, DEPTH_MIN
            + reference / (16 * Listings.DOLLAR)));
        int distance = depth * Listings.TICK;
        return (side & 1) == 0
            ? Math.max(Listings.TICK, reference - distance) : reference + Listings.TICK + distance;
    }

    private void walk(int locate) {
        int price = referencePrice[locate];
        int slack = MAX_TICKS_BEYOND_TOUCH * Listings.TICK;
        int bid = SimulatedBooks.bidSide(locate);
        int ask = SimulatedBooks.askSide(locate);
        if (random.oneIn(2)) {
            boolean isBeyond = !books.isEmpty(ask) && price > books.price(ask, 0) + slack;
            referencePrice[locate] = isBeyond ? price : price + Listings.TICK;
        } else {
            boolean isBeyond = price <= Listings.DOLLAR || !books.isEmpty(bid)
                && price < books.price(bid, 0) - slack;
            referencePrice[locate] = isBeyond ? price : price - Listings.TICK;
        }
    }
}
