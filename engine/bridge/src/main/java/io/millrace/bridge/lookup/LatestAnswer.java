// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.lookup;

import io.millrace.instrument.Price;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The newest values of one security that a tier has; prices at 1e-9, {@link Price#UNDEFINED} for
 * what is not there. Immutable.
 *
 * @param timeNs  receive time of the newest of them
 * @param isStale true when it is not known that they are the security's present ones
 */
public record LatestAnswer(String symbol, long bidPrice, long askPrice, long lastPrice,
                           long timeNs, boolean isStale) {
    private static final int PRICE_DIGITS = 9;

    /** Best bid and offer as a store holds them, and when they were received. */
    public record StoredQuote(long bidPrice, long askPrice, long timeNs) {
    }

    /** Price of a trade as a store holds it, and when it was received. */
    public record StoredTrade(long price, long timeNs) {
    }

    /** From a store's newest rows, either of which may be null; null when both are. */
    public static LatestAnswer ofRows(String symbol, StoredQuote quote, StoredTrade trade) {
        if (quote == null && trade == null) {
            return null;
        }
        return new LatestAnswer(symbol, quote == null ? Price.UNDEFINED : quote.bidPrice,
            quote == null ? Price.UNDEFINED : quote.askPrice,
            trade == null ? Price.UNDEFINED : trade.price,
            Math.max(quote == null ? 0 : quote.timeNs, trade == null ? 0 : trade.timeNs), true);
    }

    /**
     * From the fields that a cache keeps of a security; null when there are none.
     *
     * @throws IllegalArgumentException when they are not what a bridge writes
     */
    public static LatestAnswer ofFields(String symbol, Map<String, String> fields,
        boolean isStale) {
        return fields.isEmpty() ? null : new LatestAnswer(symbol, price(fields.get("bid")),
            price(fields.get("ask")), price(fields.get("last")),
            Long.parseLong(fields.get("ts_recv")), isStale);
    }

    /** A decimal as text at 1e-9; undefined when it is missing or the word null. */
    public static long price(String decimal) {
        return decimal == null || decimal.equals("null") ? Price.UNDEFINED
            : new BigDecimal(decimal).movePointRight(PRICE_DIGITS).longValueExact();
    }
}
