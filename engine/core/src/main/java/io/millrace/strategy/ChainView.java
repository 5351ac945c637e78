// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import io.millrace.book.BookView;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventView;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;

/**
 * The chain's own {@link MarketView}. It learns symbols from events alone, so that a replay needs
 * nothing but the journal. Owned by the chain's thread.
 */
public final class ChainView implements MarketView {
    /** Where the books are looked up. */
    @FunctionalInterface
    public interface Books {
        /** The book of an instrument on a venue. */
        BookView book(int instrumentId, int venueId);
    }

    private final Books books;
    private final InstrumentDirectory instruments;
    /** Null before the first event. */
    private EventView event;
    /** Chain time before the first event. */
    private long restoredNs;

    /**
     * @param books          the chain's books
     * @param maxInstruments greatest number of securities
     */
    public ChainView(Books books, int maxInstruments) {
        this.books = books;
        instruments = new InstrumentDirectory(maxInstruments);
    }

    /** Saves the symbols. Between two events. */
    public void save(StateWriter writer) {
        instruments.save(writer);
    }

    /**
     * Becomes what was saved.
     *
     * @param timeNs chain time of the state
     */
    public void restore(StateReader reader, long timeNs) {
        instruments.restore(reader);
        event = null;
        restoredNs = timeNs;
    }

    /** Takes the event at hand, and the symbol it may tell. */
    void onEvent(EventView event) {
        this.event = event;
        if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            instruments.define(event.instrumentId(), event.buffer(),
                event.offset() + InstrumentDefinedDecoder.symbolEncodingOffset(),
                InstrumentDefinedDecoder.symbolLength());
        }
    }

    @Override
    public long timeNs() {
        return event == null ? restoredNs : event.receiveTimeNs();
    }

    @Override
    public EventView event() {
        return event;
    }

    @Override
    public BookView book(int instrumentId, int venueId) {
        return books.book(instrumentId, venueId);
    }

    @Override
    public int instrumentId(String symbol) {
        return instruments.find(symbol);
    }

    @Override
    public String symbol(int instrumentId) {
        return instruments.symbol(instrumentId);
    }
}
