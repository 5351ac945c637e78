// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static io.millrace.simulator.wire.OptionRange.check;

/**
 * One burst of a venue's flow: a multiple of the rate for a time, or so many datagrams at one
 * instant. What comes later comes earlier by what the burst took ahead of its time.
 */
public final class BurstContext {
    private long atNs;
    private long everyNs;
    private int factor = 1;
    private long forNs;
    private int datagrams;

    /** When it begins, after the day's first message, by the plan without bursts. */
    public BurstContext at(long ns) {
        atNs = ns;
        return this;
    }

    /** From one beginning to the next, by the plan without bursts; 0 for only once. */
    public BurstContext every(long ns) {
        everyNs = ns;
        return this;
    }

    /** So many times the rate for so long. */
    public BurstContext rate(int times, long ns) {
        factor = times;
        forNs = ns;
        datagrams = 0;
        return this;
    }

    /** So many datagrams back to back. */
    public BurstContext backToBack(int count) {
        datagrams = count;
        factor = 1;
        forNs = 0;
        return this;
    }

    /** Throws when an option is out of range. */
    public BurstContext conclude() {
        check("simulator.burst-at-ns", atNs, 0, Long.MAX_VALUE / 4);
        check("simulator.burst-factor", factor, 1, 100);
        check("simulator.burst-for-ns", forNs, 0, 3_600_000_000_000L);
        check("simulator.burst-datagrams", datagrams, 0, 100_000);
        long shortest = everyNs == 0 ? 0 : factor * forNs + 1;
        check("simulator.burst-every-ns", everyNs, shortest, Long.MAX_VALUE / 4);
        return this;
    }

    public long atNs() {
        return atNs;
    }

    public long everyNs() {
        return everyNs;
    }

    public int factor() {
        return factor;
    }

    public long forNs() {
        return forNs;
    }

    public int datagrams() {
        return datagrams;
    }
}
