// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The securities of the pretended exchange: symbol, first price, round lot. Locates run from 1
 * in alphabetical order from some letter on and round, activity ranks from 0; which symbol has
 * which rank depends on the seed only. Immutable.
 */
final class Listings {
    /** Ticks are one cent in prices of four decimals. */
    static final int TICK = 100;
    /** One dollar in prices of four decimals. */
    static final int DOLLAR = 10_000;

    private static final String[] WELL_KNOWN = {
        "AAPL", "TSLA", "MSFT", "AMZN", "GOOGL", "NVDA", "QQQ", "META", "AMD", "SPY", "INTC",
            "CSCO", "NFLX", "AVGO",
        "MU", "QCOM", "PYPL", "TXN", "ADBE", "COST", "PEP", "SBUX", "GILD", "AMGN", "ADP", "MDLZ",
        "ISRG", "REGN",
        "BKNG", "VRTX", "LRCX", "PANW", "SNPS", "KLAC", "MELI", "ASML", "CDNS", "MAR", "ORLY",
        "CTAS", "FTNT", "NXPI",
        "ADSK", "PCAR", "ROST", "PAYX", "CPRT", "ODFL", "FAST", "EA", "VRSK", "XEL", "DLTR", "BIIB",
        "ZS", "TEAM",
    };

    private final String[] symbols;
    private final long[] stocks;
    private final int[] locateByRank;
    private final int[] prices;
    private final int[] roundLots;

    /** @param shift how far locate 1 stands behind the first symbol */
    Listings(int count, SeededRandom random, int shift) {
        String[] byRank = drawSymbols(count, random);
        String[] sorted = byRank.clone();
        Arrays.sort(sorted);
        symbols = new String[count];
        for (int i = 0; i < count; i++) {
            symbols[i] = sorted[(i + shift) % count];
        }
        stocks = new long[count + 1];
        locateByRank = new int[count];
        prices = new int[count + 1];
        roundLots = new int[count + 1];
        for (int rank = 0; rank < count; rank++) {
            int index = Arrays.binarySearch(sorted, byRank[rank]);
            int locate = Math.floorMod(index - shift, count) + 1;
            locateByRank[rank] = locate;
            stocks[locate] = ItchWriter.packed(byRank[rank]);
            prices[locate] = drawPrice(random);
            roundLots[locate] = roundLotAt(prices[locate]);
        }
    }

    int count() {
        return symbols.length;
    }

    String symbol(int locate) {
        return symbols[locate - 1];
    }

    /** The symbol's eight bytes, padded with spaces, as one big-endian number. */
    long stock(int locate) {
        return stocks[locate];
    }

    int locateOfRank(int rank) {
        return locateByRank[rank];
    }

    /** Price at the start of the day, four decimals. */
    int price(int locate) {
        return prices[locate];
    }

    int roundLot(int locate) {
        return roundLots[locate];
    }

    private static String[] drawSymbols(int count, SeededRandom random) {
        String[] drawn = new String[count];
        Set<String> known = new HashSet<>(Arrays.asList(WELL_KNOWN));
        for (int i = 0; i < count; i++) {
            drawn[i] = i < WELL_KNOWN.length ? WELL_KNOWN[i] : drawSymbol(known, random);
        }
        return drawn;
    }

    private static String drawSymbol(Set<String> known, SeededRandom random) {
        while (true) {
            char[] letters = new char[random.oneIn(3) ? 3 : 4];
            for (int i = 0; i < letters.length; i++) {
                letters[i] = (char) ('A' + random.below(26));
            }
            String symbol = new String(letters);
            if (known.add(symbol)) {
                return symbol;
            }
        }
    }

    /**
     * Mostly 1 to 500 dollars, evenly on a logarithmic scale; one in a hundred 1,000 to 5,000
     * dollars.
     */
    private static int drawPrice(SeededRandom random) {
        boolean isHigh = random.oneIn(100);
        double from = StrictMath.log(isHigh ? 1_000 : 1);
        double to = StrictMath.log(isHigh ? 5_000 : 500);
        double dollars = StrictMath.exp(from + (to - from) * random.below(1 << 20) / (1 << 20));
        return (int) (dollars * DOLLAR / TICK) * TICK;
    }

    private static int roundLotAt(int price) {
        if (price <= 250 * DOLLAR) {
            return 100;
        }
        if (price <= 1_000 * DOLLAR) {
            return 40;
        }
        return price <= 10_000 * DOLLAR ? 10 : 1;
    }
}
