// SPDX-License-Identifier: Apache-2.0
package io.millrace.book.side;

/**
 * One side of a book: which levels it has, and the best of them as it was published last.
 *
 * <pre>
 *  +0                    +32                     +40                  +48    +56    +64
 *  | tick window: 256    | base tick 7 | 0 1     | far slab 4,        | rank | size |
 *  | bits, the best last |             |         | count 3, class 1   |      |      |
 *
 *  base tick: of the window's first bit; 0: for blind stores that bring the line near
 * </pre>
 */
public final class SideDescriptor {
    /** Bytes of a side. */
    public static final int LENGTH = 64;
    static final int BASE_OFFSET = 32;
    /** Bits above the base tick. */
    static final int BASE_SHIFT = 8;
    /** A byte that is always 0, for blind stores. */
    public static final int PREFETCH_OFFSET = 39;
    static final int FAR_OFFSET = 40;
    /** Rank of the best as published last. */
    public static final int RANK_OFFSET = 48;
    /** Size of the best as published last. */
    public static final int SIZE_OFFSET = 56;

    private SideDescriptor() {
    }
}
