// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A datagram socket. One thread. */
final class DatagramSocketPort implements DatagramPort {
    private final DatagramChannel channel;

    DatagramSocketPort(InetAddress address, int port) throws IOException {
        channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(address, port));
            channel.configureBlocking(false);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public SocketAddress receive(ByteBuffer target) throws IOException {
        return channel.receive(target);
    }

    @Override
    public int send(ByteBuffer datagram, SocketAddress receiver) throws IOException {
        return channel.send(datagram, receiver);
    }

    @Override
    public int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
