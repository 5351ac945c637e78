// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.tick;

/**
 * One quote and last trade of a symbol, made up. Prices have four decimals, sizes are shares. The
 * generator changes it for the next tick: valid during the callback only.
 */
public final class Tick {
    /** The label every tick carries. */
    public static final String SOURCE = "SIMULATED";

    long sequence;
    long timeNs;
    int symbolIndex;
    String symbol;
    int bidPrice;
    int bidSize;
    int askPrice;
    int askSize;
    int lastPrice;
    int lastSize;

    Tick() {
    }

    /** Number of the tick, from 1. */
    public long sequence() {
        return sequence;
    }

    /** When it was made, ns since the Unix epoch. */
    public long timeNs() {
        return timeNs;
    }

    /** Place of the symbol in the plan's list, from 0. */
    public int symbolIndex() {
        return symbolIndex;
    }

    public String symbol() {
        return symbol;
    }

    public int bidPrice() {
        return bidPrice;
    }

    public int bidSize() {
        return bidSize;
    }

    public int askPrice() {
        return askPrice;
    }

    public int askSize() {
        return askSize;
    }

    public int lastPrice() {
        return lastPrice;
    }

    public int lastSize() {
        return lastSize;
    }
}
