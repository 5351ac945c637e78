// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import io.millrace.book.side.RankPool;
import java.util.BitSet;
import java.util.List;

/**
 * Sizes of the books: everything is allocated for them at start, nothing afterwards. Set once, then
 * concluded.
 */
public final class BookContext {
    public static final int DEFAULT_MAX_INSTRUMENTS = 16_384;
    public static final int DEFAULT_MAX_ORDERS = 2_000_000;
    public static final int DEFAULT_MAX_VENUES = 5;
    /** Largest product of instruments and venues: a channel's events walk all its books. */
    public static final int MAX_BOOKS = 1 << 17;

    /** Largest number of resting orders. */
    public static final int MAX_ORDERS = OrderTable.MAX_ORDERS;
    /** Largest number of venues. */
    public static final int MAX_VENUES = 63;
    /** Stands for every symbol. */
    public static final String ALL_SYMBOLS = "*";

    private int maxInstruments = DEFAULT_MAX_INSTRUMENTS;
    private int maxOrders = DEFAULT_MAX_ORDERS;
    private int maxVenues = DEFAULT_MAX_VENUES;
    private int maxLevels;
    private long rankPoolBytes;
    private final BitSet levelUpdates = new BitSet();
    private List<String> levelUpdateSymbols = List.of();

    /** Instrument ids 1 to this have books. */
    public BookContext maxInstruments(int maxInstruments) {
        this.maxInstruments = maxInstruments;
        return this;
    }

    public int maxInstruments() {
        return maxInstruments;
    }

    /** Resting orders of all books together; one more is refused. */
    public BookContext maxOrders(int maxOrders) {
        this.maxOrders = maxOrders;
        return this;
    }

    public int maxOrders() {
        return maxOrders;
    }

    /** Venues that may have books, in the order in which they first appear. */
    public BookContext maxVenues(int maxVenues) {
        this.maxVenues = maxVenues;
        return this;
    }

    public int maxVenues() {
        return maxVenues;
    }

    /** Price levels of all books together; 0 is half the orders. One more is refused. */
    public BookContext maxLevels(int maxLevels) {
        this.maxLevels = maxLevels;
        return this;
    }

    public int maxLevels() {
        return maxLevels;
    }

    /** Bytes of the pool that all sorted price lists live in; 0 derives it from other sizes. */
    public BookContext rankPoolBytes(long rankPoolBytes) {
        this.rankPoolBytes = rankPoolBytes;
        return this;
    }

    public long rankPoolBytes() {
        return rankPoolBytes;
    }

    /** Asks for LevelUpdated events of an instrument. */
    public BookContext levelUpdates(int instrumentId) {
        levelUpdates.set(instrumentId);
        return this;
    }

    /** Asks for LevelUpdated events of symbols, from the events on that define them. */
    public BookContext levelUpdates(List<String> symbols) {
        levelUpdateSymbols = List.copyOf(symbols);
        return this;
    }

    WantedLevels levelUpdates() {
        if (levelUpdateSymbols.contains(ALL_SYMBOLS)) {
            levelUpdates.set(1, maxInstruments + 1);
        }
        return new WantedLevels(maxInstruments, levelUpdates, levelUpdateSymbols);
    }

    /** Checks every size against its range and fills in what was derived. */
    public BookContext conclude() {
        inRange("book.max-instruments", maxInstruments, 1, MAX_BOOKS);
        inRange("book.max-venues", maxVenues, 1, MAX_VENUES);
        inRange("book.max-instruments x book.max-venues", (long) maxInstruments * maxVenues, 1,
            MAX_BOOKS);
        inRange("book.max-orders", maxOrders, 1, MAX_ORDERS);
        if (maxLevels == 0) {
            maxLevels = Math.max(1, maxOrders / 2);
        }
        inRange("book.max-levels", maxLevels, 1, LevelTable.MAX_LEVELS);
        if (rankPoolBytes == 0) {
            rankPoolBytes = RankPool.defaultBytes(maxInstruments * maxVenues, maxLevels);
        }
        inRange("book.rank-pool-bytes", rankPoolBytes, RankPool.MIN_BYTES, RankPool.MAX_BYTES);
        return this;
    }

    private static void inRange(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                option + " " + value + " is not from " + least + " to " + most);
        }
    }
}
