// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import io.millrace.instrument.Price;
import java.util.Arrays;

/**
 * The exchange's own books: every live order in price and time priority. Orders and levels are
 * rows of int arrays, named by their index; a side keeps its levels sorted with the best one
 * last. Changed only by {@link OrderFlow}, on its thread; others look when the flow stands
 * still. Full at the number of orders given at construction.
 */
public final class SimulatedBooks {
    /** Callback over levels, best first. */
    @FunctionalInterface
    public interface LevelVisitor {
        /**
         * @param price  nine decimals
         * @param size   total of the level, six decimals
         * @param orders number of orders
         * @param level  handle for {@link #forEachOrder}, valid until the flow goes on
         */
        void onLevel(long price, long size, int orders, int level);
    }

    /** Callback over the orders of a level, first in time priority first. */
    @FunctionalInterface
    public interface OrderVisitor {
        /** One live order: its reference number and remaining size, six decimals. */
        void onOrder(long orderId, long size);
    }

    /** Told of every level whose size or orders change, before a level that empties goes. */
    @FunctionalInterface
    public interface TouchListener {
        /** @param price four decimals */
        void onTouch(int side, int price);
    }

    /** No order. */
    public static final int NONE = -1;

    private static final int ORDER_INTS = 8;
    private static final int ID_LOW = 0;
    private static final int ID_HIGH = 1;
    private static final int SHARES = 2;
    private static final int LEVEL = 3;
    private static final int NEXT = 4;
    private static final int PREVIOUS = 5;
    private static final int POSITION = 6;

    private static final int LEVEL_INTS = 8;
    private static final int KEY = 0;
    private static final int SIDE = 1;
    private static final int HEAD = 2;
    private static final int TAIL = 3;
    private static final int COUNT = 4;

    private static final int ATTRIBUTION_BITS = 16;

    private final Listings listings;
    private final int[] orders;
    private final int[] live;
    private final long[] stamps;
    private final int[][] keysBySide;
    private final int[][] levelsBySide;
    private final int[] depthBySide;
    private int[] levels = new int[LEVEL_INTS * 1024];
    private long[] levelShares = new long[1024];
    private TouchListener listener = (side, price) -> { };
    private int levelLimit;
    private int freeLevel = NONE;
    private int orderLimit;
    private int freeOrder = NONE;
    private int liveCount;

    SimulatedBooks(Listings listings, int maxOrders) {
        this.listings = listings;
        orders = new int[ORDER_INTS * maxOrders];
        live = new int[maxOrders];
        stamps = new long[maxOrders];
        int sides = 2 * (listings.count() + 1);
        keysBySide = new int[sides][];
        levelsBySide = new int[sides][];
        depthBySide = new int[sides];
        for (int side = 2; side < sides; side++) {
            keysBySide[side] = new int[4];
            levelsBySide[side] = new int[4];
        }
    }

    /** Number of securities; locates run from 1 to this. */
    public int symbolCount() {
        return listings.count();
    }

    /** The eight bytes of a locate's symbol, padded with spaces, as one big-endian number. */
    public long stock(int locate) {
        return listings.stock(locate);
    }

    /** Symbol of a locate. */
    public String symbol(int locate) {
        return listings.symbol(locate);
    }

    /** Tells somebody, on the flow's thread, of every level that changes. */
    public void listener(TouchListener value) {
        listener = value;
    }

    /** Number of live orders in all books. */
    public int liveOrders() {
        return liveCount;
    }

    /** Visits the bid levels of a book, highest first. */
    public void forEachBidLevel(int locate, LevelVisitor visitor) {
        forEachLevel(bidSide(locate), visitor);
    }

    /** Visits the ask levels of a book, lowest first. */
    public void forEachAskLevel(int locate, LevelVisitor visitor) {
        forEachLevel(askSide(locate), visitor);
    }

    /** Visits the orders of a level in time priority. */
    public void forEachOrder(int level, OrderVisitor visitor) {
        int head = levels[level * LEVEL_INTS + HEAD];
        for (int order = head; order != NONE; order = orders[order * ORDER_INTS + NEXT]) {
            visitor.onOrder(orderId(order), shares(order) * Price.SIZE_UNIT);
        }
    }

    /** Checksum of one book as {@link BookChecksum} defines it. */
    public long checksum(int locate) {
        BookChecksum checksum = new BookChecksum();
        forEachBidLevel(locate, (price, size, count, level) -> {
            checksum.onLevel(price);
            forEachOrder(level, checksum::onOrder);
        });
        forEachAskLevel(locate, (price, size, count, level) -> {
            checksum.onLevel(-price);
            forEachOrder(level, checksum::onOrder);
        });
        return checksum.value();
    }

    /** Throws when an order, a level or a count contradicts another. */
    public void checkInvariants() {
        int ordersSeen = 0;
        for (int side = 2; side < depthBySide.length; side++) {
            for (int i = 0; i < depthBySide[side]; i++) {
                require(i == 0 || keysBySide[side][i] > keysBySide[side][i - 1],
                    "levels are sorted");
                ordersSeen += checkLevel(side, keysBySide[side][i], levelsBySide[side][i]);
            }
        }
        require(ordersSeen == liveCount, "every live order stands on a level");
    }

    /** The side that holds the bids of a locate. */
    public static int bidSide(int locate) {
        return locate * 2;
    }

    /** The side that holds the asks of a locate. */
    public static int askSide(int locate) {
        return locate * 2 + 1;
    }

    int maxOrders() {
        return live.length;
    }

    /** True when a side has no order. */
    public boolean isEmpty(int side) {
        return depthBySide[side] == 0;
    }

    /** Number of levels of a side. */
    public int depth(int side) {
        return depthBySide[side];
    }

    /** Price of the index-th best level, four decimals. */
    public int price(int side, int index) {
        int key = keysBySide[side][depthBySide[side] - 1 - index];
        return (side & 1) == 0 ? key : -key;
    }

    /** Shares of the index-th best level. */
    public long levelShares(int side, int index) {
        return levelShares[levelsBySide[side][depthBySide[side] - 1 - index]];
    }

    /** Shares of the level at a price with four decimals, 0 when there is none. */
    public long sharesAt(int side, int price) {
        int key = (side & 1) == 0 ? price : -price;
        int index = Arrays.binarySearch(keysBySide[side], 0, depthBySide[side], key);
        return index < 0 ? 0 : levelShares[levelsBySide[side][index]];
    }

    /** The order first in priority of a side that is not empty. */
    int firstOrder(int side) {
        return firstOrder(side, 0);
    }

    /** The order first in priority on the index-th best level. */
    public int firstOrder(int side, int index) {
        return levels[levelsBySide[side][depthBySide[side] - 1 - index] * LEVEL_INTS + HEAD];
    }

    /** The order behind another one on its level, or {@link #NONE}. */
    public int nextOrder(int order) {
        return orders[order * ORDER_INTS + NEXT];
    }

    /** The live order at a position from 0, the newest ones last. */
    int liveOrder(int position) {
        return live[position];
    }

    /** Reference number of a live order. */
    public long orderId(int order) {
        int row = order * ORDER_INTS;
        return orders[row + ID_LOW] & 0xFFFF_FFFFL | (long) orders[row + ID_HIGH] << 32;
    }

    /** Shares that a live order has left. */
    public int shares(int order) {
        return orders[order * ORDER_INTS + SHARES];
    }

    /** Timestamp of the message that added an order. */
    public long timeNs(int order) {
        return stamps[order] >>> ATTRIBUTION_BITS;
    }

    /** Who is named with an order: an index from 1, or 0 for nobody. */
    int attribution(int order) {
        return (int) stamps[order] & (1 << ATTRIBUTION_BITS) - 1;
    }

    void stamp(int order, long timeNs, int attribution) {
        stamps[order] = timeNs << ATTRIBUTION_BITS | attribution;
    }

    int side(int order) {
        return levels[orders[order * ORDER_INTS + LEVEL] * LEVEL_INTS + SIDE];
    }

    int price(int order) {
        int row = orders[order * ORDER_INTS + LEVEL] * LEVEL_INTS;
        return (levels[row + SIDE] & 1) == 0 ? levels[row + KEY] : -levels[row + KEY];
    }

    int add(int side, long orderId, int shares, int price) {
        int level = findOrAddLevel(side, (side & 1) == 0 ? price : -price);
        int order = takeOrder();
        int row = order * ORDER_INTS;
        int levelRow = level * LEVEL_INTS;
        int tail = levels[levelRow + TAIL];
        orders[row + ID_LOW] = (int) orderId;
        orders[row + ID_HIGH] = (int) (orderId >>> 32);
        orders[row + SHARES] = shares;
        orders[row + LEVEL] = level;
        orders[row + NEXT] = NONE;
        orders[row + PREVIOUS] = tail;
        orders[row + POSITION] = liveCount;
        live[liveCount++] = order;
        levels[levelRow + TAIL] = order;
        if (tail == NONE) {
            levels[levelRow + HEAD] = order;
        } else {
            orders[tail * ORDER_INTS + NEXT] = order;
        }
        levels[levelRow + COUNT]++;
        levelShares[level] += shares;
        listener.onTouch(side, price);
        return order;
    }

    /** Takes shares off an order and removes it when none are left. */
    void reduce(int order, int shares) {
        int row = order * ORDER_INTS;
        if (shares >= orders[row + SHARES]) {
            remove(order);
        } else {
            orders[row + SHARES] -= shares;
            touch(orders[row + LEVEL]);
            levelShares[orders[row + LEVEL]] -= shares;
        }
    }

    void remove(int order) {
        int row = order * ORDER_INTS;
        int level = orders[row + LEVEL];
        int levelRow = level * LEVEL_INTS;
        int next = orders[row + NEXT];
        int previous = orders[row + PREVIOUS];
        touch(level);
        if (previous == NONE) {
            levels[levelRow + HEAD] = next;
        } else {
            orders[previous * ORDER_INTS + NEXT] = next;
        }
        if (next == NONE) {
            levels[levelRow + TAIL] = previous;
        } else {
            orders[next * ORDER_INTS + PREVIOUS] = previous;
        }
        levelShares[level] -= orders[row + SHARES];
        if (--levels[levelRow + COUNT] == 0) {
            removeLevel(level);
        }
        releaseOrder(order);
    }

    private void forEachLevel(int side, LevelVisitor visitor) {
        for (int i = depthBySide[side] - 1; i >= 0; i--) {
            int level = levelsBySide[side][i];
            long price = Math.abs((long) keysBySide[side][i]) * Price.FROM_PRICE4;
            visitor.onLevel(price, levelShares[level] * Price.SIZE_UNIT,
                levels[level * LEVEL_INTS + COUNT], level);
        }
    }

    private void touch(int level) {
        int row = level * LEVEL_INTS;
        int side = levels[row + SIDE];
        listener.onTouch(side, (side & 1) == 0 ? levels[row + KEY] : -levels[row + KEY]);
    }

    private int findOrAddLevel(int side, int key) {
        int depth = depthBySide[side];
        int[] keys = keysBySide[side];
        int index = Arrays.binarySearch(keys, 0, depth, key);
        if (index >= 0) {
            return levelsBySide[side][index];
        }
        index = ~index;
        if (depth == keys.length) {
            keys = keysBySide[side] = Arrays.copyOf(keys, depth * 2);
            levelsBySide[side] = Arrays.copyOf(levelsBySide[side], depth * 2);
        }
        int[] sideLevels = levelsBySide[side];
        System.arraycopy(keys, index, keys, index + 1, depth - index);
        System.arraycopy(sideLevels, index, sideLevels, index + 1, depth - index);
        int level = takeLevel(side, key);
        keys[index] = key;
        sideLevels[index] = level;
        depthBySide[side] = depth + 1;
        return level;
    }

    private int takeLevel(int side, int key) {
        int level = freeLevel;
        if (level != NONE) {
            freeLevel = levels[level * LEVEL_INTS + HEAD];
        } else {
            level = levelLimit++;
            if (levelLimit > levelShares.length) {
                levels = Arrays.copyOf(levels, levels.length * 2);
                levelShares = Arrays.copyOf(levelShares, levelShares.length * 2);
            }
        }
        int row = level * LEVEL_INTS;
        levels[row + KEY] = key;
        levels[row + SIDE] = side;
        levels[row + HEAD] = NONE;
        levels[row + TAIL] = NONE;
        levels[row + COUNT] = 0;
        levelShares[level] = 0;
        return level;
    }

    private void removeLevel(int level) {
        int side = levels[level * LEVEL_INTS + SIDE];
        int depth = --depthBySide[side];
        int[] keys = keysBySide[side];
        int[] sideLevels = levelsBySide[side];
        int index = Arrays.binarySearch(keys, 0, depth + 1, levels[level * LEVEL_INTS + KEY]);
        System.arraycopy(keys, index + 1, keys, index, depth - index);
        System.arraycopy(sideLevels, index + 1, sideLevels, index, depth - index);
        levels[level * LEVEL_INTS + HEAD] = freeLevel;
        freeLevel = level;
    }

    private int takeOrder() {
        int order = freeOrder;
        if (order == NONE) {
            return orderLimit++;
        }
        freeOrder = orders[order * ORDER_INTS + NEXT];
        return order;
    }

    private void releaseOrder(int order) {
        int position = orders[order * ORDER_INTS + POSITION];
        int moved = live[--liveCount];
        live[position] = moved;
        orders[moved * ORDER_INTS + POSITION] = position;
        orders[order * ORDER_INTS + NEXT] = freeOrder;
        freeOrder = order;
    }

    private int checkLevel(int side, int key, int level) {
        int row = level * LEVEL_INTS;
        require(levels[row + KEY] == key && levels[row + SIDE] == side,
            "a level stands where it belongs");
        long shares = 0;
        int count = 0;
        int head = levels[row + HEAD];
        for (int order = head; order != NONE; order = orders[order * ORDER_INTS + NEXT]) {
            require(shares(order) > 0, "an order has shares");
            require(live[orders[order * ORDER_INTS + POSITION]] == order,
                "an order is listed as live");
            require(orders[order * ORDER_INTS + LEVEL] == level, "an order knows its level");
            shares += shares(order);
            count++;
        }
        require(count > 0 && count == levels[row + COUNT], "a level counts its orders");
        require(shares == levelShares[level], "a level is the sum of its orders");
        return count;
    }

    private static void require(boolean holds, String invariant) {
        if (!holds) {
            throw new IllegalStateException("does not hold: " + invariant);
        }
    }
}
