// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.tick;

import io.millrace.simulator.SeededRandom;

/** Prices that wander by cents, one pair of quotes per symbol. Owned by the generator's thread. */
final class QuoteWalk {
    private static final int CENT = 100;
    private static final int DOLLAR = 10_000;
    private static final int LOT = 100;

    private final SeededRandom random;
    private final int[] middle;

    QuoteWalk(int symbols, long seed) {
        random = new SeededRandom(seed);
        middle = new int[symbols];
        for (int i = 0; i < symbols; i++) {
            middle[i] = (100 + random.below(300)) * DOLLAR;
        }
    }

    void fill(Tick tick) {
        int index = tick.symbolIndex;
        middle[index] = Math.max(DOLLAR, middle[index] + (random.below(5) - 2) * CENT);
        tick.bidPrice = middle[index] - CENT * (1 + random.below(2));
        tick.askPrice = middle[index] + CENT * (1 + random.below(2));
        tick.bidSize = LOT * (1 + random.below(10));
        tick.askSize = LOT * (1 + random.below(10));
        tick.lastPrice = random.oneIn(2) ? tick.bidPrice : tick.askPrice;
        tick.lastSize = 1 + random.below(2 * LOT);
    }
}
