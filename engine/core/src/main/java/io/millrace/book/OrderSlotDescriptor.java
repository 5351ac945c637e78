// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

/**
 * One resting order in the order table. An order is exactly the pair of its venue's order id and
 * its book: an event that names another instrument does not find it. Its level has its price.
 *
 * <pre>
 *  +0        +8     +16     +20           +24        +28    +32
 *  | orderId | size | owner | level 3 | top | previous | next |
 *
 *  owner: 0 when no order rests here, else that of its level; level: slot in the level table
 *  top:   first slot of a line: means nothing, for blind stores; second: entries that passed it
 * </pre>
 */
final class OrderSlotDescriptor {
    static final int LENGTH = 32;
    static final int LENGTH_SHIFT = 5;

    static final int ORDER_ID_OFFSET = 0;
    static final int SIZE_OFFSET = 8;
    static final int OWNER_OFFSET = 16;
    static final int LEVEL_OFFSET = 20;
    static final int TOP_OFFSET = 23;
    static final int PREVIOUS_OFFSET = 24;
    static final int NEXT_OFFSET = 28;

    static final int EMPTY = 0;
    /** No slot: end of a level's queue, or not found. */
    static final int NONE = -1;
    static final int LEVEL_MASK = 0xFF_FFFF;
    /** Largest size of one order: above any unsigned 32-bit number of shares. */
    static final long MAX_SIZE = (1L << 52) - 1;

    private OrderSlotDescriptor() {
    }
}
