// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Spins a little, then yields, and sleeps as briefly as the machine can (80 us) when it has not for
 * a time: without that the scheduler of Linux 6.18 loses sight of all others on the core, for
 * seconds after a minute of threads that yield to each other. Owned by the thread that idles.
 */
final class YieldingIdleStrategy implements IdleStrategy {
    private final int maxSpins;
    private final long maxWakeNs;
    private int spins;
    private long wokeNs = System.nanoTime();

    /**
     * @param maxSpins  turns before the first yield
     * @param maxWakeNs time without sleep behind which the next yield is one
     */
    YieldingIdleStrategy(int maxSpins, long maxWakeNs) {
        this.maxSpins = maxSpins;
        this.maxWakeNs = maxWakeNs;
    }

    @Override
    public void idle(int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (spins < maxSpins) {
            spins++;
            Thread.onSpinWait();
        } else if (System.nanoTime() - wokeNs < maxWakeNs) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(1);
            wokeNs = System.nanoTime();
        }
    }

    @Override
    public void reset() {
        spins = 0;
    }

    @Override
    public String alias() {
        return "yielding";
    }
}
