// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * The way to one request server and back. A network that fails is counted and shows as silence,
 * which is what every session is made for. Ingress thread.
 */
public interface RequestLine extends AutoCloseable {
    /**
     * Sends one request.
     *
     * @return false when it could not be sent now
     */
    boolean send(DirectBuffer buffer, int offset, int length);

    /**
     * Hands on the answers that wait, at most so many.
     *
     * @return how many
     */
    int poll(PacketHandler handler, int limit);

    @Override
    void close() throws IOException;
}
