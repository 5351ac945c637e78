// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos.wire;

import io.millrace.feed.transport.ConnectionState;
import io.millrace.feed.transport.StreamConnection;
import io.millrace.feed.transport.StreamHandler;
import io.millrace.simulator.SeededRandom;
import io.millrace.simulator.wire.StreamPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.agrona.DirectBuffer;

/** A server that takes connections, and the engine's one connection to it, without sockets. */
public final class VirtualStreams implements StreamPort {
    private static final int CAPACITY = 1 << 16;
    private static final int PERCENT = 100;

    private final VirtualTime time;
    private final SeededRandom random;
    private final VirtualPipe toServer = new VirtualPipe(CAPACITY);
    private final VirtualPipe toEngine = new VirtualPipe(CAPACITY);
    private Server server = new Server();
    private ConnectionState state = ConnectionState.CLOSED;
    private boolean isWaiting;
    private int refusalPercent;
    private boolean isCrumbling;
    private int visible;

    VirtualStreams(VirtualTime time, SeededRandom random) {
        this.time = time;
        this.random = random;
    }

    /** How many of a hundred connections are refused, and whether bytes come in small pieces. */
    public void quality(int refusedPercent, boolean isInPieces) {
        refusalPercent = refusedPercent;
        isCrumbling = isInPieces;
    }

    /** The connection breaks; some of what was on its way is lost. */
    public void cut() {
        if (state == ConnectionState.CONNECTED || state == ConnectionState.CONNECTING) {
            state = ConnectionState.BROKEN;
            server.isCut = true;
            toServer.clear();
            visible = random.below(toEngine.length() + 1);
        }
    }

    /** The engine's end. */
    public StreamConnection connection() {
        return new Client();
    }

    @Override
    public ByteChannel accept() {
        if (!isWaiting) {
            return null;
        }
        isWaiting = false;
        server = new Server();
        state = ConnectionState.CONNECTED;
        return server;
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public void close() {
        cut();
    }

    /** What the venue reads and writes. */
    private final class Server implements ByteChannel {
        private boolean isCut;

        @Override
        public int read(ByteBuffer target) {
            return isCut ? -1 : toServer.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (isCut) {
                throw new IOException("connection reset");
            }
            return toEngine.write(source);
        }

        @Override
        public boolean isOpen() {
            return !isCut;
        }

        @Override
        public void close() {
            if (!isCut) {
                isCut = true;
                state = state == ConnectionState.CONNECTED ? ConnectionState.BROKEN : state;
                visible = toEngine.length();
            }
        }
    }

    /** What the engine polls. */
    private final class Client implements StreamConnection {
        @Override
        public void connect() {
            close();
            isWaiting = random.below(PERCENT) >= refusalPercent;
            state = isWaiting ? ConnectionState.CONNECTING : ConnectionState.BROKEN;
        }

        @Override
        public ConnectionState advance() {
            return state;
        }

        @Override
        public int poll(StreamHandler handler) {
            show();
            int taken = visible == 0 ? 0
                : handler.onStream(toEngine.buffer(), 0, visible, time.wallNs());
            if (taken > 0 && state != ConnectionState.CLOSED) {
                toEngine.remove(taken);
                visible -= taken;
            }
            return state == ConnectionState.BROKEN && taken == 0 ? ENDED : taken;
        }

        @Override
        public boolean send(DirectBuffer buffer, int offset, int length) {
            return state == ConnectionState.CONNECTED && toServer.write(buffer, offset, length);
        }

        @Override
        public ConnectionState state() {
            return state;
        }

        @Override
        public String problem() {
            return state == ConnectionState.BROKEN ? "rehearsed" : "";
        }

        @Override
        public String name() {
            return "rehearsed";
        }

        @Override
        public void close() {
            server.isCut = true;
            isWaiting = false;
            toServer.clear();
            toEngine.clear();
            visible = 0;
            state = ConnectionState.CLOSED;
        }

        /** More of what is on its way has come. */
        private void show() {
            if (state != ConnectionState.BROKEN) {
                int rest = toEngine.length() - visible;
                visible += isCrumbling ? Math.min(rest, random.exponential(64)) : rest;
            }
        }
    }
}
