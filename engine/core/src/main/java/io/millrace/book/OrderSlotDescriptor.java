// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

/**
 * One resting order in the order table. Book bits stand in three places, so that an order is
 * exactly the pair of its venue's order id and its book: an event that names another instrument
 * does not find it.
 *
 * <pre>
 *  +0        +8      +16                                       +24           +28        +32
 *  | orderId | price | size 52 | book 16-14 | side 1 | top 8   | previous 25 | next 25   |
 *  |         |       |         |            |        |         | book 6-0    | book 13-7 |
 *
 *  size: 0 when no order rests here
 *  top:  first slot of a line: means nothing, for blind stores; second: entries that passed it
 * </pre>
 */
final class OrderSlotDescriptor {
    static final int LENGTH = 32;
    static final int LENGTH_SHIFT = 5;

    static final int ORDER_ID_OFFSET = 0;
    static final int PRICE_OFFSET = 8;
    static final int STATE_OFFSET = 16;
    static final int TOP_OFFSET = 23;
    static final int PREVIOUS_OFFSET = 24;
    static final int NEXT_OFFSET = 28;

    /** Largest size of one order: above any unsigned 32-bit number of shares. */
    static final long MAX_SIZE = (1L << 52) - 1;
    static final int BOOK_BITS = 17;

    static final int SIDE_SHIFT = 55;
    /** All but the top byte, which belongs to the line. */
    static final long STATE_MASK = (1L << 56) - 1;

    /** No slot: end of a level's queue, or not found. */
    static final int NONE = (1 << 25) - 1;

    private static final int INDEX_BITS = 25;
    private static final int LINK_BOOK_BITS = 7;
    private static final int LINK_BOOK_MASK = (1 << LINK_BOOK_BITS) - 1;
    private static final long STATE_BOOK_MASK = 7L << 52;
    private static final long LINKS_BOOK_MASK = 0xFE00_0000_FE00_0000L;

    private OrderSlotDescriptor() {
    }

    /** The state word of a resting order. */
    static long state(long size, int side, int book) {
        return size | stateBook(book) | (long) side << SIDE_SHIFT;
    }

    static long size(long state) {
        return state & MAX_SIZE;
    }

    static int side(long state) {
        return (int) (state >>> SIDE_SHIFT) & 1;
    }

    /**
     * True when the order whose state word and link words these are rests, and rests in that book.
     */
    static boolean isOf(long state, long links, int book) {
        return (state & MAX_SIZE) != 0
            && (state & STATE_BOOK_MASK | links & LINKS_BOOK_MASK)
            == (stateBook(book) | linksBook(book));
    }

    static int book(long state, long links) {
        return (int) (links >>> INDEX_BITS & LINK_BOOK_MASK
            | (links >>> 32 + INDEX_BITS) << LINK_BOOK_BITS
            | (state & STATE_BOOK_MASK) >>> 52 << 2 * LINK_BOOK_BITS);
    }

    /** The word of a link to the previous order of the same level. */
    static int previousLink(int slot, int book) {
        return slot | (book & LINK_BOOK_MASK) << INDEX_BITS;
    }

    /** The word of a link to the next order of the same level. */
    static int nextLink(int slot, int book) {
        return slot | (book >>> LINK_BOOK_BITS & LINK_BOOK_MASK) << INDEX_BITS;
    }

    static int slot(int link) {
        return link & NONE;
    }

    private static long stateBook(int book) {
        return (long) (book >>> 2 * LINK_BOOK_BITS) << 52;
    }

    private static long linksBook(int book) {
        return (long) (book & LINK_BOOK_MASK) << INDEX_BITS
            | (long) (book >>> LINK_BOOK_BITS & LINK_BOOK_MASK) << 32 + INDEX_BITS;
    }
}
