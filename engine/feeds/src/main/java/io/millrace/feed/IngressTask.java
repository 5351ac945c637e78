// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

/**
 * What the ingress agent runs in turn besides its multicast lines: a connection, a snapshot, what
 * is due by time. Publishes no more than the ring has room for. Owned by the ingress thread.
 */
public interface IngressTask extends AutoCloseable {
    /** Before everything else: tells what an earlier life of the engine left to be told. */
    default void onStart() {
    }

    /**
     * Does what there is to do.
     *
     * @param nowNs monotonic time, for time-outs only: the one time that a task knows
     * @return how much it did
     */
    int onTime(long nowNs);

    /** Takes what its sockets still hold, within bounds, says good-bye and closes them. */
    @Override
    void close();
}
