// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.agrona.CloseHelper;

/**
 * A listening socket. A selector tells whether a client waits, since asking the listener costs the
 * JDK objects. One thread.
 */
final class StreamSocketPort implements StreamPort {
    private final ServerSocketChannel listener;
    private final Selector selector;

    StreamSocketPort(InetAddress address, int port) throws IOException {
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        try {
            listener.bind(new InetSocketAddress(address, port));
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException | RuntimeException failure) {
            CloseHelper.quietCloseAll(listener, selector);
            throw failure;
        }
    }

    @Override
    public ByteChannel accept() throws IOException {
        if (selector.selectNow() == 0) {
            return null;
        }
        selector.selectedKeys().clear();
        SocketChannel client = listener.accept();
        if (client == null) {
            return null;
        }
        try {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException broken) {
            // It shows at the first read.
            CloseHelper.quietClose(client);
        }
        return client;
    }

    @Override
    public int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    @Override
    public void close() throws IOException {
        CloseHelper.closeAll(selector, listener);
    }
}
