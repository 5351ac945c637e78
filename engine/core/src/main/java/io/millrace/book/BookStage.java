// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookRefusal.INVALID_INSTRUMENT;
import static io.millrace.book.BookRefusal.INVALID_VENUE;
import static io.millrace.book.BookRefusal.WRONG_KIND;
import static io.millrace.book.BookTable.DIRTY;
import static io.millrace.book.BookTable.KIND_LEVELS;
import static io.millrace.book.BookTable.KIND_MASK;
import static io.millrace.book.BookTable.KIND_ORDERS;
import static io.millrace.book.BookTable.KIND_QUOTE;
import static io.millrace.book.BookTable.WITHHELD;
import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.INSTRUMENT_ID_OFFSET;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.QuoteDecoder;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.event.LookAheadStage;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps every instrument's book on every venue, and derives the best bid and offer whenever a whole
 * update changed it. An event that cannot be right is refused: it is counted, its book becomes
 * stale, and nothing else happens. Owned by the chain's thread; allocates nothing after
 * construction.
 */
public final class BookStage implements LookAheadStage {
    private static final int FLAGS_SHIFT =
        (EventDescriptor.FLAGS_OFFSET - INSTRUMENT_ID_OFFSET) * Byte.SIZE;

    private final BookIndex index;
    private final BookTable books;
    private final OrderBooks orders;
    private final BookEvents events;
    private final BookPublisher publisher;
    private final BookHealth health;
    private final BookLookAhead lookAhead;
    private final BookCounters counters;
    private final WantedLevels wantedLevels;
    private final boolean hasLevelUpdates;
    private final BookCursor cursor;
    private final BookCursor bareCursor;
    private final AppliedHash hash = new AppliedHash();
    private final UnsafeBuffer copy = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(EventDescriptor.SLOT_LENGTH, EventDescriptor.SLOT_LENGTH));
    private long appliedCount;

    /**
     * @param context  concluded sizes
     * @param derived  where best bids and offers go
     * @param counters told of everything that is refused
     */
    public BookStage(BookContext context, DerivedEvents derived, BookCounters counters) {
        this.counters = counters;
        index = new BookIndex(context.maxInstruments(), context.maxVenues());
        books = new BookTable(context.maxInstruments() * context.maxVenues());
        orders = new OrderBooks(books, hash, context);
        events = new BookEvents(orders);
        publisher = new BookPublisher(books, orders, derived);
        health = new BookHealth(index, books, orders, publisher, counters);
        lookAhead = new BookLookAhead(books, orders);
        wantedLevels = context.levelUpdates();
        hasLevelUpdates = wantedLevels.isAnyWanted();
        cursor = new BookCursor(books, orders, true);
        bareCursor = new BookCursor(books, orders, false);
    }

    @Override
    public void onAhead(EventView event) {
        long block = block(event);
        int templateId = templateId(UnsafeApi.getLong(block - HEADER_LENGTH));
        if (templateId < OrderAddedDecoder.TEMPLATE_ID
            || templateId > OrderReplacedDecoder.TEMPLATE_ID) {
            return;
        }
        long common = UnsafeApi.getLong(block + INSTRUMENT_ID_OFFSET);
        int book = index.find(instrumentId(common), venueId(common));
        if (book >= 0) {
            lookAhead.onOrder(templateId, block, book);
        }
    }

    @Override
    public void onEvent(EventView event) {
        long block = block(event);
        long header = UnsafeApi.getLong(block - HEADER_LENGTH);
        hash.onEvent(block, header, (int) header & 0xFFFF);
        int templateId = templateId(header);
        switch (templateId) {
            case OrderAddedDecoder.TEMPLATE_ID:
            case OrderExecutedDecoder.TEMPLATE_ID:
            case OrderReducedDecoder.TEMPLATE_ID:
            case OrderDeletedDecoder.TEMPLATE_ID:
            case OrderReplacedDecoder.TEMPLATE_ID:
                onBookEvent(event, templateId, block, KIND_ORDERS);
                break;
            case LevelChangedDecoder.TEMPLATE_ID:
                onBookEvent(event, templateId, block, KIND_LEVELS);
                break;
            case QuoteDecoder.TEMPLATE_ID:
                onBookEvent(event, templateId, block, KIND_QUOTE);
                break;
            case BookClearedDecoder.TEMPLATE_ID:
            case SnapshotBegunDecoder.TEMPLATE_ID:
            case SnapshotEndedDecoder.TEMPLATE_ID:
            case GapDecoder.TEMPLATE_ID:
                health.onChannelEvent(event);
                break;
            case LineStatusDecoder.TEMPLATE_ID:
                health.onLineStatus(event);
                break;
            case InstrumentDefinedDecoder.TEMPLATE_ID:
                wantedLevels.onInstrumentDefined(event);
                onOtherEvent(event);
                break;
            default:
                onOtherEvent(event);
                break;
        }
    }

    /**
     * The book of an instrument on a venue; the view is reused by the next call. An unknown pair
     * has an empty book.
     */
    public BookView book(int instrumentId, int venueId) {
        int book = index.find(instrumentId, venueId);
        return cursor.moveTo(book < 0 ? books.count() : book, health.unboundMarks(venueId));
    }

    /**
     * The same as its events left it, in the middle of an update too: for who asks what was, never
     * for who trades.
     */
    public BookView bareBook(int instrumentId, int venueId) {
        int book = index.find(instrumentId, venueId);
        return bareCursor.moveTo(book < 0 ? books.count() : book, health.unboundMarks(venueId));
    }

    /** Rolling hash over all inbound events and what they did to the books. */
    public long appliedHash() {
        return hash.value();
    }

    /** Events applied to a book so far. */
    public long appliedCount() {
        return appliedCount;
    }

    /** Resting orders of all books. */
    public int orderCount() {
        return orders.orders().count();
    }

    /** Bytes of off-heap memory the books hold, all of them from the start. */
    public long offHeapBytes() {
        return orders.bytes() + books.bytes();
    }

    /** Saves all that later events depend on. Between two events. */
    public void save(StateWriter writer) {
        writer.begin("applied");
        writer.putLong(appliedCount);
        hash.save(writer);
        index.save(writer);
        health.save(writer);
        wantedLevels.save(writer);
        orders.save(writer);
    }

    /** Becomes what was saved, whatever it was before; useless after an exception. */
    public void restore(StateReader reader) {
        reader.begin("applied");
        appliedCount = reader.getLong();
        hash.restore(reader);
        index.restore(reader);
        health.restore(reader);
        wantedLevels.restore(reader);
        orders.restore(reader);
    }

    /** Bytes that a save would take now, about. Any thread. */
    public long stateBytes() {
        return orders.stateBytes() + books.stateBytes();
    }

    /** Throws when the books are not what they always must be; slow, for tests. */
    public void checkInvariants() {
        new BookAudit(books, orders).check();
    }

    private void onBookEvent(EventView event, int templateId, long block, int kind) {
        long common = UnsafeApi.getLong(block + INSTRUMENT_ID_OFFSET);
        int instrumentId = instrumentId(common);
        int book = index.claim(instrumentId, venueId(common));
        if (book < 0) {
            counters.onRefused(book == BookIndex.NO_VENUE ? INVALID_VENUE : INVALID_INSTRUMENT);
            return;
        }
        int marks = books.marks(book);
        if ((marks & KIND_MASK) != kind) {
            marks = health.bind(book, marks, kind, event.channelId());
        }
        BookRefusal refusal = (marks & KIND_MASK) == kind ? events.apply(templateId, block, book)
            : WRONG_KIND;
        if (refusal != null) {
            health.refuse(refusal, book, event);
            onOtherEvent(event);
            return;
        }
        appliedCount++;
        if (hasLevelUpdates && wantedLevels.isWanted(instrumentId)) {
            publishLevels(book, event, kind);
        }
        int trusted = kind == KIND_QUOTE ? health.complete(book, marks, event) : marks;
        boolean isWholeBook = (marks & (DIRTY | WITHHELD)) != 0 || kind == KIND_QUOTE;
        if (isWholeBook || orders.isBestTouched() || isPart(common)) {
            onBestTouched(book, trusted, event, isWholeBook);
        }
    }

    private void publishLevels(int book, EventView event, int kind) {
        if (kind == KIND_QUOTE) {
            return;
        }
        int side = orders.changedSide();
        long price = orders.changedPrice();
        boolean isReplaced = event.templateId() == OrderReplacedDecoder.TEMPLATE_ID;
        if (isReplaced && orders.vacatedPrice() != price) {
            long vacated = orders.vacatedPrice();
            publisher.publishLevel(book, event.instrumentId(), side, vacated, event);
        }
        publisher.publishLevel(book, event.instrumentId(), side, price, event);
    }

    /** What was published is what the book was before, unless the whole book is to be looked at. */
    private void onBestTouched(int book, int marks, EventView event, boolean isWholeBook) {
        if ((event.flags() & EventFlag.LAST) == 0) {
            books.marks(book, marks | DIRTY);
        } else if (!isWholeBook) {
            publisher.publishSide(book, event);
        } else if ((marks & WITHHELD) == 0) {
            books.marks(book, marks & ~DIRTY);
            publisher.publishBest(book, event.instrumentId(), event);
        }
    }

    /** An event without effect on books may still be the last of an update that had one. */
    private void onOtherEvent(EventView event) {
        if ((event.flags() & EventFlag.LAST) == 0) {
            return;
        }
        int book = index.find(event.instrumentId(), event.venueId());
        if (book >= 0 && (books.marks(book) & DIRTY) != 0) {
            onBestTouched(book, books.marks(book), event, true);
        }
    }

    private static int templateId(long header) {
        return (int) (header >>> 16) & 0xFFFF;
    }

    private static int instrumentId(long common) {
        return (int) common;
    }

    private static int venueId(long common) {
        return (int) (common >>> Integer.SIZE) & 0xFF;
    }

    /** True when more events of the same update follow. */
    private static boolean isPart(long common) {
        return (common >>> FLAGS_SHIFT & EventFlag.LAST) == 0;
    }

    /** Address of an event's block; one that stands on the heap is copied to where it has one. */
    private long block(EventView event) {
        DirectBuffer buffer = event.buffer();
        if (buffer.byteArray() == null) {
            return buffer.addressOffset() + event.offset();
        }
        copy.setMemory(0, copy.capacity(), (byte) 0);
        buffer.getBytes(event.offset() - EventDescriptor.HEADER_LENGTH, copy, 0,
            Math.min(event.length(), copy.capacity()));
        return copy.addressOffset() + EventDescriptor.HEADER_LENGTH;
    }
}
