// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static io.millrace.feed.transport.ConnectionState.BROKEN;
import static io.millrace.feed.transport.ConnectionState.CLOSED;
import static io.millrace.feed.transport.ConnectionState.CONNECTED;
import static io.millrace.feed.transport.ConnectionState.CONNECTING;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A TCP connection that never blocks. Bytes are read into one bounded buffer, and while its handler
 * takes none of a full one nothing is read, so that the server has to wait. The stamp is taken
 * right after the bytes were read; it is this process's, not the kernel's. Nothing is allocated
 * while a connection stands. Owned by the ingress thread.
 */
public final class TcpReceiver implements StreamConnection {
    /** Bytes that are kept for the handler at most. */
    public static final int STREAM_BUFFER_LENGTH = 1 << 18;
    /** Bytes that wait to be sent at most. */
    public static final int SEND_BUFFER_LENGTH = 1 << 12;
    /** Bytes that one poll reads at most, so that other lines get their turn. */
    private static final int READ_LIMIT = 1 << 16;

    private final InetSocketAddress server;
    private final int askedBufferLengthBytes;
    private final EpochNanoClock clock;
    private final String name;
    private final ByteBuffer memory = BufferUtil.allocateDirectAligned(STREAM_BUFFER_LENGTH, 64);
    private final UnsafeBuffer buffer = new UnsafeBuffer(memory);
    private final ByteBuffer sendMemory = BufferUtil.allocateDirectAligned(SEND_BUFFER_LENGTH, 64);
    private final UnsafeBuffer sendBuffer = new UnsafeBuffer(sendMemory);

    private SocketChannel channel;
    private ConnectionState state = CLOSED;
    private String problem = "";
    private int receiveBufferLengthBytes;
    private int sendBufferLengthBytes;
    private int start;
    private int end;
    private int sendStart;
    private int sendEnd;
    private long receiveTimeNs;
    private long bytesReceived;

    /**
     * @param server            resolved, so that no name is asked for on the ingress thread
     * @param bufferLengthBytes asked from the kernel for each direction;
     *                          {@link #receiveBufferLengthBytes()} tells what it gave
     * @param clock             stamps what is read
     */
    public TcpReceiver(InetSocketAddress server, int bufferLengthBytes, EpochNanoClock clock) {
        if (server.isUnresolved()) {
            throw new IllegalArgumentException("no host '" + server.getHostString() + "'");
        }
        this.server = server;
        this.askedBufferLengthBytes = bufferLengthBytes;
        this.clock = clock;
        name = server.getAddress().getHostAddress() + ':' + server.getPort();
    }

    @Override
    public void connect() {
        close();
        start = 0;
        end = 0;
        sendStart = 0;
        sendEnd = 0;
        problem = "";
        try {
            channel = SocketChannel.open();
            configure();
            state = channel.connect(server) ? CONNECTED : CONNECTING;
        } catch (IOException failure) {
            breakOff(failure.getMessage());
        }
    }

    @Override
    public ConnectionState advance() {
        if (state == CONNECTING) {
            try {
                state = channel.finishConnect() ? CONNECTED : CONNECTING;
            } catch (IOException failure) {
                breakOff(failure.getMessage());
            }
        }
        return state;
    }

    @Override
    public int poll(StreamHandler handler) {
        flush();
        int taken = handOn(handler);
        if (taken == StreamHandler.REFUSED) {
            return taken;
        }
        int more = read() ? handOn(handler) : 0;
        if (more == StreamHandler.REFUSED) {
            return more;
        }
        return state == BROKEN && taken + more == 0 ? ENDED : taken + more;
    }

    @Override
    public boolean send(DirectBuffer source, int offset, int length) {
        if (state != CONNECTED || length > SEND_BUFFER_LENGTH - sendEnd) {
            return false;
        }
        sendBuffer.putBytes(sendEnd, source, offset, length);
        sendEnd += length;
        flush();
        return state == CONNECTED;
    }

    @Override
    public ConnectionState state() {
        return state;
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public String name() {
        return name;
    }

    /** Bytes of socket buffer that the kernel gave for reading, once a connection was begun. */
    public int receiveBufferLengthBytes() {
        return receiveBufferLengthBytes;
    }

    /** Bytes of socket buffer that the kernel gave for sending, once a connection was begun. */
    public int sendBufferLengthBytes() {
        return sendBufferLengthBytes;
    }

    /** Bytes that were read on all connections. */
    public long bytesReceived() {
        return bytesReceived;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(channel);
        channel = null;
        state = CLOSED;
    }

    /** The buffers are set before the connection begins, for only then can the window be large. */
    private void configure() throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, askedBufferLengthBytes);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, askedBufferLengthBytes);
        receiveBufferLengthBytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        sendBufferLengthBytes = channel.getOption(StandardSocketOptions.SO_SNDBUF);
    }

    private int handOn(StreamHandler handler) {
        if (start == end) {
            return 0;
        }
        int taken = handler.onStream(buffer, start, end - start, receiveTimeNs);
        if (taken == StreamHandler.REFUSED) {
            return taken;
        }
        start += taken;
        if (start == end) {
            start = 0;
            end = 0;
        }
        return taken;
    }

    private boolean read() {
        makeRoom();
        if (state != CONNECTED || end == STREAM_BUFFER_LENGTH) {
            return false;
        }
        memory.clear().position(end).limit(Math.min(STREAM_BUFFER_LENGTH, end + READ_LIMIT));
        int count = 0;
        try {
            count = channel.read(memory);
        } catch (IOException failure) {
            breakOff(failure.getMessage());
        }
        if (count < 0) {
            breakOff("closed by the server");
        }
        if (count <= 0) {
            return false;
        }
        receiveTimeNs = clock.nanoTime();
        end += count;
        bytesReceived += count;
        return true;
    }

    /** Moves what is left to the front before the end of the buffer would cut a read short. */
    private void makeRoom() {
        if (start > 0 && STREAM_BUFFER_LENGTH - end < READ_LIMIT) {
            buffer.putBytes(0, buffer, start, end - start);
            end -= start;
            start = 0;
        }
    }

    /** What was sent is wiped: it may have been a password. */
    private void flush() {
        if (sendStart == sendEnd || state != CONNECTED) {
            return;
        }
        sendMemory.clear().position(sendStart).limit(sendEnd);
        try {
            channel.write(sendMemory);
        } catch (IOException failure) {
            breakOff(failure.getMessage());
        }
        sendStart = sendMemory.position();
        if (sendStart == sendEnd) {
            sendBuffer.setMemory(0, sendEnd, (byte) 0);
            sendStart = 0;
            sendEnd = 0;
        }
    }

    /** Ends the connection; what was read of it can still be handed on. */
    private void breakOff(String reason) {
        CloseHelper.quietClose(channel);
        channel = null;
        state = BROKEN;
        problem = reason == null ? "broken" : reason;
    }
}
