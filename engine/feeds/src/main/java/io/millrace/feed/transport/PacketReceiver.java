// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import java.io.IOException;

/** One line of a feed, as whoever polls it sees it. Never blocks. Owned by the ingress thread. */
public interface PacketReceiver extends AutoCloseable {
    /**
     * Hands on the datagrams that wait, at most so many.
     *
     * @return how many
     */
    int poll(PacketHandler handler, int limit) throws IOException;

    /** Leaves the line and joins it again; after a failure the next call tries once more. */
    void rejoin() throws IOException;

    /** Name of the line, for reports. */
    String name();

    /** False once closed. */
    boolean isOpen();

    @Override
    void close() throws IOException;
}
