// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.journal.Damage;
import io.millrace.journal.JournalException;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/** Options of one replay. Set on the control thread before the replay starts. */
public final class ReplayContext {
    /** Speed at which nothing is waited for. */
    public static final double MAX_SPEED = Double.POSITIVE_INFINITY;

    private double speed = MAX_SPEED;
    private long fromNs = Long.MIN_VALUE;
    private long toNs = Long.MAX_VALUE;
    private EventFilter filter = EventFilter.ALL;
    private NanoClock clock = System::nanoTime;
    private Consumer<Damage> damageListener = damage -> {
        throw new JournalException(damage.toString());
    };
    private boolean isStepped;
    private long behindSequence;

    /** Recorded seconds per second: 1 is as it happened; {@link #MAX_SPEED} unless set. */
    public ReplayContext speed(double recordedSecondsPerSecond) {
        speed = recordedSecondsPerSecond;
        return this;
    }

    public double speed() {
        return speed;
    }

    /**
     * Receive time from which events are paced and counted; those before are replayed at once, to
     * build the state.
     */
    public ReplayContext fromNs(long receiveTimeNs) {
        fromNs = receiveTimeNs;
        return this;
    }

    public long fromNs() {
        return fromNs;
    }

    /** Receive time after which the replay ends, inclusive. */
    public ReplayContext toNs(long receiveTimeNs) {
        toNs = receiveTimeNs;
        return this;
    }

    public long toNs() {
        return toNs;
    }

    /** Events that are let through. */
    public ReplayContext filter(EventFilter eventFilter) {
        filter = eventFilter;
        return this;
    }

    public EventFilter filter() {
        return filter;
    }

    /** Clock of the pace. */
    public ReplayContext clock(NanoClock nanoClock) {
        clock = nanoClock;
        return this;
    }

    public NanoClock clock() {
        return clock;
    }

    /**
     * Who hears of damage; damaged events that make sense are replayed all the same. Unless set,
     * damage throws.
     */
    public ReplayContext damageListener(Consumer<Damage> listener) {
        damageListener = listener;
        return this;
    }

    public Consumer<Damage> damageListener() {
        return damageListener;
    }

    /** Waits for {@link JournalReplayer#step(long)} from the start time on. */
    public ReplayContext stepped() {
        isStepped = true;
        return this;
    }

    public boolean isStepped() {
        return isStepped;
    }

    /** Begins behind an inbound event: the chain has a state restored from there. */
    public ReplayContext behind(long inboundSequence) {
        behindSequence = inboundSequence;
        return this;
    }

    public long behindSequence() {
        return behindSequence;
    }

    /** Checks every option. */
    public ReplayContext conclude() {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("replay speed " + speed + " is not above 0");
        }
        if (fromNs > toNs) {
            throw new IllegalArgumentException("replay from " + fromNs + " is after its end "
                + toNs);
        }
        return this;
    }
}
