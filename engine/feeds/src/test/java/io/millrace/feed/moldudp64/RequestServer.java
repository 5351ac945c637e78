// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A small request server on a real socket, for messages from number 1; the test polls it. */
public final class RequestServer implements AutoCloseable {
    private final DatagramChannel channel;
    private final MoldUdp64PacketEncoder encoder;
    private final List<byte[]> messages = new ArrayList<>();
    private final ByteBuffer received = ByteBuffer.allocate(2_000);
    private final UnsafeBuffer answer = new UnsafeBuffer(new byte[1_400]);
    private int requests;

    /** @param session name of the only session it knows */
    public RequestServer(String session) throws IOException {
        encoder = new MoldUdp64PacketEncoder(session);
        channel = DatagramChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
    }

    /** Keeps a message. */
    public void keep(byte[] message) {
        messages.add(message);
    }

    /** Where it listens. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** Requests so far. */
    public int requests() {
        return requests;
    }

    /** Answers what waits. */
    public void poll() throws IOException {
        received.clear();
        for (SocketAddress client = channel.receive(received); client != null;
             client = channel.receive(received.clear())) {
            requests++;
            PacketHeaderDecoder header = new PacketHeaderDecoder().wrap(new UnsafeBuffer(received),
                0, PacketHeaderDecoder.BLOCK_LENGTH, 0);
            int first = (int) header.sequenceNumber();
            encoder.begin(answer, 0, answer.capacity(), first);
            for (int i = first; i < first + header.messageCount() && i <= messages.size(); i++) {
                byte[] message = messages.get(i - 1);
                encoder.append(new UnsafeBuffer(message), 0, message.length);
            }
            if (encoder.count() > 0) {
                channel.send(ByteBuffer.wrap(answer.byteArray(), 0, encoder.length()), client);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
