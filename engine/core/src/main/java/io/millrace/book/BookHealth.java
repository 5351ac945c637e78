// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookTable.BOUND;
import static io.millrace.book.BookTable.DIRTY;
import static io.millrace.book.BookTable.DOWN;
import static io.millrace.book.BookTable.KIND_MASK;
import static io.millrace.book.BookTable.STALE;
import static io.millrace.book.BookTable.WAS_STALE;
import static io.millrace.book.BookTable.WITHHELD;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.codec.event.StaleReason;
import io.millrace.codec.event.StaleState;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.instrument.Venue;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;

/**
 * Which books can be trusted: refusals and lost messages make them stale, clearings and snapshots
 * heal them; while a channel's breaker is open nothing does. Owned by the chain's thread.
 */
final class BookHealth {
    private static final int CHANNELS = 256;
    private static final int MARKS_MASK = 0xFF;
    private static final int MAX_SAVED = (Venue.ID_LIMIT - 1) << Byte.SIZE | MARKS_MASK;

    private final BookIndex index;
    private final BookTable books;
    private final OrderBooks orders;
    private final BookPublisher publisher;
    private final BookCounters counters;
    private final GapDecoder gap = new GapDecoder();
    private final LineStatusDecoder line = new LineStatusDecoder();
    private final int[] channelMarks = new int[CHANNELS];
    /** Venue of each channel that told anything of all its books. */
    private final int[] channelVenues = new int[CHANNELS];
    /** Marks of all channels of a venue. */
    private final int[] venueMarks = new int[Venue.ID_LIMIT];

    BookHealth(BookIndex index, BookTable books, OrderBooks orders, BookPublisher publisher,
               BookCounters counters) {
        this.index = index;
        this.books = books;
        this.orders = orders;
        this.publisher = publisher;
        this.counters = counters;
    }

    /** Gives a book without kind the kind of its first event; a new one its channel's marks. */
    int bind(int book, int marks, int kind, int channelId) {
        if ((marks & KIND_MASK) != 0) {
            return marks;
        }
        int bound = marks | kind | BOUND | ((marks & BOUND) != 0 ? 0 : channelMarks[channelId]);
        books.marks(book, bound);
        books.channel(book, channelId);
        return bound;
    }

    /**
     * Marks of a book of a venue that has had no event: nobody knows on which channel its first
     * was, or would have been.
     */
    int unboundMarks(int venueId) {
        return venueId < 0 || venueId >= venueMarks.length ? 0 : venueMarks[venueId];
    }

    /** Counts an event that was not applied, and tells of it when the book was trusted. */
    void refuse(BookRefusal refusal, int book, EventView event) {
        counters.onRefused(refusal);
        int marks = books.marks(book);
        if ((marks & STALE) != 0) {
            return;
        }
        books.marks(book, marks | STALE);
        counters.onStale();
        boolean isCapacity = refusal.compareTo(BookRefusal.ORDERS_EXHAUSTED) >= 0;
        publisher.publishStale(event.instrumentId(),
            isCapacity ? StaleReason.CAPACITY : StaleReason.BAD_DATA, StaleState.STALE, event);
    }

    /**
     * A venue's own quote tells all there is of its book: it heals one that was stale. Returns the
     * book's marks.
     */
    int complete(int book, int marks, EventView event) {
        if ((marks & (STALE | WITHHELD | DOWN)) != STALE) {
            return marks;
        }
        books.marks(book, marks & ~STALE);
        publisher.publishStale(event.instrumentId(), StaleReason.GAP, StaleState.RECOVERED, event);
        return marks & ~STALE;
    }

    /** A line's state: only that of the whole channel's breaker says anything of its books. */
    void onLineStatus(EventView event) {
        line.wrap(event.buffer(), event.offset(), event.blockLength(),
            LineStatusDecoder.SCHEMA_VERSION);
        int state = line.stateRaw();
        if (state == LineState.BREAKER_OPEN.value() || state == LineState.BREAKER_CLOSED.value()) {
            onChannelEvent(event);
        }
    }

    /**
     * A clearing, a snapshot's begin or end, a gap, or the breaker; of one instrument or of all its
     * channel.
     */
    void onChannelEvent(EventView event) {
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
        int end = first < 0 ? first : first + index.maxInstruments();
        for (int book = first; book < end; book++) {
            boolean isBound = (books.marks(book) & BOUND) != 0;
            if (isBound && books.channel(book) == event.channelId()) {
                onBookState(book, event);
            }
        }
    }

    private void markChannel(EventView event) {
        int channelId = event.channelId();
        switch (event.templateId()) {
            case SnapshotBegunDecoder.TEMPLATE_ID:
                channelMarks[channelId] = WITHHELD | channelMarks[channelId] & DOWN;
                break;
            case SnapshotEndedDecoder.TEMPLATE_ID:
                channelMarks[channelId] &= ~WITHHELD;
                break;
            case BookClearedDecoder.TEMPLATE_ID:
                channelMarks[channelId] &= WITHHELD | DOWN;
                break;
            case LineStatusDecoder.TEMPLATE_ID:
                channelMarks[channelId] = channelMarks[channelId] & ~DOWN | down();
                break;
            default:
                channelMarks[channelId] |= isLost(event) ? STALE : 0;
                break;
        }
        if (event.venueId() < venueMarks.length) {
            channelVenues[channelId] = event.venueId();
            markVenue(event.venueId());
        }
    }

    private void markVenue(int venueId) {
        int marks = 0;
        for (int channelId = 0; channelId < CHANNELS; channelId++) {
            marks |= channelVenues[channelId] == venueId ? channelMarks[channelId] : 0;
        }
        venueMarks[venueId] = marks;
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
                books.marks(book,
                    BOUND | WITHHELD | marks & DOWN | (wasStale ? WAS_STALE : 0));
                break;
            case LineStatusDecoder.TEMPLATE_ID:
                books.marks(book, marks & ~DOWN | down());
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
        boolean isCleared = event.templateId() == BookClearedDecoder.TEMPLATE_ID;
        if ((marks & WITHHELD) != 0) {
            boolean isHealed = isCleared && (marks & STALE) != 0;
            books.marks(book, isHealed ? marks & ~STALE | WAS_STALE : marks);
            return;
        }
        int instrumentId = index.instrumentId(book);
        int trusted = isCleared ? marks & ~(STALE | WAS_STALE) : marks & ~WAS_STALE;
        if ((marks & (STALE | WAS_STALE)) != 0 && (trusted & (STALE | DOWN)) == 0) {
            publisher.publishStale(instrumentId, StaleReason.SNAPSHOT, StaleState.RECOVERED, event);
        }
        books.marks(book, trusted & ~DIRTY);
        publisher.publishBest(book, instrumentId, event);
    }

    void save(StateWriter writer) {
        writer.begin("channels");
        for (int channelId = 0; channelId < CHANNELS; channelId++) {
            writer.putInt(channelMarks[channelId] | channelVenues[channelId] << Byte.SIZE);
        }
    }

    void restore(StateReader reader) {
        reader.begin("channels");
        for (int channelId = 0; channelId < CHANNELS; channelId++) {
            int both = reader.getInt("marks and venue of a channel", 0, MAX_SAVED);
            channelMarks[channelId] = both & MARKS_MASK;
            channelVenues[channelId] = both >>> Byte.SIZE;
        }
        for (int venueId = 0; venueId < venueMarks.length; venueId++) {
            markVenue(venueId);
        }
    }

    private int down() {
        return line.stateRaw() == LineState.BREAKER_OPEN.value() ? DOWN : 0;
    }

    private boolean isLost(EventView event) {
        gap.wrap(event.buffer(), event.offset(), event.blockLength(), GapDecoder.SCHEMA_VERSION);
        return gap.stateRaw() == GapState.LOST.value();
    }
}
