// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import java.util.Locale;

/**
 * Says how far a long verb has come: once a second a line with the rate and the time left. Short
 * ones stay silent. One thread.
 */
public final class Progress {
    private static final long INTERVAL_NS = 1_000_000_000L;
    /** Before so much is done, and so long it took, nobody knows how long the rest takes. */
    private static final double LEAST_PART = 0.02;
    private static final double LEAST_SECONDS = 3;

    private final Terminal terminal;
    private final String verb;
    private final String noun;
    private final long beganNs = System.nanoTime();
    private long nextNs = beganNs + INTERVAL_NS;

    /**
     * @param verb first word of each line
     * @param noun what is counted
     */
    public Progress(Terminal terminal, String verb, String noun) {
        this.terminal = terminal;
        this.verb = verb;
        this.noun = noun;
    }

    /**
     * Called as often as one likes.
     *
     * @param count what was done so far
     * @param part  share of the whole that is done, 0 to 1; 0 when not known
     */
    public void at(long count, double part) {
        long nowNs = System.nanoTime();
        if (nowNs < nextNs || count == 0) {
            return;
        }
        nextNs = nowNs + INTERVAL_NS;
        double seconds = (nowNs - beganNs) / 1e9;
        String done = part > 0 ? String.format(Locale.ROOT, ", %.0f %%", part * 100) : "";
        String left = part >= LEAST_PART && seconds >= LEAST_SECONDS
            ? String.format(Locale.ROOT, ", %.0f s left", seconds / part - seconds) : "";
        terminal.log(
            String.format(Locale.ROOT, "%s: %,d %s, %,.0f/s%s%s", verb, count, noun,
            count / seconds, done, left));
    }

    /** One line at the end. */
    public void end(long count) {
        double seconds = Math.max(1, System.nanoTime() - beganNs) / 1e9;
        terminal.log(
            String.format(Locale.ROOT, "%s: %,d %s in %.2f s, %,.0f/s", verb, count, noun, seconds,
            count / seconds));
    }
}
