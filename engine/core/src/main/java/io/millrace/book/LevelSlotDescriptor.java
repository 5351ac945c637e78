// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

/**
 * One price level in the level table: who owns it, what rests there, and both ends of its queue.
 *
 * <pre>
 *  +0      +8     +16     +20                   +24    +28    +32
 *  | price | size | owner | order count 3 | top | head | tail |
 *
 *  owner: 0 empty, else 2 + 2 x book + side; head and tail: slots in the order table
 *  top:   first slot of a line: always 0, for blind stores; second: entries that passed the line
 * </pre>
 */
final class LevelSlotDescriptor {
    static final int LENGTH = 32;
    static final int LENGTH_SHIFT = 5;

    static final int PRICE_OFFSET = 0;
    static final int SIZE_OFFSET = 8;
    static final int OWNER_OFFSET = 16;
    static final int COUNT_OFFSET = 20;
    static final int TOP_OFFSET = 23;
    static final int HEAD_OFFSET = 24;
    static final int TAIL_OFFSET = 28;

    static final int MAX_COUNT = 0xFF_FFFF;
    static final int EMPTY = 0;

    private LevelSlotDescriptor() {
    }

    static int owner(int book, int side) {
        return book + 1 << 1 | side;
    }

    static int book(int owner) {
        return (owner >>> 1) - 1;
    }

    static int side(int owner) {
        return owner & 1;
    }
}
