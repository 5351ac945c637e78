// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * What a server is spared whose memory is nearly full. Each look at it may go one step: up from the
 * high threshold on, down below the low one. A step halves the time to live of fresh values and
 * leaves out those of another quarter of the securities: the ones quoted least often since the
 * last look, of these the ones not quoted for longest. Step 0 takes all of it back. Outlives
 * connections. Bridge's thread.
 */
final class MemoryPolicy {
    /** Most steps: an eighth of the time, a quarter of the securities. */
    static final int STEPS = 3;

    private static final long NS_PER_MS = 1_000_000L;
    private static final Comparator<Heat> COLDEST_FIRST = Comparator.<Heat>comparingInt(
        heat -> heat.count).thenComparingLong(heat -> heat.last)
            .thenComparing(heat -> heat.symbol);

    private final MemoryContext context;
    private final int fullTtlMs;
    private final Runnable onLook;
    private final Map<String, Heat> heats = new HashMap<>();
    private Set<String> cold = Set.of();
    private int step;
    private int percent;
    private long clock;
    private boolean hasLooked;
    private long lookedNs;

    /** How often a security was quoted since the last look, and when last. */
    private static final class Heat {
        final String symbol;
        int count;
        long last;

        Heat(String symbol) {
            this.symbol = symbol;
        }
    }

    /**
     * @param fullTtlMs time to live of fresh values as long as there is memory
     * @param onLook    called after each look
     */
    MemoryPolicy(MemoryContext context, int fullTtlMs, Runnable onLook) {
        this.context = context;
        this.fullTtlMs = fullTtlMs;
        this.onLook = onLook;
    }

    /**
     * Looks at the memory if that is due.
     *
     * @param nowNs       monotonic time
     * @param usedPercent asks the server
     */
    void look(long nowNs, IntSupplier usedPercent) {
        if (hasLooked && nowNs - lookedNs < context.checkMs() * NS_PER_MS) {
            return;
        }
        hasLooked = true;
        lookedNs = nowNs;
        percent = usedPercent.getAsInt();
        if (percent >= context.highPercent()) {
            step = Math.min(STEPS, step + 1);
        } else if (percent < context.lowPercent()) {
            step = Math.max(0, step - 1);
        }
        cold = heats.values().stream().sorted(COLDEST_FIRST)
            .limit((long) heats.size() * step / (STEPS + 1)).map(heat -> heat.symbol)
            .collect(Collectors.toUnmodifiableSet());
        heats.values().forEach(heat -> heat.count = 0);
        onLook.run();
    }

    /** True when the fresh values of a security, which is quoted now, are to be left out. */
    boolean isLeftOut(String symbol) {
        Heat heat = heats.computeIfAbsent(symbol, Heat::new);
        heat.count++;
        heat.last = ++clock;
        return cold.contains(symbol);
    }

    /** Ms that fresh values live. */
    int ttlMs() {
        return Math.max(1, fullTtlMs >> step);
    }

    /** Percent of the memory in use at the last look. */
    int percent() {
        return percent;
    }
}
