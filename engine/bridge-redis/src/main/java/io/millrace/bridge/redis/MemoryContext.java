// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

/**
 * Options of what happens when a server's memory is nearly full. Set on the control thread, then
 * concluded with {@link RedisContext}.
 */
public final class MemoryContext {
    /** Key of {@link #highPercent(int)}. */
    public static final String HIGH_KEY = "bridge.redis.memory-high-percent";
    /** Key of {@link #lowPercent(int)}. */
    public static final String LOW_KEY = "bridge.redis.memory-low-percent";
    /** Key of {@link #checkMs(int)}. */
    public static final String CHECK_KEY = "bridge.redis.memory-check-ms";

    public static final int HIGH_PERCENT_DEFAULT = 90;
    public static final int MAX_PERCENT = 100;
    public static final int LOW_PERCENT_DEFAULT = 80;
    public static final int CHECK_MS_DEFAULT = 5_000;
    public static final int MAX_CHECK_MS = 3_600_000;

    private int highPercent = HIGH_PERCENT_DEFAULT;
    private int lowPercent = LOW_PERCENT_DEFAULT;
    private int checkMs = CHECK_MS_DEFAULT;

    /** Percent of the server's {@code maxmemory} from which it is spared, 2 to 100. */
    public MemoryContext highPercent(int percent) {
        highPercent = percent;
        return this;
    }

    int highPercent() {
        return highPercent;
    }

    /** Percent below which what was spared returns, 1 to less than the high one. */
    public MemoryContext lowPercent(int percent) {
        lowPercent = percent;
        return this;
    }

    int lowPercent() {
        return lowPercent;
    }

    /** Ms from one look at the memory to the next, 1 to 3,600,000; each may go one step. */
    public MemoryContext checkMs(int ms) {
        checkMs = ms;
        return this;
    }

    int checkMs() {
        return checkMs;
    }

    MemoryContext conclude() {
        check(HIGH_KEY, highPercent, 2, MAX_PERCENT);
        check(LOW_KEY, lowPercent, 1, highPercent - 1);
        check(CHECK_KEY, checkMs, 1, MAX_CHECK_MS);
        return this;
    }

    private static void check(String key, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(key + " " + value + " is not within " + least
                + " to " + greatest);
        }
    }
}
