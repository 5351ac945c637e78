// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import io.millrace.book.BookView;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventView;
import io.millrace.instrument.InstrumentDirectory;

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
    private EventView event;

    /**
     * @param books          the chain's books
     * @param maxInstruments greatest number of securities
     */
    public ChainView(Books books, int maxInstruments) {
        this.books = books;
        instruments = new InstrumentDirectory(maxInstruments);
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
        return event == null ? 0 : event.receiveTimeNs();
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
