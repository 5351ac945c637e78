// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.tick;

import java.util.List;

/**
 * What a {@link TickGenerator} shall do: so many ticks in all, every so many ns a batch of them,
 * round the symbols.
 *
 * @param ticks      in all, 1 or more
 * @param intervalNs time between two batches, 1 or more
 * @param batch      ticks of one batch, 1 or more
 * @param symbols    at most eight characters each
 * @param seed       where the random prices begin
 */
public record TickPlan(long ticks, long intervalNs, int batch, List<String> symbols, long seed) {
    /** The symbols of the small profile. */
    public static final List<String> MINI_SYMBOLS =
        List.of("AAPL", "GOOGL", "TSLA", "MSFT", "AMZN");
    /** The interval of the small profile. */
    public static final long MINI_INTERVAL_NS = 100_000_000L;

    private static final double NS_PER_SECOND = 1e9;
    private static final int MAX_SYMBOL_LENGTH = 8;

    /** Checks the values. */
    public TickPlan {
        check("events", ticks, 1, Long.MAX_VALUE);
        check("interval-ns", intervalNs, 1, 3_600_000_000_000L);
        check("batch", batch, 1, 1_000_000);
        check("symbols", symbols.size(), 1, 10_000);
        symbols = List.copyOf(symbols);
        for (String symbol : symbols) {
            check("length of symbol '" + symbol + "'", symbol.length(), 1, MAX_SYMBOL_LENGTH);
        }
    }

    /** Five symbols, one tick of each every 100 ms. */
    public static TickPlan mini(long ticks) {
        return new TickPlan(ticks, MINI_INTERVAL_NS, MINI_SYMBOLS.size(), MINI_SYMBOLS, 1);
    }

    /**
     * The same five symbols at an interval in seconds, for example 6000 ticks, 0.01 s, batches of
     * 10.
     */
    public static TickPlan of(long ticks, double intervalSeconds, int batch) {
        long intervalNs = (long) (intervalSeconds * NS_PER_SECOND + 0.5);
        return new TickPlan(ticks, intervalNs, batch, MINI_SYMBOLS, 1);
    }

    private static void check(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                option + " " + value + " is not within " + min + " to " + max);
        }
    }
}
