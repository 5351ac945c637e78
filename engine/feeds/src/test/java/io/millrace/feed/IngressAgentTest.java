// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.event.ChainClock;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.feed.itch50.WireMessages;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngressAgentTest {
    private static final int RING_CAPACITY = 64;
    private static final int PATIENCE = 50_000_000;

    private final FeedCounters counters = new FeedCounters();
    private final FeedChannel channel = new FeedChannel(Venue.SIMA, 3, EventFlag.SIMULATED);
    private final EventRing ring = new EventRing(RING_CAPACITY);
    private final EventReader reader = ring.newGatingReader();
    private final EventPublisher publisher = new EventPublisher(ring, () -> { }, null, 4);
    private final MoldUdp64PacketEncoder packets = new MoldUdp64PacketEncoder("SIM");
    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[1400]);
    private InetAddress group;
    private MulticastReceiver receiver;
    private DatagramChannel sender;
    private IngressAgent agent;
    private long sequence = 1;
    private long timeNs = 1_000_000_000_000L;

    @BeforeEach
    void open() throws IOException {
        group = InetAddress.getByName("239.255.71.2");
        receiver = MulticastReceiver.open(group, 0, "127.0.0.1", 1 << 20, () -> ++timeNs);
        Itch50Decoder decoder = new Itch50Decoder(publisher, channel, counters,
            new InstrumentDirectory(16));
        decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 3, 6)));
        MoldUdp64Session session = new MoldUdp64Session(publisher, channel, counters,
            SessionStart.FIRST_MESSAGE, decoder);
        agent = new IngressAgent(publisher, new ChainClock(publisher, 0), () -> timeNs, 1_000_000,
            List.of(new IngressLine(receiver, session, counters)));
        sender = DatagramChannel.open(StandardProtocolFamily.INET);
        sender.setOption(StandardSocketOptions.IP_MULTICAST_IF,
            NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")));
    }

    @AfterEach
    void close() throws IOException {
        agent.onClose();
        sender.close();
    }

    @Test
    void shouldPublishWhatArrives() throws IOException {
        send(WireMessages.stockDirectory(100));
        send(WireMessages.addOrder(1, 'B', 100, 10_000));
        work(2);
        assertEquals(List.of("1:1:17", "2:2:17"), read());
        assertTrue(counters.isBalanced());
    }

    @Test
    void shouldDiscardWholePacketsWhenTheRingStaysFullAndTellTheGap() throws IOException {
        send(WireMessages.stockDirectory(100));
        work(1);
        int sent = 1;
        while (counters.overflowPackets() == 0 && sent < 2 * RING_CAPACITY) {
            send(WireMessages.orderDelete(sent++));
            work(counters.packets() + 1);
        }
        send(WireMessages.orderDelete(sent++));
        work(counters.packets() + 1);
        assertEquals(2, counters.overflowPackets());
        int published = read().size();
        assertEquals(sent - 2, published);
        send(WireMessages.orderDelete(sent++));
        work(counters.packets() + 1);
        int flags = EventFlag.SIMULATED | EventFlag.MAYBE_BAD | EventFlag.LAST;
        assertEquals(List.of(GapDecoder.TEMPLATE_ID + ":" + (published + 1) + ":" + flags,
            OrderDeletedDecoder.TEMPLATE_ID + ":" + (published + 3) + ":" + flags), read());
        assertEquals(2, counters.missing());
        assertTrue(counters.isBalanced());
    }

    @Test
    void shouldShowItsCountsToOtherThreads() throws IOException {
        send(WireMessages.stockDirectory(100));
        sequence += 2;
        send(WireMessages.orderDelete(1));
        work(2);
        assertEquals(List.of(2L, 2L, 1L), List.of(counters.shownMessages(),
            counters.shownMissing(), counters.shownGaps()));
    }

    @Test
    void shouldMoveTimeOnWhenNothingArrives() throws IOException {
        agent.doWork();
        timeNs += 3_000_000_000L;
        assertEquals(3, agent.doWork(), "three whole seconds, no quiet moment after an event");
        assertEquals(3, read().size());
    }

    @Test
    void shouldCloseItsLines() {
        agent.onClose();
        assertFalse(receiver.isOpen());
    }

    @Test
    void shouldTakeWhatTheSocketsHoldBeforeItCloses() throws IOException {
        send(WireMessages.stockDirectory(100));
        for (int i = 1; i < 40; i++) {
            send(WireMessages.orderDelete(i));
        }
        agent.onClose();
        assertEquals(40, counters.packets());
        assertEquals(40, read().size());
        assertFalse(receiver.isOpen());
    }

    private void send(byte[] message) throws IOException {
        packets.begin(datagram, 0, datagram.capacity(), sequence++);
        packets.append(new UnsafeBuffer(message), 0, message.length);
        sender.send(ByteBuffer.wrap(datagram.byteArray(), 0, packets.length()),
            new InetSocketAddress(group, receiver.port()));
    }

    private void work(long packetCount) throws IOException {
        long wanted = receiver.packets() + 1;
        for (int i = 0; i < PATIENCE && receiver.packets() < wanted; i++) {
            agent.doWork();
        }
        for (int i = 0; i < PATIENCE && counters.packets() < packetCount
            && counters.overflowPackets() == 0; i++) {
            agent.doWork();
        }
    }

    private List<String> read() {
        publisher.commit();
        List<String> events = new ArrayList<>();
        long last = reader.available();
        for (long i = reader.next(); i <= last; i++) {
            EventView event = new EventView().wrap(ring.buffer(), ring.blockOffset(i));
            events.add(event.templateId() + ":" + event.originSequence() + ":" + event.flags());
        }
        reader.release(last);
        return events;
    }
}
