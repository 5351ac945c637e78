// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.iex;

import io.millrace.simulator.SimulatedBooks;

/** Best bid and offer as they were told last; zeros where there is none. Flow's thread. */
final class IexQuote {
    long bidPrice;
    long bidSize;
    long askPrice;
    long askSize;

    /** Takes the books' best levels over; true when that changes anything. */
    boolean update(SimulatedBooks books, int locate) {
        int bid = SimulatedBooks.bidSide(locate);
        int ask = SimulatedBooks.askSide(locate);
        long newBidPrice = books.isEmpty(bid) ? 0 : books.price(bid, 0);
        long newBidSize = books.isEmpty(bid) ? 0 : books.levelShares(bid, 0);
        long newAskPrice = books.isEmpty(ask) ? 0 : books.price(ask, 0);
        long newAskSize = books.isEmpty(ask) ? 0 : books.levelShares(ask, 0);
        boolean isChanged = newBidPrice != bidPrice || newBidSize != bidSize
            || newAskPrice != askPrice || newAskSize != askSize;
        bidPrice = newBidPrice;
        bidSize = newBidSize;
        askPrice = newAskPrice;
        askSize = newAskSize;
        return isChanged;
    }

    void clear() {
        bidPrice = 0;
        bidSize = 0;
        askPrice = 0;
        askSize = 0;
    }
}
