// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.lookup;

import io.millrace.instrument.Price;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The newest values of one security that a tier has; prices at 1e-9, sizes at 1e-6,
 * {@link Price#UNDEFINED} for what is not there. Immutable.
 *
 * @param quote   best bid and offer
 * @param trade   last trade
 * @param isStale true when it is not known that they are the security's present ones
 */
public record LatestAnswer(String symbol, BestQuote quote, LastTrade trade, boolean isStale) {
    private static final int PRICE_DIGITS = 9;
    private static final int SIZE_DIGITS = 6;

    /** Best bid and offer, and when they were received. */
    public record BestQuote(long bidPrice, long bidSize, long askPrice, long askSize,
                            long timeNs) {
        /** Before the first one. */
        public static final BestQuote NONE = new BestQuote(Price.UNDEFINED, Price.UNDEFINED,
            Price.UNDEFINED, Price.UNDEFINED, 0);
    }

    /** A trade, and when it was received. */
    public record LastTrade(long price, long size, long timeNs) {
        /** Before the first one. */
        public static final LastTrade NONE = new LastTrade(Price.UNDEFINED, Price.UNDEFINED, 0);
    }

    /** From a store's newest rows, either of which may be null; null when both are. */
    public static LatestAnswer ofRows(String symbol, BestQuote quote, LastTrade trade) {
        return quote == null && trade == null ? null : new LatestAnswer(symbol,
            quote == null ? BestQuote.NONE : quote, trade == null ? LastTrade.NONE : trade, true);
    }

    /**
     * From the fields that a cache keeps of a security; null when there are none.
     *
     * @throws IllegalArgumentException when they are not what a bridge writes
     */
    public static LatestAnswer ofFields(String symbol, Map<String, String> fields,
        boolean isStale) {
        if (fields.isEmpty()) {
            return null;
        }
        long timeNs = Long.parseLong(fields.get("ts_recv"));
        return new LatestAnswer(symbol, new BestQuote(price(fields.get("bid")),
            size(fields.get("bid_size")), price(fields.get("ask")), size(fields.get("ask_size")),
            timeNs), new LastTrade(price(fields.get("last")), size(fields.get("last_size")),
            timeNs), isStale);
    }

    /** Receive time of the newest of the values. */
    public long timeNs() {
        return Math.max(quote.timeNs, trade.timeNs);
    }

    /** A decimal as text at 1e-9; undefined when it is missing or the word null. */
    public static long price(String decimal) {
        return fixedPoint(decimal, PRICE_DIGITS);
    }

    /** A decimal as text at 1e-6; undefined when it is missing or the word null. */
    public static long size(String decimal) {
        return fixedPoint(decimal, SIZE_DIGITS);
    }

    private static long fixedPoint(String decimal, int digits) {
        return decimal == null || decimal.equals("null") ? Price.UNDEFINED
            : new BigDecimal(decimal).movePointRight(digits).longValueExact();
    }
}
