// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

/**
 * Where a live session and a snapshot meet: the session tells what it gives up, and hands its
 * messages, in order as ever, to the same object, which holds them while a snapshot is read.
 * Called on the ingress thread.
 */
@FunctionalInterface
public interface SnapshotRecovery {
    /** There are no snapshots: a hole stays one. */
    SnapshotRecovery NONE = (from, to) -> false;

    /**
     * Messages from one number, inclusive, to another, exclusive, will never come. Called before
     * the first message behind them, after the session counted them.
     *
     * @return true when the hole is declared lost or healed by whoever recovers, in its place among
     *         the messages, which marks the channel too; false when the session has to do both now
     */
    boolean onGivenUp(long from, long to);
}
