// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** One end that takes requests and sends replies. Never blocks. One thread. */
public interface DatagramPort extends AutoCloseable {
    /** Takes the next datagram; says who sent it, or null when none waits. */
    SocketAddress receive(ByteBuffer target) throws IOException;

    /** Sends one datagram; returns its length, or 0 when it cannot go now. */
    int send(ByteBuffer datagram, SocketAddress receiver) throws IOException;

    /** Port that it listens at. */
    int port() throws IOException;

    @Override
    void close() throws IOException;
}
