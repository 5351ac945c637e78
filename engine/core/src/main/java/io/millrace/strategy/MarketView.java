// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import io.millrace.book.BookView;
import io.millrace.event.EventView;

/**
 * What a strategy may look at during a callback, on the chain's thread only: the state after the
 * event at hand.
 */
public interface MarketView {
    /**
     * Chain time: receive time of the event at hand, ns since the Unix epoch. Same live as in
     * replay.
     */
    long timeNs();

    /** The inbound event at hand. */
    EventView event();

    /** The book of an instrument on a venue; the view is reused by the next call. */
    BookView book(int instrumentId, int venueId);

    /** Permanent id of a symbol, or 0 when no event has named it yet. */
    int instrumentId(String symbol);

    /** Symbol of an instrument id. Allocates: for start-up and reports. */
    String symbol(int instrumentId);
}
