// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.side.SideDescriptor.RANK_OFFSET;
import static io.millrace.book.side.SideDescriptor.SIZE_OFFSET;
import static io.millrace.book.side.SideDescriptor.PREFETCH_OFFSET;

import io.millrace.book.side.Region;
import io.millrace.book.side.SideDescriptor;
import io.millrace.book.side.SideRanks;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * All books: a line for each of their sides, and each book's marks and channel. The last book is
 * never written: it is the book of whoever has none. Owned by the chain's thread.
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
    /** Changed by an event that was not the last of its update. */
    static final int DIRTY = 16;
    /** The book was stale when its snapshot began; the snapshot may heal it. */
    static final int WAS_STALE = 32;
    /** The book has had an event; its channel is known. */
    static final int BOUND = 64;
    /** Nothing comes on any line of the channel: who knows what the market does. */
    static final int DOWN = 128;

    private static final int END = -1;

    private final Region sides;
    private final long address;
    private final byte[] marks;
    private final byte[] channels;
    private final int count;

    BookTable(int count) {
        this.count = count;
        sides = new Region((count + 1L) * 2 * SideDescriptor.LENGTH);
        address = sides.address();
        marks = new byte[count + 1];
        channels = new byte[count + 1];
        clear();
    }

    /** Address of a side's line. */
    long side(int book, int side) {
        return address + ((long) book << 1 | side) * SideDescriptor.LENGTH;
    }

    /** Brings a side's line near; changes nothing that is ever read. */
    void prefetch(int book, int side) {
        UnsafeApi.putByte(side(book, side) + PREFETCH_OFFSET, (byte) 0);
    }

    int marks(int book) {
        return marks[book] & 0xFF;
    }

    void marks(int book, int value) {
        marks[book] = (byte) value;
    }

    int channel(int book) {
        return channels[book] & 0xFF;
    }

    void channel(int book, int channelId) {
        channels[book] = (byte) channelId;
    }

    long publishedRank(int book, int side) {
        return UnsafeApi.getLong(side(book, side) + RANK_OFFSET);
    }

    long publishedSize(int book, int side) {
        return UnsafeApi.getLong(side(book, side) + SIZE_OFFSET);
    }

    void published(int book, int side, long rank, long size) {
        long line = side(book, side);
        UnsafeApi.putLong(line + RANK_OFFSET, rank);
        UnsafeApi.putLong(line + SIZE_OFFSET, size);
    }

    /** Saves every book that ever had an event: others are as they were made. */
    void save(StateWriter writer) {
        writer.begin("books");
        writer.putInt(count);
        for (int book = 0; book < count; book++) {
            if (marks[book] != 0) {
                writer.putInt(book);
                writer.putInt(marks(book) | channel(book) << Byte.SIZE);
                writer.putMemory(side(book, BID), 2 * SideDescriptor.LENGTH);
            }
        }
        writer.putInt(END);
    }

    /**
     * Becomes what was saved.
     *
     * @param ranks restored memory that sides may name
     */
    void restore(StateReader reader, SideRanks ranks) {
        reader.begin("books");
        reader.expect("number of books", count);
        clear();
        int book = reader.getInt("book", END, count - 1);
        while (book != END) {
            int both = reader.getInt("marks and channel", 1, 0xFFFF);
            marks[book] = (byte) both;
            channels[book] = (byte) (both >>> Byte.SIZE);
            reader.getMemory(side(book, BID), 2 * SideDescriptor.LENGTH);
            if (!ranks.isSound(side(book, BID)) || !ranks.isSound(side(book, ASK))) {
                throw reader.refuse("book " + book + " has prices where there is no memory");
            }
            book = reader.getInt("book", END, count - 1);
        }
    }

    /** Bytes that a save takes at most. */
    long stateBytes() {
        return count * (2L * SideDescriptor.LENGTH + Long.BYTES);
    }

    private void clear() {
        sides.clear();
        Arrays.fill(marks, (byte) 0);
        Arrays.fill(channels, (byte) 0);
        for (int book = 0; book <= count; book++) {
            published(book, BID, NO_RANK, 0);
            published(book, ASK, NO_RANK, 0);
        }
    }

    /** Number of books; also the index of the book that is always empty. */
    int count() {
        return count;
    }

    long bytes() {
        return sides.length();
    }
}
