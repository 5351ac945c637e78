// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.bridge;

import io.millrace.counter.Counters;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Stands still between an outside's acknowledgement and the checkpoint, and shows it: so that a
 * rehearsal can kill the process in between. Bridge's thread.
 */
final class CheckpointPause implements Runnable {
    private static final long NS_PER_MS = 1_000_000L;

    private final AtomicCounter pausing;
    private final long pauseNs;

    /** The counter {@code bridge.NAME.pausing} is 1 meanwhile. Control thread. */
    CheckpointPause(Counters counters, String name, long pauseMs) {
        pausing = counters.counter("bridge." + name + ".pausing");
        pauseNs = pauseMs * NS_PER_MS;
    }

    @Override
    public void run() {
        long beganNs = System.nanoTime();
        long leftNs = pauseNs;
        pausing.setRelease(1);
        while (leftNs > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(leftNs);
            leftNs = pauseNs - (System.nanoTime() - beganNs);
        }
        pausing.setRelease(0);
    }
}
