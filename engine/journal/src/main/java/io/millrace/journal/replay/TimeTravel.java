// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.instrument.Venue;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The books of one security at any nanosecond of an epoch, by running its events through the chain
 * up to that moment. Going forward continues, going back begins anew. One thread.
 */
public final class TimeTravel implements AutoCloseable {
    private static final int DRAIN_INTERVAL = 256;

    private final Path directory;
    private final String symbol;
    private final JournalHead head;
    private final InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
    private JournalTail tail;
    private Engine engine;
    private boolean isPending;
    private int instrumentId;
    private long timeNs;
    private long lastSequence;

    /**
     * @param epochDirectory directory of an epoch
     * @param symbol         symbol of a security
     */
    public TimeTravel(Path epochDirectory, String symbol) {
        directory = epochDirectory;
        this.symbol = symbol;
        head = Journal.head(epochDirectory);
        begin();
    }

    /** The books after all events received at a time, in ns since the Unix epoch, or before. */
    public BookState at(long atNs) {
        if (atNs < timeNs) {
            close();
            begin();
        }
        timeNs = atNs;
        EventPublisher target = engine.pipeline().inbound();
        int count = 0;
        while (isAvailable() && tail.event().receiveTimeNs() <= atNs) {
            EventView event = tail.event();
            lastSequence = event.sequence();
            isPending = false;
            if (concerns(event)) {
                target.copy(event.buffer(), event.offset() - HEADER_LENGTH, event.length());
                if (++count % DRAIN_INTERVAL == 0) {
                    engine.drain();
                }
            }
        }
        engine.drain();
        return state();
    }

    private void begin() {
        engine = new Engine(new Pipeline(EngineSection.read(head).conclude()));
        engine.start();
        tail = JournalTail.written(directory, JournalQueue.INBOUND);
        instrumentId = head.symbols().indexOf(symbol) + 1;
        isPending = false;
        timeNs = Long.MIN_VALUE;
        lastSequence = 0;
    }

    private boolean isAvailable() {
        isPending = isPending || tail.next();
        return isPending;
    }

    private boolean concerns(EventView event) {
        if (instrumentId == 0 && event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            defined.wrap(event.buffer(), event.offset(), event.blockLength(),
                InstrumentDefinedDecoder.SCHEMA_VERSION);
            if (symbol.equals(defined.symbol().trim())) {
                instrumentId = event.instrumentId();
            }
        }
        return event.instrumentId() == instrumentId
            || event.instrumentId() == EventDescriptor.NO_INSTRUMENT;
    }

    private BookState state() {
        List<BookState.VenueBook> venues = new ArrayList<>();
        for (Venue venue : Venue.values()) {
            BookState.VenueBook book = BookState.copy(venue.id(),
                engine.pipeline().bareBook(instrumentId, venue.id()));
            if (!book.bids().isEmpty() || !book.asks().isEmpty()) {
                venues.add(book);
            }
        }
        return new BookState(symbol, instrumentId, timeNs, lastSequence, venues);
    }

    @Override
    public void close() {
        tail.close();
        engine.close();
    }
}
