// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waiting that an interrupt does not cut short: half a start or half a stop would lose events.
 * Control thread.
 */
final class Uninterrupted {
    private Uninterrupted() {
    }

    static void await(CountDownLatch latch) {
        boolean wasInterrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException interrupt) {
                wasInterrupted = true;
            }
        }
        restore(wasInterrupted);
    }

    /** False when the thread still ran after the time. */
    static boolean join(Thread thread, long timeoutMs) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        boolean wasInterrupted = false;
        long leftNs = deadlineNs - System.nanoTime();
        while (thread.isAlive() && leftNs > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
            } catch (InterruptedException interrupt) {
                wasInterrupted = true;
            }
            leftNs = deadlineNs - System.nanoTime();
        }
        restore(wasInterrupted);
        return !thread.isAlive();
    }

    private static void restore(boolean wasInterrupted) {
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
