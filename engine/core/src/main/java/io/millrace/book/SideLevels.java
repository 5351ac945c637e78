// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.LevelPool.QUEUE_LENGTH;
import static io.millrace.book.LevelPool.RANK_LENGTH;

import org.agrona.UnsafeApi;

/**
 * The price levels of one side, sorted by rank, the best last: most changes happen there and move
 * little. A rank is the price for bids and its bitwise complement for asks, so that the higher rank
 * is the better price on both sides. A side is named by the address of its word in the
 * {@link BookTable}. Owned by the chain's thread.
 */
final class SideLevels {
    static final int NOT_ADDED = -1;

    private static final int NEAR = 16;
    private static final int COUNT_MASK = 0xFF_FFFF;
    private static final int CLASS_SHIFT = 24;
    private static final int SHRINK_FACTOR = 4;
    private static final int SHORT_MOVE = 16;
    private static final int HEAD_OFFSET = 8;
    private static final int TAIL_OFFSET = 12;

    private final LevelPool pool;

    SideLevels(LevelPool pool) {
        this.pool = pool;
    }

    static long rank(long price, int side) {
        return price ^ -side;
    }

    static long price(long rank, int side) {
        return rank ^ -side;
    }

    static int count(long side) {
        return UnsafeApi.getInt(side + 4) & COUNT_MASK;
    }

    /** Index of the best level whose rank is at most this one, -1 when there is none. */
    int floor(long side, long rank) {
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

    /**
     * Inserts an empty level behind the index that floor returned; its index, or NOT_ADDED without
     * memory.
     */
    int add(long side, int floor, long rank) {
        int count = count(side);
        if (count == capacity(side) && !grow(side, count)) {
            return NOT_ADDED;
        }
        int index = floor + 1;
        long ranks = ranks(side);
        long queues = queues(side);
        moveUp(ranks, queues, index, count);
        UnsafeApi.putLong(ranks + (long) index * RANK_LENGTH, rank);
        long queue = queues + (long) index * QUEUE_LENGTH;
        UnsafeApi.putLong(queue, 0);
        UnsafeApi.putInt(queue + HEAD_OFFSET, OrderSlotDescriptor.NONE);
        UnsafeApi.putInt(queue + TAIL_OFFSET, OrderSlotDescriptor.NONE);
        count(side, count + 1);
        return index;
    }

    void remove(long side, int index) {
        int count = count(side) - 1;
        long ranks = ranks(side);
        long queues = queues(side);
        moveDown(ranks, queues, index, count);
        count(side, count);
        int sizeClass = sizeClass(side);
        if (sizeClass > 0 && count * SHRINK_FACTOR <= LevelPool.capacity(sizeClass)) {
            move(side, count, sizeClass - 1);
        }
    }

    /** Makes sure that an empty side has room for a level; false without memory. */
    boolean reserve(long side) {
        return capacity(side) > 0 || grow(side, 0);
    }

    /** Gives the side's slab back: no levels are left. */
    void clear(long side) {
        int slab = UnsafeApi.getInt(side);
        if (slab != LevelPool.NONE) {
            pool.free(slab, sizeClass(side));
            UnsafeApi.putLong(side, 0);
        }
    }

    long rankAt(long side, int index) {
        return UnsafeApi.getLong(ranks(side) + (long) index * RANK_LENGTH);
    }

    /**
     * Address of a level's total size, head and tail; valid until a level of the side is added or
     * removed.
     */
    long queue(long side, int index) {
        assert index >= 0 && index < count(side) : index;
        return queues(side) + (long) index * QUEUE_LENGTH;
    }

    static long size(long queue) {
        return UnsafeApi.getLong(queue);
    }

    static void size(long queue, long size) {
        UnsafeApi.putLong(queue, size);
    }

    static int head(long queue) {
        return UnsafeApi.getInt(queue + HEAD_OFFSET);
    }

    static void head(long queue, int slot) {
        UnsafeApi.putInt(queue + HEAD_OFFSET, slot);
    }

    static int tail(long queue) {
        return UnsafeApi.getInt(queue + TAIL_OFFSET);
    }

    static void tail(long queue, int slot) {
        UnsafeApi.putInt(queue + TAIL_OFFSET, slot);
    }

    /** Bytes of the side's slab, 0 when it has none. */
    static long slabBytes(long side) {
        return UnsafeApi.getInt(side) == LevelPool.NONE ? 0 : LevelPool.slabBytes(sizeClass(side));
    }

    static int capacity(long side) {
        return UnsafeApi.getInt(side) == LevelPool.NONE ? 0 : LevelPool.capacity(sizeClass(side));
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

    private boolean grow(long side, int count) {
        return move(side, count, count == 0 ? 0 : sizeClass(side) + 1);
    }

    private boolean move(long side, int count, int sizeClass) {
        int slab = sizeClass < LevelPool.SIZE_CLASSES ? pool.allocate(sizeClass) : LevelPool.NONE;
        if (slab == LevelPool.NONE) {
            return false;
        }
        if (count > 0) {
            long ranks = pool.ranks(slab);
            UnsafeApi.copyMemory(ranks(side), ranks, (long) count * RANK_LENGTH);
            UnsafeApi.copyMemory(queues(side),
                ranks + (long) LevelPool.capacity(sizeClass) * RANK_LENGTH,
                (long) count * QUEUE_LENGTH);
        }
        clear(side);
        UnsafeApi.putInt(side, slab);
        UnsafeApi.putInt(side + 4, count | sizeClass << CLASS_SHIFT);
        return true;
    }

    private static void moveUp(long ranks, long queues, int index, int count) {
        int levels = count - index;
        if (levels > SHORT_MOVE) {
            long rank = ranks + (long) index * RANK_LENGTH;
            UnsafeApi.copyMemory(rank, rank + RANK_LENGTH, (long) levels * RANK_LENGTH);
            long queue = queues + (long) index * QUEUE_LENGTH;
            UnsafeApi.copyMemory(queue, queue + QUEUE_LENGTH, (long) levels * QUEUE_LENGTH);
            return;
        }
        for (int i = count; i > index; i--) {
            copyLevel(ranks, queues, i - 1, i);
        }
    }

    private static void moveDown(long ranks, long queues, int index, int count) {
        int levels = count - index;
        if (levels > SHORT_MOVE) {
            long rank = ranks + (long) index * RANK_LENGTH;
            UnsafeApi.copyMemory(rank + RANK_LENGTH, rank, (long) levels * RANK_LENGTH);
            long queue = queues + (long) index * QUEUE_LENGTH;
            UnsafeApi.copyMemory(queue + QUEUE_LENGTH, queue, (long) levels * QUEUE_LENGTH);
            return;
        }
        for (int i = index; i < count; i++) {
            copyLevel(ranks, queues, i + 1, i);
        }
    }

    private static void copyLevel(long ranks, long queues, int from, int to) {
        UnsafeApi.putLong(ranks + (long) to * RANK_LENGTH,
            UnsafeApi.getLong(ranks + (long) from * RANK_LENGTH));
        long source = queues + (long) from * QUEUE_LENGTH;
        long target = queues + (long) to * QUEUE_LENGTH;
        UnsafeApi.putLong(target, UnsafeApi.getLong(source));
        UnsafeApi.putLong(target + 8, UnsafeApi.getLong(source + 8));
    }

    private static void count(long side, int count) {
        UnsafeApi.putInt(side + 4, UnsafeApi.getInt(side + 4) & ~COUNT_MASK | count);
    }

    private static int sizeClass(long side) {
        return UnsafeApi.getInt(side + 4) >>> CLASS_SHIFT;
    }

    private long ranks(long side) {
        return pool.ranks(UnsafeApi.getInt(side));
    }

    private long queues(long side) {
        return ranks(side) + ((long) LevelPool.LEAST_CAPACITY * RANK_LENGTH << sizeClass(side));
    }
}
