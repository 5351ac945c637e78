// SPDX-License-Identifier: Apache-2.0
package io.millrace.instrument;

/**
 * One of several engines on the same lines, each with a part of the securities. Which part a
 * security belongs to depends on its symbol alone, so that no engine must ask another.
 *
 * @param index from 0
 * @param count of all engines
 */
public record Shard(int index, int count) {
    /** Greatest number of shards. */
    public static final int MAX_COUNT = 64;
    /** The only engine: it has all securities. */
    public static final Shard ALL = new Shard(0, 1);

    private static final long FIRST_FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final long SECOND_FACTOR = 0xC2B2_AE3D_27D4_EB4FL;
    private static final int HASH_SHIFT = 33;

    /** Checks the range. */
    public Shard {
        if (count < 1 || count > MAX_COUNT || index < 0 || index >= count) {
            throw new IllegalArgumentException("shard " + index + '/' + count
                + " is not within 0/n to n-1/n with n from 1 to " + MAX_COUNT);
        }
    }

    /** A shard written as {@code 0/2}. */
    public static Shard parse(String text) {
        String[] numbers = text.split("/", -1);
        if (numbers.length != 2) {
            throw new IllegalArgumentException("shard '" + text + "' is not written as 0/2");
        }
        return new Shard(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    /** True when a symbol's security belongs to this shard. */
    boolean has(long firstHalf, long secondHalf) {
        long hash = (firstHalf * FIRST_FACTOR ^ secondHalf) * SECOND_FACTOR;
        return (hash >>> HASH_SHIFT) % count == index;
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
