// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.moldudp64.PacketHeaderDecoder;
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
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExchangeAgentTest {
    private static final int END = 0xFFFF;
    private static final String GROUP = "239.255.26.77";

    private final ByteBuffer memory = ByteBuffer.allocateDirect(2_048);
    private final UnsafeBuffer buffer = new UnsafeBuffer(memory);
    private DatagramChannel receiver;
    private int receivedLength;
    private long nowNs = 1_000_000_000L;

    @BeforeEach
    void join() throws IOException {
        NetworkInterface loopback =
            NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
        receiver = DatagramChannel.open(StandardProtocolFamily.INET);
        receiver.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 22);
        receiver.bind(new InetSocketAddress(InetAddress.getByName(GROUP), 0));
        receiver.join(InetAddress.getByName(GROUP), loopback);
        receiver.configureBlocking(false);
    }

    @AfterEach
    void leave() throws IOException {
        receiver.close();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldDeliverEveryMessageInOrderOverMulticast() throws IOException {
        ExchangeAgent agent = agent(new ExchangeContext().endCount(4));
        agent.onStart();
        NaiveBooks books = new NaiveBooks();
        long expected = 1;
        int heartbeats = 0;
        int ends = 0;
        while (ends < 4) {
            nowNs += 50_000;
            agent.doWork();
            PacketHeaderDecoder packet = receive();
            if (packet == null) {
                continue;
            }
            assertEquals(expected, packet.sequenceNumber());
            heartbeats += packet.messageCount() == 0 ? 1 : 0;
            ends += packet.messageCount() == END ? 1 : 0;
            expected += packet.messageCount() == END ? 0 : packet.messageCount();
            apply(books);
        }
        agent.onClose();
        assertTrue(agent.isDone());
        assertEquals(20_001, expected);
        assertEquals(20_000, agent.messagesSent());
        assertEquals(1, heartbeats);
        assertEquals(books.liveOrders(), agent.flow().books().liveOrders());
        assertEquals(books.checksum(1), agent.flow().books().checksum(1));
        assertEquals(0, agent.unheard());
    }

    @Test
    void shouldSendEachDatagramAtTheTimeItHasInTheFlow() {
        FlowDatagrams twin = new FlowDatagrams(flow(), "TEST");
        ExchangeAgent agent = agent(new ExchangeContext().startDelayNs(1_000));
        agent.onStart();
        assertTrue(twin.next());
        long startNs = nowNs + 1_000;
        long flowStartNs = twin.timeNs();
        for (int i = 0; i < 200; i++) {
            nowNs = startNs + twin.timeNs() - flowStartNs - 1;
            long before = agent.packetsSent();
            agent.doWork();
            assertEquals(before, agent.packetsSent(), "not before its time");
            nowNs++;
            assertEquals(1, agent.doWork());
            assertTrue(twin.next());
        }
        agent.onClose();
        assertEquals(0, agent.lateness().getMaxValue());
    }

    @Test
    void shouldTellTheNextSequenceInEverySecondOfSilence() throws IOException {
        ExchangeAgent agent = agent(new ExchangeContext().startDelayNs(5_000_000_000L));
        agent.onStart();
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < 49; i++) {
            nowNs += 100_000_000L;
            agent.doWork();
        }
        for (PacketHeaderDecoder packet = receive(); packet != null; packet = receive()) {
            assertEquals(0, packet.messageCount());
            sequences.add(packet.sequenceNumber());
        }
        agent.onClose();
        assertEquals(List.of(1L, 1L, 1L, 1L, 1L), sequences);
    }

    @Test
    void shouldRefuseWhatCannotBeSentTo() {
        ExchangeContext context = new ExchangeContext().port(0);
        assertThrows(IllegalArgumentException.class, context::conclude);
        ExchangeContext longName = new ExchangeContext().session("elevenchars");
        assertThrows(IllegalArgumentException.class, longName::conclude);
    }

    private ExchangeAgent agent(ExchangeContext context) {
        try {
            int port = ((InetSocketAddress) receiver.getLocalAddress()).getPort();
            return new ExchangeAgent(flow(), context.group(GROUP).port(port).session("TEST")
                .endIntervalNs(1_000).clock(() -> nowNs));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private PacketHeaderDecoder receive() throws IOException {
        memory.clear();
        if (receiver.receive(memory) == null) {
            return null;
        }
        receivedLength = memory.position();
        return new PacketHeaderDecoder().wrap(buffer, 0, PacketHeaderDecoder.BLOCK_LENGTH, 0);
    }

    private void apply(NaiveBooks books) {
        int block = PacketHeaderDecoder.BLOCK_LENGTH;
        while (block < receivedLength) {
            int length = buffer.getShort(block, BIG_ENDIAN);
            books.onMessage(buffer, block + Short.BYTES, length);
            block += Short.BYTES + length;
        }
    }

    private static OrderFlow flow() {
        return new OrderFlow(new OrderFlowContext().seed(3).symbols(20).liveOrders(500)
            .messages(20_000).compressed(36_000_000_000_000L, 400_000_000L));
    }
}
