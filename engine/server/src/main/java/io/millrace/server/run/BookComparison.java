// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.book.BookView;
import io.millrace.simulator.SimulatedBooks;
import io.millrace.strategy.MarketView;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongArrayList;

/**
 * Compares the engine's books with those of the exchange that sent the orders: every level, every
 * order, in time priority. Runs when both stand still, on one thread.
 */
final class BookComparison {
    private static final int MAX_NAMED = 10;

    private final MarketView market;
    private final int venueId;
    private final SimulatedBooks exchange;
    private final LongArrayList ours = new LongArrayList();
    private final LongArrayList theirs = new LongArrayList();
    private final List<String> differences = new ArrayList<>();
    private int different;
    private int stale;
    private long levels;
    private long orders;

    /**
     * @param market   the engine's books
     * @param venueId  the exchange's venue
     * @param exchange the exchange's own books
     */
    BookComparison(MarketView market, int venueId, SimulatedBooks exchange) {
        this.market = market;
        this.venueId = venueId;
        this.exchange = exchange;
    }

    /** Compares all books. */
    BookComparison run() {
        for (int locate = 1; locate <= exchange.symbolCount(); locate++) {
            compare(locate);
        }
        return this;
    }

    /** True when every book is equal and none is stale. */
    boolean isEqual() {
        return different == 0 && stale == 0;
    }

    /** One line. */
    String line() {
        return exchange.symbolCount() + " books, " + levels + " levels, " + orders + " orders: "
            + (isEqual() ? "all equal, order by order"
            : different + " differ, " + stale + " stale"
            + (differences.isEmpty() ? "" : " " + differences));
    }

    private void compare(int locate) {
        String symbol = exchange.symbol(locate);
        BookView book = market.book(market.instrumentId(symbol), venueId);
        ours.clear();
        theirs.clear();
        for (int i = 0; i < book.bidLevelCount(); i++) {
            addLevel(ours, book.bidPrice(i), book.bidSize(i));
            book.forEachBidOrder(i, (orderId, size) -> addOrder(ours, orderId, size));
        }
        addLevel(ours, 0, 0);
        for (int i = 0; i < book.askLevelCount(); i++) {
            addLevel(ours, book.askPrice(i), book.askSize(i));
            book.forEachAskOrder(i, (orderId, size) -> addOrder(ours, orderId, size));
        }
        exchange.forEachBidLevel(locate, this::addTheirs);
        addLevel(theirs, 0, 0);
        exchange.forEachAskLevel(locate, this::addTheirs);
        stale += book.isStale() ? 1 : 0;
        if (!ours.equals(theirs)) {
            different++;
            if (differences.size() < MAX_NAMED) {
                differences.add(symbol);
            }
        }
    }

    private void addTheirs(long price, long size, int orderCount, int level) {
        levels++;
        orders += orderCount;
        addLevel(theirs, price, size);
        exchange.forEachOrder(level, (orderId, remaining) -> addOrder(theirs, orderId, remaining));
    }

    private static void addLevel(LongArrayList list, long price, long size) {
        list.addLong(price);
        list.addLong(size);
    }

    private static void addOrder(LongArrayList list, long orderId, long size) {
        list.addLong(orderId);
        list.addLong(size);
    }
}
