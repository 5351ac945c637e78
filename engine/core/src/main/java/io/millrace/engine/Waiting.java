// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** How a thread waits when there is nothing to do. */
public enum Waiting {
    /** Never gives its core away: only with a core of its own. */
    BUSY_SPIN,
    /**
     * Spins a little, then offers its core to others, and sleeps when it has not for 4 ms: for hot
     * threads that share cores; a park costs 80 us.
     */
    SPIN_YIELD,
    /** Spins, yields, then sleeps for up to 100 us: for readers that may be late. */
    SPIN_YIELD_PARK;

    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_WAKE_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    /**
     * How ingress waits for room in a full ring: those in front of it need milliseconds, so that it
     * may as well leave a shared core to them.
     */
    Waiting whileFull() {
        return this == SPIN_YIELD ? SPIN_YIELD_PARK : this;
    }

    /** A new strategy for one thread. */
    public IdleStrategy newIdleStrategy() {
        return switch (this) {
            case BUSY_SPIN -> new BusySpinIdleStrategy();
            case SPIN_YIELD -> new YieldingIdleStrategy(SPINS, MAX_WAKE_NS);
            case SPIN_YIELD_PARK ->
                new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
        };
    }
}
