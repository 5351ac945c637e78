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

    /** Takes the permit, before the end of the hole is asked for; false without one. */
    public boolean use() {
        return !isGuarded.get() || isGiven.compareAndSet(true, false);
    }

    /** The end of the hole could not be asked for. */
    public void giveBack() {
        isGiven.set(true);
    }
}
