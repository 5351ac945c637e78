// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/**
 * A SoupBinTCP server: takes a bounded number of clients, each with messages of its own.
 * Owned by the thread that runs it.
 */
public final class SoupServer implements AutoCloseable {
    private final StreamContext context;
    private final Supplier<StreamMessages> messages;
    private final Tally<StreamCount> truth = new Tally<>(StreamCount.class);
    private final StreamPort listener;
    private final List<SoupConnection> connections = new ArrayList<>();

    /** @param messages what a new connection gets */
    public SoupServer(StreamContext context, Supplier<StreamMessages> messages,
        VenueNetwork network) {
        this.context = context;
        this.messages = messages;
        try {
            listener = network.streams(context.interfaceAddress(), context.port());
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
            return listener.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(connections);
        CloseHelper.close(listener);
    }

    private int accept(long nowNs) {
        try {
            ByteChannel client = listener.accept();
            if (client == null) {
                return 0;
            }
            if (connections.size() == context.maxClients()) {
                truth.increment(StreamCount.REFUSED);
                CloseHelper.quietClose(client);
                return 1;
            }
            truth.increment(StreamCount.CONNECTED);
            connections.add(new SoupConnection(client, context, messages.get(), truth, nowNs));
            return 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
