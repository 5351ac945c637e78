// SPDX-License-Identifier: Apache-2.0
package io.millrace.book.side;

import static io.millrace.book.side.SideDescriptor.BASE_OFFSET;
import static io.millrace.book.side.SideDescriptor.BASE_SHIFT;

import org.agrona.UnsafeApi;

/**
 * One bit for each of {@link #TICKS} neighbouring prices of one side: set where a level is. Ticks
 * count cents so that the higher tick is the better price on both sides. A window is named by the
 * address of its side's line. Owned by the chain's thread.
 */
final class TickWindow {
    static final int TICKS = 256;
    /** The tick of a rank that stands between ticks, or too far out to be counted. */
    static final long NO_TICK = Long.MIN_VALUE;

    private static final long TICK = 10_000_000L;
    private static final long LIMIT = 1L << 60;
    private static final int LAST_WORD = TICKS - Long.SIZE >>> 3;

    private TickWindow() {
    }

    /** Tick of a rank, or NO_TICK. */
    static long tick(long rank, int side) {
        long tick = floorTick(rank, side);
        return rank > -LIMIT && rank(tick, side) == rank ? tick : NO_TICK;
    }

    /** Rank of a tick: a bid's is its price, an ask's the complement of its price. */
    static long rank(long tick, int side) {
        return tick * TICK + side * (TICK - 1);
    }

    static long base(long line) {
        return UnsafeApi.getLong(line + BASE_OFFSET) << BASE_SHIFT >> BASE_SHIFT;
    }

    static void base(long line, long base) {
        UnsafeApi.putLong(line + BASE_OFFSET, base << BASE_SHIFT >>> BASE_SHIFT);
    }

    /** Position of a tick in the window; it is inside when from 0 to TICKS - 1. */
    static long position(long line, long tick) {
        return tick - base(line);
    }

    static boolean isInside(long position) {
        return position >= 0 && position < TICKS;
    }

    static void set(long line, long position) {
        long place = line + (position >>> 6 << 3);
        UnsafeApi.putLong(place, UnsafeApi.getLong(place) | 1L << position);
    }

    static void clear(long line, long position) {
        long place = line + (position >>> 6 << 3);
        UnsafeApi.putLong(place, UnsafeApi.getLong(place) & ~(1L << position));
    }

    static void clearAll(long line) {
        for (int at = 0; at <= LAST_WORD; at += Long.BYTES) {
            UnsafeApi.putLong(line + at, 0);
        }
    }

    static int count(long line) {
        int count = 0;
        for (int at = 0; at <= LAST_WORD; at += Long.BYTES) {
            count += Long.bitCount(UnsafeApi.getLong(line + at));
        }
        return count;
    }

    /** Position of the best level, -1 when there is none. */
    static int best(long line) {
        for (int at = LAST_WORD; at >= 0; at -= Long.BYTES) {
            long word = UnsafeApi.getLong(line + at);
            if (word != 0) {
                return (at << 3) + 63 - Long.numberOfLeadingZeros(word);
            }
        }
        return -1;
    }

    /** Position of a level by its number from the best, which is 0; it must be there. */
    static int fromBest(long line, int index) {
        int left = index;
        int at = LAST_WORD;
        long word = UnsafeApi.getLong(line + at);
        while (left >= Long.bitCount(word)) {
            left -= Long.bitCount(word);
            at -= Long.BYTES;
            word = UnsafeApi.getLong(line + at);
        }
        for (; left > 0; left--) {
            word ^= Long.highestOneBit(word);
        }
        return (at << 3) + 63 - Long.numberOfLeadingZeros(word);
    }

    /** Number of levels here whose position is at least this one. */
    static int countFrom(long line, long position) {
        return position >= TICKS ? 0 : betterThanPosition(line, position - 1);
    }

    /** Number of levels here that are better than a rank. */
    static int betterThan(long line, long rank, int side) {
        return betterThanPosition(line, position(line, floorTick(rank, side)));
    }

    private static int betterThanPosition(long line, long position) {
        if (position < 0) {
            return count(line);
        }
        int better = 0;
        for (int at = LAST_WORD; at >= 0; at -= Long.BYTES) {
            long word = UnsafeApi.getLong(line + at);
            long first = Math.max(0, position + 1 - (at << 3));
            better += first >= Long.SIZE ? 0 : Long.bitCount(word >>> first);
        }
        return better;
    }

    /** The best tick that is not above a rank. */
    private static long floorTick(long rank, int side) {
        long within = Math.max(-LIMIT, Math.min(LIMIT, rank));
        return Math.floorDiv(within - side * (TICK - 1), TICK);
    }
}
