// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import org.agrona.DirectBuffer;

/** Takes a snapshot from its source. Called on the ingress thread. */
public interface SnapshotHandler {
    /** A server is about to be asked: what comes live from now on may be newer than its answer. */
    void onSnapshotAsked();

    /** A message that is not the last of its instrument. The buffer is valid during the call. */
    void onSnapshotMessage(DirectBuffer buffer, int offset, int length, long sequence,
                           long receiveTimeNs);

    /** The last message of its instrument. The buffer is valid during the call. */
    void onLastSnapshotMessage(DirectBuffer buffer, int offset, int length, long sequence,
                               long receiveTimeNs);

    /**
     * The snapshot is whole.
     *
     * @param next number of the first live message that it does not contain
     */
    void onSnapshotEnded(long next);

    /** The source failed before the end; unless it is stopped it asks again by itself. */
    void onSnapshotFailed();

    /** The source failed and does not ask again: the server will not have us. */
    void onSnapshotRefused();
}
