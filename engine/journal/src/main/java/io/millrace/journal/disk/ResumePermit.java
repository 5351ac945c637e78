// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.disk;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether a hole may end. Where nobody gives permits it always may; else each is good for one try,
 * as what is saved at its end is. Any thread.
 */
public final class ResumePermit {
    private final AtomicBoolean isGuarded = new AtomicBoolean();
    private final AtomicBoolean isGiven = new AtomicBoolean();

    /** Gives a permit or takes it back. */
    public void give(boolean isReady) {
        isGiven.set(isReady);
        isGuarded.set(true);
    }

    /** True when a hole may end. */
    public boolean isGiven() {
        return !isGuarded.get() || isGiven.get();
    }

    /** The end of the hole was asked for. */
    public void use() {
        isGiven.set(false);
    }
}
