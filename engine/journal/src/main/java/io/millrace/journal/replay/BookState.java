// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.book.BookView;
import java.util.ArrayList;
import java.util.List;

/**
 * The books of one security at one moment.
 *
 * @param symbol       symbol of the security
 * @param instrumentId its permanent id, 0 when no event had named it by then
 * @param timeNs       the moment: every event received then or before has been applied
 * @param lastSequence sequence of the last of these events, 0 when there is none
 * @param venues       books by venue, in the order of venue ids, without those that nobody quoted
 *                     on
 */
public record BookState(String symbol, int instrumentId, long timeNs, long lastSequence,
    List<VenueBook> venues) {
    /**
     * The book of one venue, best levels first.
     *
     * @param venueId id of the venue
     * @param isStale true when the book may be wrong
     * @param isWhole false in the middle of an update, which nobody could trade on
     * @param bids    bid levels, highest price first
     * @param asks    ask levels, lowest price first
     */
    public record VenueBook(int venueId, boolean isStale, boolean isWhole, List<Level> bids,
        List<Level> asks) {
    }

    /**
     * One price level.
     *
     * @param price      price, 1e-9
     * @param size       displayed size, 1e-6
     * @param orderCount orders
     */
    public record Level(long price, long size, int orderCount) {
    }

    static VenueBook copy(int venueId, BookView book) {
        List<Level> bids = new ArrayList<>();
        List<Level> asks = new ArrayList<>();
        for (int i = 0; i < book.bidLevelCount(); i++) {
            bids.add(new Level(book.bidPrice(i), book.bidSize(i),
                book.forEachBidOrder(i, (id, size) -> { })));
        }
        for (int i = 0; i < book.askLevelCount(); i++) {
            asks.add(new Level(book.askPrice(i), book.askSize(i),
                book.forEachAskOrder(i, (id, size) -> { })));
        }
        return new VenueBook(venueId, book.isStale(), book.isWhole(), bids, asks);
    }
}
