// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

/** Waits for threads that are about to end. */
public final class Joined {
    private Joined() {
    }

    /** Returns when a thread has ended. */
    public static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + thread.getName() + " ran", e);
        }
    }
}
