// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

/**
 * A small generator (xoroshiro128++) whose numbers depend on the seed alone, not on the JDK.
 * Owned by one thread.
 */
public final class SeededRandom {
    private static final int TABLE_SIZE = 4096;
    private static final int TABLE_SHIFT = 8;
    private static final int[] EXPONENTIAL = exponentialTable();

    private long first;
    private long second;

    /** @param seed where the numbers begin */
    public SeededRandom(long seed) {
        first = spread(seed + 0x9E37_79B9_7F4A_7C15L);
        second = spread(seed + 0x3C6E_F372_FE94_F82AL);
    }

    /** Sixty-four random bits. */
    public long nextLong() {
        long a = first;
        long b = second;
        long result = Long.rotateLeft(a + b, 17) + a;
        b ^= a;
        first = Long.rotateLeft(a, 49) ^ b ^ b << 21;
        second = Long.rotateLeft(b, 28);
        return result;
    }

    /** A number from 0 to bound - 1. */
    public int below(int bound) {
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }

    /** True once in so many times. */
    public boolean oneIn(int times) {
        return below(times) == 0;
    }

    /** A number from 0 up, exponentially distributed about a mean, at most nine times it. */
    public int exponential(int mean) {
        return (int) ((long) EXPONENTIAL[below(TABLE_SIZE)] * mean >>> TABLE_SHIFT);
    }

    private static long spread(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }

    private static int[] exponentialTable() {
        int[] table = new int[TABLE_SIZE];
        for (int i = 0; i < TABLE_SIZE; i++) {
            table[i] = (int) (-StrictMath.log(1 - (i + 0.5) / TABLE_SIZE) * (1 << TABLE_SHIFT));
        }
        return table;
    }
}
