// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import org.agrona.UnsafeApi;

/**
 * Memory of all price levels: slabs of 4, 8, 16 .. 65,536 levels cut from one region, given back to
 * a free list per size. Owned by the chain's thread.
 *
 * <pre>
 *  slab +0                    +8 x capacity                                +24 x capacity
 *       | rank 8 | rank 8 ..  | total size 8, head 4, tail 4 | ..          |
 * </pre>
 */
final class LevelPool {
    /** No slab. */
    static final int NONE = 0;
    static final int SIZE_CLASSES = 15;
    static final int LEAST_CAPACITY = 4;
    static final int MAX_CAPACITY = LEAST_CAPACITY << SIZE_CLASSES - 1;
    static final int RANK_LENGTH = 8;
    static final int QUEUE_LENGTH = 16;
    static final long MIN_BYTES = 4096;
    static final long MAX_BYTES = Integer.MAX_VALUE - 4096L;

    private static final int UNIT_SHIFT = 5;
    private static final int LEAST_UNITS =
        LEAST_CAPACITY * (RANK_LENGTH + QUEUE_LENGTH) >> UNIT_SHIFT;

    private final Region region;
    private final long address;
    private final int units;
    private final int[] freeSlabs = new int[SIZE_CLASSES];
    private int nextUnit = 1;
    private int usedUnits;

    LevelPool(long bytes) {
        region = new Region(bytes);
        address = region.address();
        units = (int) (bytes >>> UNIT_SHIFT);
    }

    /**
     * Room for both sides of every book at the least capacity, and for a level per order in growing
     * sides.
     */
    static long defaultBytes(int books, int maxOrders) {
        long leastBytes = (long) LEAST_UNITS << UNIT_SHIFT;
        return Math.min(MAX_BYTES, MIN_BYTES + 2L * books * leastBytes + 48L * maxOrders);
    }

    static int capacity(int sizeClass) {
        return LEAST_CAPACITY << sizeClass;
    }

    /**
     * A slab for 4 x 2^sizeClass levels, or NONE when the pool is exhausted. Its content is
     * arbitrary.
     */
    int allocate(int sizeClass) {
        int slab = freeSlabs[sizeClass];
        int length = LEAST_UNITS << sizeClass;
        if (slab != NONE) {
            freeSlabs[sizeClass] = UnsafeApi.getInt(ranks(slab));
        } else if (units - nextUnit >= length) {
            slab = nextUnit;
            nextUnit += length;
        } else {
            return NONE;
        }
        usedUnits += length;
        return slab;
    }

    void free(int slab, int sizeClass) {
        UnsafeApi.putInt(ranks(slab), freeSlabs[sizeClass]);
        freeSlabs[sizeClass] = slab;
        usedUnits -= LEAST_UNITS << sizeClass;
    }

    /** Address of a slab's ranks. */
    long ranks(int slab) {
        assert slab > NONE && slab < units : slab;
        return address + ((long) slab << UNIT_SHIFT);
    }

    /** Bytes of the slabs in use. */
    long usedBytes() {
        return (long) usedUnits << UNIT_SHIFT;
    }

    /** Bytes ever cut from the region, in use or on a free list. */
    long cutBytes() {
        return (long) (nextUnit - 1) << UNIT_SHIFT;
    }

    /** Bytes on the free lists, counted by walking them. */
    long freeBytes() {
        long bytes = 0;
        for (int sizeClass = 0; sizeClass < SIZE_CLASSES; sizeClass++) {
            for (int slab = freeSlabs[sizeClass]; slab != NONE;
                slab = UnsafeApi.getInt(ranks(slab))) {
                bytes += (long) LEAST_UNITS << sizeClass + UNIT_SHIFT;
            }
        }
        return bytes;
    }

    static long slabBytes(int sizeClass) {
        return (long) LEAST_UNITS << sizeClass + UNIT_SHIFT;
    }

    long bytes() {
        return region.length();
    }
}
