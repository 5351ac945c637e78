// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookRefusal.INVALID_INSTRUMENT;
import static io.millrace.book.BookRefusal.INVALID_SIDE;
import static io.millrace.book.BookRefusal.INVALID_VENUE;
import static io.millrace.book.BookRefusal.WRONG_KIND;
import static io.millrace.book.BookTable.ASK;
import static io.millrace.book.BookTable.BID;
import static io.millrace.book.BookTable.BOUND;
import static io.millrace.book.BookTable.DIRTY;
import static io.millrace.book.BookTable.KIND_LEVELS;
import static io.millrace.book.BookTable.KIND_MASK;
import static io.millrace.book.BookTable.KIND_ORDERS;
import static io.millrace.book.BookTable.KIND_QUOTE;
import static io.millrace.book.BookTable.STALE;
import static io.millrace.book.BookTable.WAS_STALE;
import static io.millrace.book.BookTable.WITHHELD;
import static io.millrace.event.EventDescriptor.ORDER_ID_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.QuoteDecoder;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.codec.event.StaleReason;
import io.millrace.codec.event.StaleState;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.event.LookAheadStage;
import org.agrona.DirectBuffer;

/**
 * Keeps every instrument's book on every venue, and derives the best bid and offer whenever a whole
 * update changed it. An event that cannot be right is refused: it is counted, its book becomes
 * stale, and nothing else happens. Owned by the chain's thread; allocates nothing after
 * construction.
 */
public final class BookStage implements LookAheadStage {
    private static final int CHANNELS = 256;

    private final BookIndex index;
    private final BookTable books;
    private final OrderBooks orders;
    private final BookPublisher publisher;
    private final BookCounters counters;
    private final boolean[] levelUpdates;
    private final BookCursor cursor;
    private final AppliedHash hash = new AppliedHash();
    private final int[] channelMarks = new int[CHANNELS];

    private final OrderAddedDecoder added = new OrderAddedDecoder();
    private final OrderExecutedDecoder executed = new OrderExecutedDecoder();
    private final OrderReducedDecoder reduced = new OrderReducedDecoder();
    private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
    private final LevelChangedDecoder levelChanged = new LevelChangedDecoder();
    private final QuoteDecoder quote = new QuoteDecoder();
    private final GapDecoder gap = new GapDecoder();
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
        orders = new OrderBooks(books, context.maxOrders(), context.levelPoolBytes());
        publisher = new BookPublisher(books, orders.levels(), derived);
        levelUpdates = context.levelUpdates();
        cursor = new BookCursor(books, orders);
    }

    @Override
    public void onAhead(EventView event) {
        int templateId = event.templateId();
        if (templateId < OrderAddedDecoder.TEMPLATE_ID
            || templateId > OrderReplacedDecoder.TEMPLATE_ID) {
            return;
        }
        int book = index.find(event.instrumentId(), event.venueId());
        if (book < 0) {
            return;
        }
        DirectBuffer buffer = event.buffer();
        orders.touch(book, buffer.getLong(event.offset() + ORDER_ID_OFFSET, LITTLE_ENDIAN));
        if (templateId == OrderReplacedDecoder.TEMPLATE_ID) {
            int newOrderId = event.offset() + OrderReplacedDecoder.newOrderIdEncodingOffset();
            orders.touch(book, buffer.getLong(newOrderId, LITTLE_ENDIAN));
        }
    }

    @Override
    public void onEvent(EventView event) {
        hash.onEvent(event);
        switch (event.templateId()) {
            case OrderAddedDecoder.TEMPLATE_ID:
            case OrderExecutedDecoder.TEMPLATE_ID:
            case OrderReducedDecoder.TEMPLATE_ID:
            case OrderDeletedDecoder.TEMPLATE_ID:
            case OrderReplacedDecoder.TEMPLATE_ID:
                onBookEvent(event, KIND_ORDERS);
                break;
            case LevelChangedDecoder.TEMPLATE_ID:
                onBookEvent(event, KIND_LEVELS);
                break;
            case QuoteDecoder.TEMPLATE_ID:
                onBookEvent(event, KIND_QUOTE);
                break;
            case BookClearedDecoder.TEMPLATE_ID:
            case SnapshotBegunDecoder.TEMPLATE_ID:
            case SnapshotEndedDecoder.TEMPLATE_ID:
            case GapDecoder.TEMPLATE_ID:
                onChannelEvent(event);
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
        return cursor.moveTo(book < 0 ? books.count() : book);
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
        return orders.orders().bytes() + orders.pool().bytes() + books.bytes();
    }

    /** Throws when the books are not what they always must be; slow, for tests. */
    void checkInvariants() {
        orders.checkInvariants();
    }

    private void onBookEvent(EventView event, int kind) {
        int instrumentId = event.instrumentId();
        int book = index.claim(instrumentId, event.venueId());
        if (book < 0) {
            counters.onRefused(book == BookIndex.NO_VENUE ? INVALID_VENUE : INVALID_INSTRUMENT);
            return;
        }
        int marks = books.marks(book);
        if ((marks & KIND_MASK) != kind) {
            marks = bind(book, marks, kind, event.channelId());
        }
        BookRefusal refusal = (marks & KIND_MASK) == kind ? apply(event, book) : WRONG_KIND;
        if (refusal != null) {
            refuse(refusal, book, event);
            onOtherEvent(event);
            return;
        }
        appliedCount++;
        if (kind != KIND_QUOTE) {
            hash.onLevel(orders.changedPrice(), orders.changedSize());
        }
        if (levelUpdates[instrumentId]) {
            publishLevels(book, event, kind);
        }
        if (orders.isBestChanged() || (marks & DIRTY) != 0) {
            onBestChanged(book, marks, event);
        }
    }

    private BookRefusal apply(EventView event, int book) {
        DirectBuffer buffer = event.buffer();
        int offset = event.offset();
        int length = event.blockLength();
        switch (event.templateId()) {
            case OrderAddedDecoder.TEMPLATE_ID:
                added.wrap(buffer, offset, length, OrderAddedDecoder.SCHEMA_VERSION);
                int side = side(added.sideRaw());
                return side < 0 ? INVALID_SIDE
                    : orders.add(book, added.orderId(), side, added.price(), added.size());
            case OrderExecutedDecoder.TEMPLATE_ID:
                executed.wrap(buffer, offset, length, OrderExecutedDecoder.SCHEMA_VERSION);
                return orders.reduce(book, executed.orderId(), executed.size());
            case OrderReducedDecoder.TEMPLATE_ID:
                reduced.wrap(buffer, offset, length, OrderReducedDecoder.SCHEMA_VERSION);
                return orders.reduce(book, reduced.orderId(), reduced.size());
            case OrderDeletedDecoder.TEMPLATE_ID:
                return orders.delete(book, buffer.getLong(offset + ORDER_ID_OFFSET, LITTLE_ENDIAN));
            case OrderReplacedDecoder.TEMPLATE_ID:
                replaced.wrap(buffer, offset, length, OrderReplacedDecoder.SCHEMA_VERSION);
                return replace(book);
            case LevelChangedDecoder.TEMPLATE_ID:
                levelChanged.wrap(buffer, offset, length, LevelChangedDecoder.SCHEMA_VERSION);
                int levelSide = side(levelChanged.sideRaw());
                return levelSide < 0 ? INVALID_SIDE
                    : orders.setLevel(book, levelSide, levelChanged.price(), levelChanged.size());
            default:
                quote.wrap(buffer, offset, length, QuoteDecoder.SCHEMA_VERSION);
                return orders.setQuote(book, quote.bidPrice(), quote.bidSize(), quote.askPrice(),
                    quote.askSize());
        }
    }

    private BookRefusal replace(int book) {
        long orderId = replaced.orderId();
        long newOrderId = replaced.newOrderId();
        if (newOrderId == orderId && replaced.replaceFlags().priorityKept()) {
            return orders.resizeOrder(book, orderId, replaced.price(), replaced.size());
        }
        return orders.replace(book, orderId, newOrderId, replaced.price(), replaced.size());
    }

    private static int side(byte side) {
        return side == 'B' ? BID : side == 'S' ? ASK : -1;
    }

    /**
     * Gives a book without kind the kind of its first event, its channel, and the marks of that
     * channel.
     */
    private int bind(int book, int marks, int kind, int channelId) {
        if ((marks & KIND_MASK) != 0) {
            return marks;
        }
        int bound = marks | kind | BOUND | ((marks & BOUND) != 0 ? 0 : channelMarks[channelId]);
        books.marks(book, bound);
        books.channel(book, channelId);
        return bound;
    }

    private void refuse(BookRefusal refusal, int book, EventView event) {
        counters.onRefused(refusal);
        int marks = books.marks(book);
        if ((marks & STALE) != 0) {
            return;
        }
        books.marks(book, marks | STALE);
        counters.onStale();
        boolean isCapacity = refusal.compareTo(BookRefusal.ORDERS_EXHAUSTED) >= 0;
        publisher.publishStale(event.instrumentId(), isCapacity ? StaleReason.CAPACITY
            : StaleReason.BAD_DATA,
            StaleState.STALE, event);
    }

    private void publishLevels(int book, EventView event, int kind) {
        if (kind == KIND_QUOTE) {
            return;
        }
        int side = orders.changedSide();
        long price = orders.changedPrice();
        boolean isMoved = event.templateId() == OrderReplacedDecoder.TEMPLATE_ID
            && orders.vacatedPrice() != price;
        if (isMoved) {
            publisher.publishLevel(book, event.instrumentId(), side, orders.vacatedPrice(), event);
        }
        publisher.publishLevel(book, event.instrumentId(), side, price, event);
    }

    private void onBestChanged(int book, int marks, EventView event) {
        if ((event.flags() & EventFlag.LAST) == 0) {
            books.marks(book, marks | DIRTY);
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
            onBestChanged(book, books.marks(book), event);
        }
    }

    private void onChannelEvent(EventView event) {
        int instrumentId = event.instrumentId();
        if (instrumentId != EventDescriptor.NO_INSTRUMENT) {
            int book = index.claim(instrumentId, event.venueId());
            if (book >= 0) {
                onBookState(book, event);
            }
            return;
        }
        markChannel(event);
        int first = index.find(1, event.venueId());
        for (int book = first; first >= 0 && book < first + index.maxInstruments(); book++) {
            if ((books.marks(book) & BOUND) != 0 && books.channel(book) == event.channelId()) {
                onBookState(book, event);
            }
        }
    }

    private void markChannel(EventView event) {
        int channelId = event.channelId();
        switch (event.templateId()) {
            case SnapshotBegunDecoder.TEMPLATE_ID:
                channelMarks[channelId] = WITHHELD;
                break;
            case SnapshotEndedDecoder.TEMPLATE_ID:
                channelMarks[channelId] = 0;
                break;
            case BookClearedDecoder.TEMPLATE_ID:
                channelMarks[channelId] &= WITHHELD;
                break;
            default:
                channelMarks[channelId] |= isLost(event) ? STALE : 0;
                break;
        }
    }

    private void onBookState(int book, EventView event) {
        int marks = books.marks(book) | BOUND;
        books.channel(book, event.channelId());
        switch (event.templateId()) {
            case BookClearedDecoder.TEMPLATE_ID:
                orders.clear(book);
                books.marks(book, marks & ~(KIND_MASK | DIRTY));
                recover(book, event);
                break;
            case SnapshotBegunDecoder.TEMPLATE_ID:
                orders.clear(book);
                boolean wasStale = (marks & (STALE | WAS_STALE)) != 0;
                books.marks(book, BOUND | WITHHELD | (wasStale ? WAS_STALE : 0));
                break;
            case SnapshotEndedDecoder.TEMPLATE_ID:
                books.marks(book, marks & ~WITHHELD);
                recover(book, event);
                break;
            default:
                books.marks(book, marks | (isLost(event) ? STALE : 0));
                break;
        }
    }

    /** Publishes what a cleared or re-read book is now, unless a snapshot is still being read. */
    private void recover(int book, EventView event) {
        int marks = books.marks(book);
        if ((marks & WITHHELD) != 0) {
            return;
        }
        int instrumentId = index.instrumentId(book);
        boolean isCleared = event.templateId() == BookClearedDecoder.TEMPLATE_ID;
        int trusted = isCleared ? marks & ~(STALE | WAS_STALE) : marks & ~WAS_STALE;
        if ((marks & (STALE | WAS_STALE)) != 0 && (trusted & STALE) == 0) {
            publisher.publishStale(instrumentId, StaleReason.SNAPSHOT, StaleState.RECOVERED, event);
        }
        books.marks(book, trusted & ~DIRTY);
        publisher.publishBest(book, instrumentId, event);
    }

    private boolean isLost(EventView event) {
        gap.wrap(event.buffer(), event.offset(), event.blockLength(), GapDecoder.SCHEMA_VERSION);
        return gap.stateRaw() == GapState.LOST.value();
    }
}
