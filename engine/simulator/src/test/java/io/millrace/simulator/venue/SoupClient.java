// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.codec.soupbintcp.LoginRequestEncoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A plain SoupBinTCP client: what it received, packet by packet, from the type byte on. */
final class SoupClient implements AutoCloseable {
    final List<byte[]> packets = new ArrayList<>();
    boolean isClosed;

    private final SocketChannel channel;
    private ByteBuffer input = ByteBuffer.allocate(1 << 16);

    SoupClient(int port) {
        try {
            channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.configureBlocking(false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    SoupClient login(String user, String password, String session, String sequence) {
        byte[] login = new byte[LoginRequestEncoder.BLOCK_LENGTH];
        new LoginRequestEncoder().wrap(new UnsafeBuffer(login), 0)
            .packetLength(login.length - Short.BYTES)
            .packetType((byte) LoginRequestEncoder.TEMPLATE_ID)
            .putUsername(padded(user, 6), 0).putPassword(padded(password, 10), 0)
            .putRequestedSession(padded(session, 10), 0)
            .putRequestedSequenceNumber(padded(sequence, 20), 0);
        return send(login);
    }

    SoupClient login(String session, long sequence) {
        return login("mill", "RACE", session, String.format("%20d", sequence));
    }

    SoupClient send(byte... bytes) {
        try {
            channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            isClosed = true;
        }
        return this;
    }

    SoupClient poll() {
        try {
            while (!isClosed) {
                int length = channel.read(input);
                isClosed = length < 0;
                if (length <= 0) {
                    break;
                }
                takePackets();
            }
        } catch (IOException e) {
            isClosed = true;
        }
        return this;
    }

    /** Payloads of the packets of a type. */
    List<byte[]> ofType(char type) {
        return packets.stream().filter(packet -> packet[0] == type)
            .map(packet -> Arrays.copyOfRange(packet, 1, packet.length)).toList();
    }

    String text(int packet) {
        return new String(packets.get(packet), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void takePackets() {
        input.flip();
        while (input.remaining() >= 2
            && input.remaining() >= 2 + (input.getShort(input.position()) & 0xFFFF)) {
            byte[] packet = new byte[input.getShort() & 0xFFFF];
            input.get(packet);
            packets.add(packet);
        }
        input.compact();
    }

    private static byte[] padded(String text, int length) {
        return String.format("%-" + length + "s", text).getBytes(StandardCharsets.US_ASCII);
    }
}
