// SPDX-License-Identifier: Apache-2.0
package io.millrace.book.side;

import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import java.util.BitSet;
import org.agrona.UnsafeApi;

/**
 * Memory of all lists of far ranks: slabs of 8, 16, 32 .. 65,536 ranks cut from one region, given
 * back to a free list per size. Slabs begin at cache lines. Owned by the chain's thread.
 */
public final class RankPool {
    /** No slab. */
    static final int NONE = 0;
    static final int SIZE_CLASSES = 14;
    static final int LEAST_CAPACITY = 8;
    /** Most far ranks of one side. */
    public static final int MAX_CAPACITY = LEAST_CAPACITY << SIZE_CLASSES - 1;
    static final int RANK_LENGTH = 8;
    /** Least memory of a pool. */
    public static final long MIN_BYTES = 4096;
    /** Most memory of a pool. */
    public static final long MAX_BYTES = Integer.MAX_VALUE - 4096L;

    private static final int UNIT_SHIFT = 6;

    private final Region region;
    private final long address;
    private final int units;
    private final int[] freeSlabs = new int[SIZE_CLASSES];
    private int nextUnit = 1;
    private int usedUnits;

    /** @param bytes from MIN_BYTES to MAX_BYTES */
    public RankPool(long bytes) {
        region = new Region(bytes);
        address = region.address();
        units = (int) (bytes >>> UNIT_SHIFT);
    }

    /** Room for a least list on both sides of every book, and for growing ones. */
    public static long defaultBytes(int books, int maxLevels) {
        return Math.min(MAX_BYTES, MIN_BYTES + (2L * books << UNIT_SHIFT) + 24L * maxLevels);
    }

    static int capacity(int sizeClass) {
        return LEAST_CAPACITY << sizeClass;
    }

    /** The least class of slabs that hold so many ranks. */
    static int sizeClass(int ranks) {
        int units = (ranks + LEAST_CAPACITY - 1) / LEAST_CAPACITY;
        return Integer.SIZE - Integer.numberOfLeadingZeros(units - 1);
    }

    /** A slab for 8 x 2^sizeClass ranks, or NONE when there is none. Its content is arbitrary. */
    int allocate(int sizeClass) {
        int slab = freeSlabs[sizeClass];
        int length = 1 << sizeClass;
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
        usedUnits -= 1 << sizeClass;
    }

    /** Saves all that was ever cut, free slabs too. */
    void save(StateWriter writer) {
        writer.begin("slabs");
        writer.putInt(units);
        writer.putInt(nextUnit);
        writer.putInt(usedUnits);
        for (int sizeClass = 0; sizeClass < SIZE_CLASSES; sizeClass++) {
            writer.putInt(freeSlabs[sizeClass]);
        }
        writer.putMemory(ranks(1), cutBytes());
    }

    /** Becomes what was saved. */
    void restore(StateReader reader) {
        reader.begin("slabs");
        reader.expect("size of the pool", units);
        nextUnit = reader.getInt("next slab", 1, units);
        usedUnits = reader.getInt("slabs in use", 0, nextUnit - 1);
        for (int sizeClass = 0; sizeClass < SIZE_CLASSES; sizeClass++) {
            freeSlabs[sizeClass] = reader.getInt();
        }
        region.clear();
        reader.getMemory(ranks(1), cutBytes());
    }

    /** Notes the units of every free slab; throws when one is no slab or noted already. */
    public void noteFree(BitSet units) {
        for (int sizeClass = 0; sizeClass < SIZE_CLASSES; sizeClass++) {
            for (int slab = freeSlabs[sizeClass]; slab != NONE;
                slab = UnsafeApi.getInt(ranks(slab))) {
                note(units, slab, sizeClass);
            }
        }
    }

    /** Notes the units of a slab; throws when it is none or one is noted already. */
    void note(BitSet units, int slab, int sizeClass) {
        if (!isCut(slab, sizeClass) || units.get(slab, slab + (1 << sizeClass)).cardinality() > 0) {
            throw new IllegalStateException("two lists have the same slab");
        }
        units.set(slab, slab + (1 << sizeClass));
    }

    /** True when a slab of a size lies within what was cut. */
    boolean isCut(int slab, int sizeClass) {
        return slab > NONE && sizeClass >= 0 && sizeClass < SIZE_CLASSES
            && slab <= nextUnit - (1 << sizeClass);
    }

    /** Address of a slab. */
    long ranks(int slab) {
        return address + ((long) slab << UNIT_SHIFT);
    }

    /** Bytes of the slabs in use. */
    public long usedBytes() {
        return (long) usedUnits << UNIT_SHIFT;
    }

    /** Units of 64 bytes ever cut from the region, in use or on a free list. */
    public int cutUnits() {
        return nextUnit - 1;
    }

    /** Bytes ever cut from the region, in use or on a free list. */
    public long cutBytes() {
        return (long) (nextUnit - 1) << UNIT_SHIFT;
    }

    static long slabBytes(int sizeClass) {
        return 1L << sizeClass + UNIT_SHIFT;
    }

    /** Bytes of the region. */
    public long bytes() {
        return region.length();
    }
}
