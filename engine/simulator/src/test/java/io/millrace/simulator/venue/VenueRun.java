// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.codec.moldudp64.MessageBlockDecoder;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.simulator.FlowDatagrams;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.OrderFlowContext;
import io.millrace.simulator.wire.ImpairmentContext;
import io.millrace.simulator.wire.LineContext;
import io.millrace.simulator.wire.LineCount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A venue whose lines are listened to over loopback, driven by a clock that tests set. */
final class VenueRun implements AutoCloseable {
    static final int END = 0xFFFF;
    static final int HEADER = PacketHeaderDecoder.BLOCK_LENGTH;
    static final long MS = 1_000_000L;
    static final int MESSAGES = 20_000;
    static final int SYMBOLS = 20;

    private static final String GROUP = "239.255.26.";
    private static final int FIRST_GROUP = 81;
    private static final int PATIENCE = 100_000;

    final List<List<byte[]>> received = new ArrayList<>();
    final VenueContext context = new VenueContext().mic("SIMB").session("TEST").flow(day());
    final PacingContext pacing = new PacingContext().ends(4, 1_000).clock(this::nowNs);
    VenueAgent agent;

    private final List<DatagramChannel> receivers = new ArrayList<>();
    private final ByteBuffer memory = ByteBuffer.allocate(2_048);
    private long nowNs = 1_000_000_000L;

    /** A venue with one line for each set of impairments. */
    VenueRun(ImpairmentContext... lines) {
        context.pacing(pacing);
        for (ImpairmentContext impairments : lines) {
            String group = GROUP + (FIRST_GROUP + receivers.size());
            DatagramChannel receiver = join(group);
            receivers.add(receiver);
            received.add(new ArrayList<>());
            context.line(new LineContext().group(group).port(port(receiver))
                .impairments(impairments));
        }
    }

    static OrderFlowContext day() {
        return new OrderFlowContext().seed(3).symbols(SYMBOLS).liveOrders(500)
            .messages(MESSAGES).compressed(36_000_000_000_000L, 400 * MS);
    }

    /** The datagrams with messages that a venue without bursts and restarts sends. */
    static List<byte[]> flow() {
        List<byte[]> all = new ArrayList<>();
        FlowDatagrams datagrams = new FlowDatagrams(new OrderFlow(day()), "TEST");
        while (datagrams.next()) {
            byte[] bytes = new byte[datagrams.length()];
            datagrams.buffer().getBytes(0, bytes);
            all.add(bytes);
        }
        return all;
    }

    VenueRun start() {
        agent = new VenueAgent(context);
        agent.onStart();
        receive();
        return this;
    }

    long nowNs() {
        return nowNs;
    }

    void step(long ns) {
        nowNs += ns;
        agent.doWork();
        receive();
    }

    VenueRun toEnd() {
        while (!agent.isDone()) {
            step(20_000);
        }
        for (int line = 0; line < receivers.size(); line++) {
            for (int i = 0; i < PATIENCE && received.get(line).size()
                < agent.line(line).of(LineCount.WRITTEN); i++) {
                receive();
            }
        }
        return this;
    }

    /** The datagrams with messages that a line brought. */
    List<byte[]> data(int line) {
        return received.get(line).stream().filter(VenueRun::hasMessages).toList();
    }

    static boolean hasMessages(byte[] datagram) {
        return count(datagram) != 0 && count(datagram) != END;
    }

    static int count(byte[] datagram) {
        return header(datagram).messageCount();
    }

    static long sequence(byte[] datagram) {
        return header(datagram).sequenceNumber();
    }

    static String session(byte[] datagram) {
        return header(datagram).session();
    }

    /** The messages of a datagram. */
    static List<byte[]> messages(byte[] datagram) {
        UnsafeBuffer buffer = new UnsafeBuffer(datagram);
        MessageBlockDecoder block = new MessageBlockDecoder();
        List<byte[]> all = new ArrayList<>();
        int offset = HEADER;
        for (int i = 0; i < count(datagram); i++) {
            block.wrap(buffer, offset, MessageBlockDecoder.BLOCK_LENGTH, 0);
            int message = offset + MessageBlockDecoder.BLOCK_LENGTH;
            offset = message + block.messageLength();
            all.add(Arrays.copyOfRange(datagram, message, offset));
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        if (agent != null) {
            agent.onClose();
        }
        for (DatagramChannel receiver : receivers) {
            receiver.close();
        }
    }

    private void receive() {
        try {
            for (int line = 0; line < receivers.size(); line++) {
                memory.clear();
                while (receivers.get(line).receive(memory) != null) {
                    received.get(line).add(Arrays.copyOf(memory.array(), memory.position()));
                    memory.clear();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static PacketHeaderDecoder header(byte[] datagram) {
        return new PacketHeaderDecoder().wrap(new UnsafeBuffer(datagram), 0, HEADER, 0);
    }

    private static DatagramChannel join(String group) {
        try {
            NetworkInterface loopback =
                NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 22);
            channel.bind(new InetSocketAddress(InetAddress.getByName(group), 0));
            channel.join(InetAddress.getByName(group), loopback);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int port(DatagramChannel channel) {
        try {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
