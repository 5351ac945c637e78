// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos.wire;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Time as a rehearsal has it: one that only goes on, and a wall clock beside it that can step. One
 * thread.
 */
public final class VirtualTime {
    private static final long TICK_NS = 50;

    private final EpochNanoClock wall = this::wallNs;
    private final NanoClock monotonic = this::elapsedNs;
    private final NanoClock ticking = this::tick;
    private long elapsedNs;
    private long wallOffsetNs;

    /** @param startEpochNs what the wall clock says at first */
    public VirtualTime(long startEpochNs) {
        wallOffsetNs = startEpochNs;
    }

    /** Epoch time. */
    public EpochNanoClock wall() {
        return wall;
    }

    /** Time that never goes back. */
    public NanoClock monotonic() {
        return monotonic;
    }

    /** The same, going on a little whenever it is asked, so that whoever waits comes to an end. */
    public NanoClock ticking() {
        return ticking;
    }

    /** Time since the beginning. */
    public long elapsedNs() {
        return elapsedNs;
    }

    /** What the wall clock says. */
    public long wallNs() {
        return elapsedNs + wallOffsetNs;
    }

    /** Time goes on. */
    public void advance(long ns) {
        elapsedNs += ns;
    }

    /** The wall clock is set, forward or back. */
    public void step(long ns) {
        wallOffsetNs += ns;
    }

    private long tick() {
        elapsedNs += TICK_NS;
        return elapsedNs;
    }
}
