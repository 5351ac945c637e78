// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A socket of its own to one request server: connected, so that nobody else is heard and nothing is
 * allocated per datagram. Never blocks. Owned by the ingress thread.
 */
public final class RequestChannel implements RequestLine {
    private static final int CACHE_LINE = 64;
    private static final int MAX_REQUEST_LENGTH = 1_500;

    private final DatagramChannel channel;
    private final EpochNanoClock clock;
    private final InetSocketAddress server;
    private final ByteBuffer memory =
        BufferUtil.allocateDirectAligned(MulticastReceiver.MAX_DATAGRAM_LENGTH, CACHE_LINE);
    private final UnsafeBuffer buffer = new UnsafeBuffer(memory);
    private final ByteBuffer request = ByteBuffer.allocateDirect(MAX_REQUEST_LENGTH);
    private long failures;

    private RequestChannel(DatagramChannel channel, InetSocketAddress server,
                           EpochNanoClock clock) {
        this.channel = channel;
        this.server = server;
        this.clock = clock;
    }

    /**
     * Opens the way to a server.
     *
     * @param clock stamps each answer
     * @throws IOException when the server's name is not known or no route leads there
     */
    public static RequestChannel open(InetSocketAddress server, int receiveBufferLengthBytes,
                                      EpochNanoClock clock) throws IOException {
        if (server.isUnresolved()) {
            throw new IOException("request server '" + server.getHostString() + "' is not known");
        }
        boolean isShort = server.getAddress().getAddress().length == Integer.BYTES;
        DatagramChannel channel = DatagramChannel.open(isShort ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferLengthBytes);
            channel.configureBlocking(false);
            channel.connect(server);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        return new RequestChannel(channel, server, clock);
    }

    @Override
    public boolean send(DirectBuffer source, int offset, int length) {
        request.clear();
        source.getBytes(offset, request, 0, length);
        request.limit(length);
        try {
            return channel.write(request) == length;
        } catch (IOException failure) {
            failures++;
            return false;
        }
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        int count = 0;
        while (count < limit) {
            memory.clear();
            int length = read();
            if (length <= 0) {
                break;
            }
            count++;
            handler.onPacket(buffer, 0, length, clock.nanoTime());
        }
        return count;
    }

    /** Address of the server. */
    public InetSocketAddress server() {
        return server;
    }

    /** Times that the network refused, as when nobody listens on the server's port. */
    public long failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * Length of the datagram read, 0 for none: an empty one says nothing and is passed over as
     * none, for one poll.
     */
    private int read() {
        try {
            return channel.read(memory);
        } catch (IOException failure) {
            failures++;
            return 0;
        }
    }
}
