// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

/**
 * An event in a program's memory as the bare clients find it. Immutable.
 *
 * @param isTrade   a trade inbound, else a best bid and offer outbound
 * @param symbol    of its security
 * @param sequence  in its queue
 * @param timeNs    receive time
 * @param price     of a trade, or the bid, at 1e-9
 * @param size      of a trade, or bid, at 1e-6
 * @param askPrice  at 1e-9; of a trade its number
 * @param askSize   at 1e-6
 */
record Market(boolean isTrade, String symbol, long sequence, long timeNs, long price, long size,
              long askPrice, long askSize) {
    private static final long CENT = 10_000_000L;
    private static final long SHARES = 100_000_000L;
    private static final long PRICES = 997;
    private static final long SIZES = 9;

    /** The event of an index: trades and quotes in turn, securities round robin. */
    static Market of(long index, long timeNs) {
        long pair = index / 2;
        long price = (10_000 + pair * 31 % PRICES) * CENT;
        long size = (1 + pair % SIZES) * SHARES;
        boolean isTrade = index % 2 == 0;
        return new Market(isTrade, EventJournal.SYMBOLS.get((int) (pair
            % EventJournal.SYMBOLS.size())), pair + 1, timeNs, price, size,
            isTrade ? pair + 1 : price + CENT, size);
    }

    /** Name of its queue. */
    String queue() {
        return isTrade ? "inbound" : "outbound";
    }
}
