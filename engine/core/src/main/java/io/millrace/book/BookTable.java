// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import org.agrona.UnsafeApi;

/**
 * One cache line per book (instrument on a venue): its two sides, its marks, and the best bid and
 * offer it published last. The line behind the last book is never written: it is the book of
 * whoever has none. Owned by the chain's thread.
 *
 * <pre>
 *  +0                     +8                     +16     +20        +24      +32
 *  | bid slab 4, count 3, | ask slab 4, count 3, | marks | channel  | touch  |
 *  | size class 1         | size class 1         |       |          |        |
 *  +32                    +40                    +48                +56                  +64
 *  | published bid rank   | bid size             | ask rank         | ask size           |
 * </pre>
 */
final class BookTable {
    /** Rank of the best of an empty side: no price is worse. */
    static final long NO_RANK = Long.MIN_VALUE;
    static final int BID = 0;
    static final int ASK = 1;

    /** Orders rest in the book one by one. */
    static final int KIND_ORDERS = 1;
    /** The venue sends totals per level. */
    static final int KIND_LEVELS = 2;
    /** The venue sends its best bid and offer only. */
    static final int KIND_QUOTE = 3;
    static final int KIND_MASK = 3;
    /** Events are missing or were refused. */
    static final int STALE = 4;
    /** A snapshot is being read: nothing is published. */
    static final int WITHHELD = 8;
    /** The best changed by an event that was not the last of its update. */
    static final int DIRTY = 16;
    /** The book was stale when its snapshot began; the snapshot may heal it. */
    static final int WAS_STALE = 32;
    /** The book has had an event; its channel is known. */
    static final int BOUND = 64;

    static final int LENGTH = 64;
    private static final int MARKS_OFFSET = 16;
    private static final int CHANNEL_OFFSET = 20;
    private static final int TOUCH_OFFSET = 24;
    private static final int PUBLISHED_OFFSET = 32;

    private final Region region;
    private final long address;
    private final int count;

    BookTable(int count) {
        this.count = count;
        region = new Region((count + 1L) * LENGTH);
        address = region.address();
        for (int book = 0; book <= count; book++) {
            published(book, BID, NO_RANK, 0);
            published(book, ASK, NO_RANK, 0);
        }
    }

    /** Address of a side's word: slab, count, size class. */
    long side(int book, int side) {
        return address + (long) book * LENGTH + side * 8L;
    }

    /** Brings a book's line near; changes nothing that is ever read. */
    void touch(int book) {
        UnsafeApi.putByte(lineOf(book) + TOUCH_OFFSET, (byte) 0);
    }

    int marks(int book) {
        return UnsafeApi.getInt(lineOf(book) + MARKS_OFFSET);
    }

    void marks(int book, int marks) {
        UnsafeApi.putInt(lineOf(book) + MARKS_OFFSET, marks);
    }

    int channel(int book) {
        return UnsafeApi.getInt(lineOf(book) + CHANNEL_OFFSET);
    }

    void channel(int book, int channelId) {
        UnsafeApi.putInt(lineOf(book) + CHANNEL_OFFSET, channelId);
    }

    long publishedRank(int book, int side) {
        return UnsafeApi.getLong(lineOf(book) + PUBLISHED_OFFSET + side * 16L);
    }

    long publishedSize(int book, int side) {
        return UnsafeApi.getLong(lineOf(book) + PUBLISHED_OFFSET + side * 16L + 8);
    }

    void published(int book, int side, long rank, long size) {
        long pair = lineOf(book) + PUBLISHED_OFFSET + side * 16L;
        UnsafeApi.putLong(pair, rank);
        UnsafeApi.putLong(pair + 8, size);
    }

    /** Number of books; also the index of the book that is always empty. */
    int count() {
        return count;
    }

    long bytes() {
        return region.length();
    }

    private long lineOf(int book) {
        return address + (long) book * LENGTH;
    }
}
