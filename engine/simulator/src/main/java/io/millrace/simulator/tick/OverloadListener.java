// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.tick;

/** Is told that the generator cannot keep its times. */
@FunctionalInterface
public interface OverloadListener {
    /** What the log says, at its highest level. */
    String MESSAGE = "CRITICAL overload";

    /**
     * Called once, after {@link TickGenerator#OVERLOAD_MISSES} missed deadlines in a row.
     *
     * @param latenessNs how late the generator is
     */
    void onOverload(long latenessNs);
}
