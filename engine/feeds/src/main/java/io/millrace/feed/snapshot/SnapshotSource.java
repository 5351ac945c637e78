// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

/** A venue's snapshots of one channel, one after another. Owned by the ingress thread. */
public interface SnapshotSource extends AutoCloseable {
    /** Begins to ask for a snapshot, at the next {@link #onTime(long)}. */
    void start(SnapshotHandler handler);

    /** Gives up the snapshot that is read or asked for, and asks for another after a while. */
    void retry();

    /** Gives up what is read or asked for; nothing more comes until the next start. */
    void stop();

    /**
     * Reads what came.
     *
     * @param nowNs monotonic time
     * @return how much it did
     */
    int onTime(long nowNs);

    /** Name of the server, for reports. */
    String name();

    @Override
    void close();
}
