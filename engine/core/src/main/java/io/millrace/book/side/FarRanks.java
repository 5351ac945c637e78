// SPDX-License-Identifier: Apache-2.0
package io.millrace.book.side;

import static io.millrace.book.side.RankPool.RANK_LENGTH;

import java.util.BitSet;
import org.agrona.UnsafeApi;

/**
 * The ranks of a side's levels that stand outside its tick window, in order, the best last. A list
 * is named by the address of its word in the side's line. Owned by the chain's thread.
 */
final class FarRanks {
    private static final int NEAR = 16;
    private static final int COUNT_OFFSET = 4;
    private static final int COUNT_MASK = 0xFF_FFFF;
    private static final int CLASS_SHIFT = 24;
    private static final int SHRINK_FACTOR = 4;
    private static final int SHORT_MOVE = 16;

    private final RankPool pool;

    FarRanks(RankPool pool) {
        this.pool = pool;
    }

    static int count(long list) {
        return UnsafeApi.getInt(list + COUNT_OFFSET) & COUNT_MASK;
    }

    /** A rank by its position from the worst. */
    long rankAt(long list, int index) {
        return UnsafeApi.getLong(ranks(list) + (long) index * RANK_LENGTH);
    }

    /** Number of ranks here that are better than a rank. */
    int betterThan(long list, long rank) {
        return count(list) - 1 - floor(list, rank);
    }

    /** Makes room for some more ranks; false when there is no memory for them. */
    boolean reserve(long list, int more) {
        int count = count(list);
        return count + more <= capacity(list)
            || move(list, count, RankPool.sizeClass(count + more));
    }

    /** Adds a rank that is not there; room was reserved. */
    void add(long list, long rank) {
        int count = count(list);
        int index = floor(list, rank) + 1;
        long place = ranks(list) + (long) index * RANK_LENGTH;
        int above = count - index;
        if (above > SHORT_MOVE) {
            UnsafeApi.copyMemory(place, place + RANK_LENGTH, (long) above * RANK_LENGTH);
        } else {
            for (long at = place + (long) above * RANK_LENGTH; at > place; at -= RANK_LENGTH) {
                UnsafeApi.putLong(at, UnsafeApi.getLong(at - RANK_LENGTH));
            }
        }
        UnsafeApi.putLong(place, rank);
        count(list, count + 1);
    }

    /** Removes a rank that is there. */
    void remove(long list, long rank) {
        int count = count(list) - 1;
        int index = floor(list, rank);
        assert rankAt(list, index) == rank;
        long place = ranks(list) + (long) index * RANK_LENGTH;
        int above = count - index;
        if (above > SHORT_MOVE) {
            UnsafeApi.copyMemory(place + RANK_LENGTH, place, (long) above * RANK_LENGTH);
        } else {
            long end = place + (long) above * RANK_LENGTH;
            for (long at = place; at < end; at += RANK_LENGTH) {
                UnsafeApi.putLong(at, UnsafeApi.getLong(at + RANK_LENGTH));
            }
        }
        count(list, count);
        int sizeClass = sizeClass(list);
        if (sizeClass > 0 && count * SHRINK_FACTOR <= RankPool.capacity(sizeClass)) {
            move(list, count, sizeClass - 1);
        }
    }

    /** Gives the list's slab back: no ranks are left. */
    void clear(long list) {
        int slab = UnsafeApi.getInt(list);
        if (slab != RankPool.NONE) {
            pool.free(slab, sizeClass(list));
            UnsafeApi.putLong(list, 0);
        }
    }

    /** Notes the units of the list's slab, which nobody else may have. */
    void noteSlab(long list, BitSet units) {
        int slab = UnsafeApi.getInt(list);
        if (slab != RankPool.NONE) {
            pool.note(units, slab, sizeClass(list));
        }
    }

    /** True when a list, whoever wrote it, has the memory that it says it has. */
    boolean isSound(long list) {
        int slab = UnsafeApi.getInt(list);
        return slab == RankPool.NONE ? UnsafeApi.getInt(list + COUNT_OFFSET) == 0
            : pool.isCut(slab, sizeClass(list)) && count(list) <= capacity(list);
    }

    /** Bytes of the list's slab, 0 when it has none. */
    static long slabBytes(long list) {
        return capacity(list) == 0 ? 0 : RankPool.slabBytes(sizeClass(list));
    }

    /** Index of the best rank that is at most this one, -1 when there is none. */
    int floor(long list, long rank) {
        int count = count(list);
        if (count == 0) {
            return -1;
        }
        long ranks = ranks(list);
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

    private boolean move(long list, int count, int sizeClass) {
        int slab = sizeClass < RankPool.SIZE_CLASSES ? pool.allocate(sizeClass) : RankPool.NONE;
        if (slab == RankPool.NONE) {
            return false;
        }
        if (count > 0) {
            UnsafeApi.copyMemory(ranks(list), pool.ranks(slab), (long) count * RANK_LENGTH);
        }
        clear(list);
        UnsafeApi.putInt(list, slab);
        UnsafeApi.putInt(list + COUNT_OFFSET, count | sizeClass << CLASS_SHIFT);
        return true;
    }

    private static int capacity(long list) {
        return UnsafeApi.getInt(list) == RankPool.NONE ? 0 : RankPool.capacity(sizeClass(list));
    }

    private static void count(long list, int count) {
        int others = UnsafeApi.getInt(list + COUNT_OFFSET) & ~COUNT_MASK;
        UnsafeApi.putInt(list + COUNT_OFFSET, others | count);
    }

    private static int sizeClass(long list) {
        return UnsafeApi.getInt(list + COUNT_OFFSET) >>> CLASS_SHIFT;
    }

    private long ranks(long list) {
        return pool.ranks(UnsafeApi.getInt(list));
    }
}
