// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.RankPool.RANK_LENGTH;

import org.agrona.UnsafeApi;

/**
 * The prices of one side in order, the best last: most changes happen there and move little. A rank
 * is the price for bids and its bitwise complement for asks, so that the higher rank is the better
 * price on both sides. A side is named by the address of its word in the {@link BookTable}. Owned
 * by the chain's thread.
 */
final class SideRanks {
    private static final int NEAR = 16;
    private static final int COUNT_OFFSET = 4;
    private static final int COUNT_MASK = 0xFF_FFFF;
    private static final int CLASS_SHIFT = 24;
    private static final int SHRINK_FACTOR = 4;
    private static final int SHORT_MOVE = 16;

    private final RankPool pool;

    SideRanks(RankPool pool) {
        this.pool = pool;
    }

    static long rank(long price, int side) {
        return price ^ -side;
    }

    static long price(long rank, int side) {
        return rank ^ -side;
    }

    static int count(long side) {
        return UnsafeApi.getInt(side + COUNT_OFFSET) & COUNT_MASK;
    }

    /** Rank of a level by its position from the worst. */
    long rankAt(long side, int index) {
        return UnsafeApi.getLong(ranks(side) + (long) index * RANK_LENGTH);
    }

    /** Number of levels that are better than a rank. */
    int betterThan(long side, long rank) {
        return count(side) - 1 - floor(side, rank);
    }

    /** Makes room for one more level; false when there is no memory for it. */
    boolean reserve(long side) {
        int count = count(side);
        return count < capacity(side) || move(side, count, count == 0 ? 0 : sizeClass(side) + 1);
    }

    /** Adds a rank that is not there; room was reserved. */
    void add(long side, long rank) {
        int count = count(side);
        int index = floor(side, rank) + 1;
        long place = ranks(side) + (long) index * RANK_LENGTH;
        int above = count - index;
        if (above > SHORT_MOVE) {
            UnsafeApi.copyMemory(place, place + RANK_LENGTH, (long) above * RANK_LENGTH);
        } else {
            for (long at = place + (long) above * RANK_LENGTH; at > place; at -= RANK_LENGTH) {
                UnsafeApi.putLong(at, UnsafeApi.getLong(at - RANK_LENGTH));
            }
        }
        UnsafeApi.putLong(place, rank);
        count(side, count + 1);
    }

    /** Removes a rank that is there. */
    void remove(long side, long rank) {
        int count = count(side) - 1;
        int index = floor(side, rank);
        assert rankAt(side, index) == rank;
        long place = ranks(side) + (long) index * RANK_LENGTH;
        int above = count - index;
        if (above > SHORT_MOVE) {
            UnsafeApi.copyMemory(place + RANK_LENGTH, place, (long) above * RANK_LENGTH);
        } else {
            long end = place + (long) above * RANK_LENGTH;
            for (long at = place; at < end; at += RANK_LENGTH) {
                UnsafeApi.putLong(at, UnsafeApi.getLong(at + RANK_LENGTH));
            }
        }
        count(side, count);
        int sizeClass = sizeClass(side);
        if (sizeClass > 0 && count * SHRINK_FACTOR <= RankPool.capacity(sizeClass)) {
            move(side, count, sizeClass - 1);
        }
    }

    /** Gives the side's slab back: no levels are left. */
    void clear(long side) {
        int slab = UnsafeApi.getInt(side);
        if (slab != RankPool.NONE) {
            pool.free(slab, sizeClass(side));
            UnsafeApi.putLong(side, 0);
        }
    }

    RankPool pool() {
        return pool;
    }

    /** Bytes of the side's slab, 0 when it has none. */
    static long slabBytes(long side) {
        return capacity(side) == 0 ? 0 : RankPool.slabBytes(sizeClass(side));
    }

    /** Index of the best level whose rank is at most this one, -1 when there is none. */
    private int floor(long side, long rank) {
        int count = count(side);
        if (count == 0) {
            return -1;
        }
        long ranks = ranks(side);
        int index = count - 1;
        int last = Math.max(0, count - NEAR);
        while (index >= last && UnsafeApi.getLong(ranks + (long) index * RANK_LENGTH) > rank) {
            index--;
        }
        return index >= last ? index : floorBelow(ranks, last, rank);
    }

    private static int floorBelow(long ranks, int end, long rank) {
        int low = 0;
        int high = end;
        while (low < high) {
            int middle = low + high >>> 1;
            if (UnsafeApi.getLong(ranks + (long) middle * RANK_LENGTH) <= rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private boolean move(long side, int count, int sizeClass) {
        int slab = sizeClass < RankPool.SIZE_CLASSES ? pool.allocate(sizeClass) : RankPool.NONE;
        if (slab == RankPool.NONE) {
            return false;
        }
        if (count > 0) {
            UnsafeApi.copyMemory(ranks(side), pool.ranks(slab), (long) count * RANK_LENGTH);
        }
        clear(side);
        UnsafeApi.putInt(side, slab);
        UnsafeApi.putInt(side + COUNT_OFFSET, count | sizeClass << CLASS_SHIFT);
        return true;
    }

    private static int capacity(long side) {
        return UnsafeApi.getInt(side) == RankPool.NONE ? 0 : RankPool.capacity(sizeClass(side));
    }

    private static void count(long side, int count) {
        int others = UnsafeApi.getInt(side + COUNT_OFFSET) & ~COUNT_MASK;
        UnsafeApi.putInt(side + COUNT_OFFSET, others | count);
    }

    private static int sizeClass(long side) {
        return UnsafeApi.getInt(side + COUNT_OFFSET) >>> CLASS_SHIFT;
    }

    private long ranks(long side) {
        return pool.ranks(UnsafeApi.getInt(side));
    }
}
