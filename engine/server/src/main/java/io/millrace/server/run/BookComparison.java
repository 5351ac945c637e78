// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.book.BookView;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.simulator.SimulatedBooks;
import io.millrace.strategy.MarketView;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongArrayList;

/**
 * Compares the engine's books with those of the exchange that sent the orders, as far as its
 * protocol tells them: every level and every order in time priority, every level, or the best.
 * Runs when both stand still, on one thread.
 */
public final class BookComparison {
    private static final int MAX_NAMED = 10;

    private final MarketView market;
    private final InstrumentDirectory own;
    private final int venueId;
    private final SimulatedBooks exchange;
    private final FeedProtocol protocol;
    private final int depth;
    private final LongArrayList ours = new LongArrayList();
    private final LongArrayList theirs = new LongArrayList();
    private final List<String> differences = new ArrayList<>();
    private int compared;
    private int different;
    private int stale;
    private int differentUnmarked;
    private long levels;
    private long orders;
    /** Levels of the side at hand that are still compared. */
    private int levelsLeft;

    /**
     * @param market   the engine's books
     * @param own      knows which securities the engine has
     * @param venueId  the exchange's venue
     * @param exchange the exchange's own books
     * @param protocol how it tells them
     */
    public BookComparison(MarketView market, InstrumentDirectory own, int venueId,
        SimulatedBooks exchange, FeedProtocol protocol) {
        this.market = market;
        this.own = own;
        this.venueId = venueId;
        this.exchange = exchange;
        this.protocol = protocol;
        depth = protocol == FeedProtocol.IEX_TOPS ? 1 : Integer.MAX_VALUE;
    }

    /** Compares all books. */
    public BookComparison run() {
        for (int locate = 1; locate <= exchange.symbolCount(); locate++) {
            if (own.isOwn(own.find(exchange.symbol(locate)))) {
                compare(locate);
            }
        }
        return this;
    }

    /** True when every book is equal and none is stale. */
    boolean isEqual() {
        return different == 0 && stale == 0;
    }

    /** Books that differ and are not marked stale. */
    public int differentUnmarked() {
        return differentUnmarked;
    }

    /** Books that are marked stale. */
    public int stale() {
        return stale;
    }

    /** One line. */
    public String line() {
        return compared + " books, " + levels + " levels, " + orders + " orders: "
            + (isEqual() ? "all equal, " + manner()
            : different + " differ, " + stale + " stale"
            + (differences.isEmpty() ? "" : " " + differences));
    }

    private String manner() {
        return switch (protocol) {
            case ITCH50 -> "order by order";
            case IEX_DEEP -> "level by level";
            case IEX_TOPS -> "best bids and asks";
        };
    }

    private void compare(int locate) {
        compared++;
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
        levelsLeft = depth;
        exchange.forEachBidLevel(locate, this::addTheirs);
        addLevel(theirs, 0, 0);
        levelsLeft = depth;
        exchange.forEachAskLevel(locate, this::addTheirs);
        stale += book.isStale() ? 1 : 0;
        if (!ours.equals(theirs)) {
            different++;
            differentUnmarked += book.isStale() ? 0 : 1;
            if (differences.size() < MAX_NAMED) {
                differences.add(symbol);
            }
        }
    }

    private void addTheirs(long price, long size, int orderCount, int level) {
        if (levelsLeft-- <= 0) {
            return;
        }
        levels++;
        addLevel(theirs, price, size);
        if (protocol == FeedProtocol.ITCH50) {
            orders += orderCount;
            exchange.forEachOrder(level,
                (orderId, remaining) -> addOrder(theirs, orderId, remaining));
        }
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
