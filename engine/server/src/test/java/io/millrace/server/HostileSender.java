// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.codec.iextp.SegmentHeaderEncoder;
import io.millrace.codec.moldudp64.PacketHeaderEncoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Listens on multicast lines and sends into them what it heard, made malformed: lengths, counts,
 * sessions, versions, numbers far away, and noise. One thread.
 */
final class HostileSender implements AutoCloseable {
    private static final int MAX_LENGTH = 1_500;
    private static final int BURST = 25;
    private static final long PAUSE_NS = 1_000_000L;
    /** Further than any honest packet is ahead. */
    private static final long FAR = 1L << 40;

    /** One line that is attacked. */
    private record Line(DatagramChannel channel, InetSocketAddress target, boolean isIex) {
    }

    private final List<Line> lines = new ArrayList<>();
    private final Random random = new Random(31);
    private final ByteBuffer memory = ByteBuffer.allocate(MAX_LENGTH);
    private final UnsafeBuffer bytes = new UnsafeBuffer(memory);
    private final PacketHeaderEncoder mold = new PacketHeaderEncoder();
    private final SegmentHeaderEncoder iex = new SegmentHeaderEncoder();

    /** Listens on a line as well. */
    void add(String group, int port, boolean isIex) throws IOException {
        InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(group), port);
        NetworkInterface loopback = NetworkInterface.getByInetAddress(
            InetAddress.getByName("127.0.0.1"));
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)
            .setOption(StandardSocketOptions.SO_REUSEADDR, true)
            .setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback).bind(target);
        channel.join(target.getAddress(), loopback);
        lines.add(new Line(channel, target, isIex));
    }

    /** Sends so many, one line after the other. */
    void send(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Line line = lines.get(i % lines.size());
            int length = hear(line);
            memory.clear().limit(line.isIex ? damageIex(length) : damageMold(length));
            line.channel.send(memory, line.target);
            if (i % BURST == 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Line line : lines) {
            line.channel.close();
        }
    }

    /** Length of a datagram with messages that was heard just now. */
    private int hear(Line line) throws IOException {
        do {
            memory.clear();
            line.channel.receive(memory);
        } while (!hasMessages(line));
        return memory.position();
    }

    private boolean hasMessages(Line line) {
        int header = line.isIex ? SegmentHeaderEncoder.BLOCK_LENGTH
            : PacketHeaderEncoder.BLOCK_LENGTH;
        return memory.position() > header + 2;
    }

    private int damageMold(int length) {
        mold.wrap(bytes, 0);
        switch (random.nextInt(6)) {
            case 0:
                return noise();
            case 1:
                return 1 + random.nextInt(length - 1);
            case 2:
                mold.messageCount(1_000 + random.nextInt(60_000));
                return length;
            case 3:
                bytes.putLong(0, random.nextLong());
                return length;
            case 4:
                bytes.putShort(PacketHeaderEncoder.BLOCK_LENGTH, (short) -1);
                return length;
            default:
                mold.sequenceNumber(FAR | random.nextLong());
                return length;
        }
    }

    private int damageIex(int length) {
        iex.wrap(bytes, 0);
        switch (random.nextInt(8)) {
            case 0:
                return noise();
            case 1:
                return 1 + random.nextInt(length - 1);
            case 2:
                iex.messageCount(1_000 + random.nextInt(60_000));
                return length;
            case 3:
                iex.payloadLength(length + random.nextInt(1_000));
                return length;
            case 4:
                iex.version((short) (2 + random.nextInt(200)));
                return length;
            case 5:
                iex.sessionId(random.nextInt(Integer.MAX_VALUE));
                return length;
            case 6:
                iex.channelId(1_000 + random.nextInt(1_000));
                return length;
            default:
                iex.firstMessageSequenceNumber(FAR | random.nextLong());
                return length;
        }
    }

    private int noise() {
        random.nextBytes(memory.array());
        return random.nextInt(MAX_LENGTH);
    }
}
