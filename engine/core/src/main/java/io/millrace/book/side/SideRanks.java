// SPDX-License-Identifier: Apache-2.0
package io.millrace.book.side;

import static io.millrace.book.side.SideDescriptor.FAR_OFFSET;
import static io.millrace.book.side.TickWindow.NO_TICK;

import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import java.util.BitSet;

/**
 * The prices of one side in order. Levels near the best are bits of a {@link TickWindow} in the
 * side's own line, and the window follows the best; levels far away, or between ticks, are {@link
 * FarRanks}. A rank is the price for bids and its bitwise complement for asks, so that the higher
 * rank is the better price on both sides. A side is named by the address of its {@link
 * SideDescriptor}. Owned by the chain's thread.
 */
public final class SideRanks {
    /** Where the best stands when the window moves: most new levels are below it. */
    private static final int ANCHOR = TickWindow.TICKS * 3 / 4;
    /** The window moves down when the best is below this and a new level is below the window. */
    private static final int LOW = TickWindow.TICKS / 4;

    private final RankPool pool;
    private final FarRanks far;
    /** Ticks on the move, valid within one move. */
    private final long[] moved = new long[TickWindow.TICKS];

    /** @param pool memory of the far ranks */
    public SideRanks(RankPool pool) {
        this.pool = pool;
        far = new FarRanks(pool);
    }

    /** Rank of a price: the higher the better, on both sides. */
    public static long rank(long price, int side) {
        return price ^ -side;
    }

    /** Price of a rank. */
    public static long price(long rank, int side) {
        return rank ^ -side;
    }

    /** Number of levels. */
    public static int count(long line) {
        return TickWindow.count(line) + FarRanks.count(line + FAR_OFFSET);
    }

    /** Rank of the best level; there must be one. */
    public long best(long line, int side) {
        int position = TickWindow.best(line);
        int farCount = FarRanks.count(line + FAR_OFFSET);
        long near = TickWindow.rank(TickWindow.base(line) + position, side);
        if (farCount == 0) {
            return near;
        }
        long farBest = far.rankAt(line + FAR_OFFSET, farCount - 1);
        return position < 0 ? farBest : Math.max(near, farBest);
    }

    /** Rank of a level by its number from the best, which is 0; it must be there. */
    public long fromBest(long line, int side, int index) {
        int farCount = FarRanks.count(line + FAR_OFFSET);
        int better = farCount == 0 ? 0 : farBetter(line, side, index, farCount);
        if (better < farCount) {
            long rank = far.rankAt(line + FAR_OFFSET, farCount - 1 - better);
            if (better + TickWindow.betterThan(line, rank, side) == index) {
                return rank;
            }
        }
        int position = TickWindow.fromBest(line, index - better);
        return TickWindow.rank(TickWindow.base(line) + position, side);
    }

    /** Number of levels that are better than a rank. */
    public int betterThan(long line, int side, long rank) {
        return TickWindow.betterThan(line, rank, side) + far.betterThan(line + FAR_OFFSET, rank);
    }

    /** Makes room for a level that is not there; false when there is no memory for it. */
    public boolean reserve(long line, int side, long rank) {
        long tick = TickWindow.tick(rank, side);
        return TickWindow.isInside(TickWindow.position(line, tick))
            || tick != NO_TICK && follow(line, side, tick)
            || far.reserve(line + FAR_OFFSET, 1);
    }

    /** Adds a level that is not there; room was reserved. */
    public void add(long line, int side, long rank) {
        long position = TickWindow.position(line, TickWindow.tick(rank, side));
        if (TickWindow.isInside(position)) {
            TickWindow.set(line, position);
        } else {
            far.add(line + FAR_OFFSET, rank);
        }
    }

    /** Removes a level that is there. */
    public void remove(long line, int side, long rank) {
        long position = TickWindow.position(line, TickWindow.tick(rank, side));
        if (TickWindow.isInside(position)) {
            TickWindow.clear(line, position);
        } else {
            far.remove(line + FAR_OFFSET, rank);
        }
    }

    /** Removes all levels and gives their memory back. */
    public void clear(long line) {
        TickWindow.clearAll(line);
        far.clear(line + FAR_OFFSET);
    }

    /** Memory of the far ranks. */
    public RankPool pool() {
        return pool;
    }

    /** Bytes of the slab of a side, 0 when it has none. */
    public static long slabBytes(long line) {
        return FarRanks.slabBytes(line + FAR_OFFSET);
    }

    /** Saves the memory of the far ranks; the sides' lines are their owner's. */
    public void save(StateWriter writer) {
        pool.save(writer);
    }

    /** Restores the memory of the far ranks. */
    public void restore(StateReader reader) {
        pool.restore(reader);
    }

    /** True when a side's line, whoever wrote it, names memory that it may have. */
    public boolean isSound(long line) {
        return far.isSound(line + FAR_OFFSET);
    }

    /** Notes the memory of a side's far ranks; throws when another has it. */
    public void noteSlab(long line, BitSet units) {
        far.noteSlab(line + FAR_OFFSET, units);
    }

    /** Throws when a far level belongs into the window, or is not where its rank belongs. */
    public void checkInvariants(long line, int side) {
        for (int i = 0; i < FarRanks.count(line + FAR_OFFSET); i++) {
            if (i > 0 && far.rankAt(line + FAR_OFFSET, i) <= far.rankAt(line + FAR_OFFSET, i - 1)) {
                throw new IllegalStateException("far levels out of order");
            }
            long tick = TickWindow.tick(far.rankAt(line + FAR_OFFSET, i), side);
            if (TickWindow.isInside(TickWindow.position(line, tick))) {
                throw new IllegalStateException("far level within the window, tick " + tick);
            }
        }
    }

    /** Number of far ranks that come before the index-th level of all. */
    private int farBetter(long line, int side, int index, int farCount) {
        int low = 0;
        int high = farCount;
        while (low < high) {
            int middle = low + high >>> 1;
            long rank = far.rankAt(line + FAR_OFFSET, farCount - 1 - middle);
            if (middle + TickWindow.betterThan(line, rank, side) < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Moves the window so that a new level is inside, when that is where the best is now. */
    private boolean follow(long line, int side, long tick) {
        int best = TickWindow.best(line);
        long base = TickWindow.base(line);
        long newBase;
        if (best < 0) {
            newBase = Math.max(tick, farBestTick(line, side)) - ANCHOR;
        } else if (tick >= base + TickWindow.TICKS) {
            newBase = tick - ANCHOR;
        } else if (best < LOW) {
            newBase = base + best - ANCHOR;
        } else {
            return false;
        }
        return newBase != base && move(line, side, newBase)
            && TickWindow.isInside(TickWindow.position(line, tick));
    }

    /** Tick of the best far level, NO_TICK when there is none or it stands between ticks. */
    private long farBestTick(long line, int side) {
        int farCount = FarRanks.count(line + FAR_OFFSET);
        return farCount == 0 ? NO_TICK
            : TickWindow.tick(far.rankAt(line + FAR_OFFSET, farCount - 1), side);
    }

    /** Levels that leave the window become far ones, far ones that it reaches become bits. */
    private boolean move(long line, int side, long newBase) {
        int count = TickWindow.count(line);
        int leaving = count - TickWindow.countFrom(line, newBase - TickWindow.base(line));
        if (leaving > 0 && !far.reserve(line + FAR_OFFSET, leaving)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            moved[i] = TickWindow.base(line) + TickWindow.fromBest(line, i);
        }
        TickWindow.clearAll(line);
        TickWindow.base(line, newBase);
        for (int i = 0; i < count; i++) {
            add(line, side, TickWindow.rank(moved[i], side));
        }
        pull(line, side, newBase);
        return true;
    }

    private void pull(long line, int side, long base) {
        long list = line + FAR_OFFSET;
        long lowest = TickWindow.rank(base, side);
        int index = far.floor(list, TickWindow.rank(base + TickWindow.TICKS - 1, side));
        while (index >= 0 && far.rankAt(list, index) >= lowest) {
            long rank = far.rankAt(list, index);
            long tick = TickWindow.tick(rank, side);
            if (tick != NO_TICK) {
                far.remove(list, rank);
                TickWindow.set(line, tick - base);
            }
            index--;
        }
    }
}
