// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import org.agrona.DirectBuffer;

/**
 * A connection to one server that can be made again and again. No call blocks or throws: what goes
 * wrong shows in {@link #state()} and {@link #problem()}. Owned by the ingress thread.
 */
public interface StreamConnection extends AutoCloseable {
    /** Answer of a poll: nothing more comes, and nothing whole is left. */
    int ENDED = -2;

    /** Begins a new connection; what is left of the one before is forgotten. */
    void connect();

    /** Goes on connecting, and tells where that stands. */
    ConnectionState advance();

    /**
     * Sends what waits, reads what came, and hands it on.
     *
     * @return bytes taken, {@link StreamHandler#REFUSED}, or {@link #ENDED} when the connection is
     *         broken and the handler takes nothing of what came before
     */
    int poll(StreamHandler handler);

    /** Sends bytes, now or as soon as they can be; false when there is no room to keep them. */
    boolean send(DirectBuffer buffer, int offset, int length);

    /** Where the connection stands. */
    ConnectionState state();

    /** Why it broke, in words; empty when it did not. */
    String problem();

    /** Name of the server, for reports. */
    String name();

    @Override
    void close();
}
