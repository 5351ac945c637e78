// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

/** Sum over all price levels of all books, whatever order they are visited in. One thread. */
public final class LevelChecksum {
    private long sum;
    private long levelCount;

    /** Adds one level, price and shares in wire units. */
    public void level(int locate, boolean isBid, long price, long shares) {
        long hash = (locate * 2L + (isBid ? 1 : 0)) * 0x9E37_79B9_7F4A_7C15L;
        hash = mix(hash ^ price);
        hash = mix(hash ^ shares);
        sum += hash;
        levelCount++;
    }

    /** The checksum. */
    public long value() {
        return mix(sum ^ levelCount);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0xD6E8_FEB8_6659_FD93L;
        return (mixed ^ mixed >>> 29) * 0x9E37_79B9_7F4A_7C15L;
    }
}
