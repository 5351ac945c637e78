// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.WritableByteChannel;

/** A venue on this machine's sockets. */
public final class SocketNetwork implements VenueNetwork {
    private static final int SEND_BUFFER_LENGTH = 1 << 21;

    @Override
    public WritableByteChannel line(LineContext context) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            NetworkInterface sender = NetworkInterface.getByInetAddress(context.interfaceAddress());
            if (sender == null) {
                throw new IOException("no interface has " + context.interfaceAddress());
            }
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, sender);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_LENGTH);
            channel.bind(new InetSocketAddress(context.interfaceAddress(), 0));
            channel.connect(new InetSocketAddress(context.group(), context.port()));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public DatagramPort datagrams(InetAddress address, int port) throws IOException {
        return new DatagramSocketPort(address, port);
    }

    @Override
    public StreamPort streams(InetAddress address, int port) throws IOException {
        return new StreamSocketPort(address, port);
    }
}
