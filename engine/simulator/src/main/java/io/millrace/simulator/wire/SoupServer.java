// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/**
 * A SoupBinTCP server: takes a bounded number of clients, each with messages of its own. A
 * selector tells whether one waits, since asking the listener costs the JDK objects. Owned by the
 * thread that runs it.
 */
public final class SoupServer implements AutoCloseable {
    private final StreamContext context;
    private final Supplier<StreamMessages> messages;
    private final Tally<StreamCount> truth = new Tally<>(StreamCount.class);
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final List<SoupConnection> connections = new ArrayList<>();

    /** @param messages what a new connection gets */
    public SoupServer(StreamContext context, Supplier<StreamMessages> messages) {
        this.context = context;
        this.messages = messages;
        try {
            selector = Selector.open();
            listener = listen(context, selector);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a client if one waits, and serves all. */
    public int doWork(long nowNs) {
        int work = accept(nowNs);
        for (int i = connections.size() - 1; i >= 0; i--) {
            SoupConnection connection = connections.get(i);
            work += connection.doWork(nowNs);
            if (connection.isOver()) {
                connections.remove(i);
                connection.close();
            }
        }
        return work;
    }

    /** What the server did; any thread. */
    public Tally<StreamCount> truth() {
        return truth;
    }

    /** Port that the server listens at. */
    public int port() {
        try {
            return ((InetSocketAddress) listener.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(connections);
        CloseHelper.close(selector);
        CloseHelper.close(listener);
    }

    private int accept(long nowNs) {
        try {
            if (selector.selectNow() == 0) {
                return 0;
            }
            selector.selectedKeys().clear();
            SocketChannel client = listener.accept();
            if (client == null) {
                return 0;
            }
            if (connections.size() == context.maxClients()) {
                truth.increment(StreamCount.REFUSED);
                CloseHelper.quietClose(client);
                return 1;
            }
            take(client, nowNs);
            return 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(SocketChannel client, long nowNs) {
        truth.increment(StreamCount.CONNECTED);
        try {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connections.add(new SoupConnection(client, context, messages.get(), truth, nowNs));
        } catch (IOException broken) {
            truth.increment(StreamCount.DISCONNECTED);
            CloseHelper.quietClose(client);
        }
    }

    private static ServerSocketChannel listen(StreamContext context, Selector selector)
        throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(new InetSocketAddress(context.interfaceAddress(), context.port()));
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            return listener;
        } catch (IOException | RuntimeException failure) {
            CloseHelper.quietCloseAll(listener, selector);
            throw failure;
        }
    }
}
