// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as a question that a verb asks, so that it stops in order and the process ends
 * with the verb's own exit code. A verb that does not listen is ended at once; one that takes more
 * than a minute to stop is ended all the same.
 */
public final class StopSignal {
    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean isHeard;

    /** Begins to listen to the process's signals. */
    public static StopSignal ofProcess() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::onShutdown, "stop-signal"));
        return signal;
    }

    /** From now on the verb asks {@link #isRequested()} often. */
    public StopSignal listen() {
        isHeard = true;
        return this;
    }

    /** True when the process was asked to stop. Any thread. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Asks the verb to stop, as a signal does. Any thread. */
    public void request() {
        requested.countDown();
    }

    /** Waits a while, or until the process is asked to stop; true when it was. */
    public boolean await(long ms) {
        try {
            return requested.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the process with an exit code, whether or not a signal is already ending it. */
    public void exit(int exitCode) {
        if (isRequested()) {
            Runtime.getRuntime().halt(exitCode);
        }
        done.countDown();
        System.exit(exitCode);
    }

    private void onShutdown() {
        requested.countDown();
        try {
            if (isHeard && !done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("millrace: gave up waiting for an orderly stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
