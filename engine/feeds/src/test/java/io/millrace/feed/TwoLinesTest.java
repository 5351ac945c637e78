// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.GapDecoder;
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
import io.millrace.feed.moldudp64.RequestServer;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.feed.transport.RequestChannel;
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
import java.util.Random;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two lines, two request servers and one engine side on real sockets of the loopback. */
class TwoLinesTest {
    private static final int PATIENCE = 2_000_000;
    /** Fewer than a line is polled for, so that line A is read ahead of line B. */
    private static final int MESSAGES_PER_DUTY = 8;
    private static final String LOOPBACK = "127.0.0.1";

    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final FeedCounters counters = new FeedCounters();
    private final FeedChannel channel = new FeedChannel(Venue.SIMA, 3, EventFlag.SIMULATED);
    private final EventRing ring = new EventRing(1 << 10);
    private final EventReader reader = ring.newGatingReader();
    private final EventPublisher publisher = new EventPublisher(ring, this::read, null, 4);
    private final List<String> events = new ArrayList<>();
    private final MoldUdp64PacketEncoder packets = new MoldUdp64PacketEncoder("SIM");
    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[1_400]);
    private RequestServer silent;
    private RequestServer server;
    private MulticastReceiver[] receivers;
    private InetAddress[] groups;
    private DatagramChannel sender;
    private MoldUdp64Session session;
    private IngressAgent agent;
    private long sequence = 1;
    private boolean isServed = true;

    @BeforeEach
    void open() throws IOException {
        silent = new RequestServer("SIM");
        server = new RequestServer("SIM");
        groups = new InetAddress[] {InetAddress.getByName("239.255.71.11"),
            InetAddress.getByName("239.255.71.12")};
        receivers = new MulticastReceiver[] {
            MulticastReceiver.open(groups[0], 0, LOOPBACK, 1 << 20, clock),
            MulticastReceiver.open(groups[1], 0, LOOPBACK, InetAddress.getByName(LOOPBACK),
                1 << 20, clock)};
        Itch50Decoder decoder = new Itch50Decoder(publisher, channel, counters,
            new InstrumentDirectory(16));
        decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 3, 6)));
        RecoveryContext recovery = new RecoveryContext().reorderWindowNs(1_000_000)
            .requestTimeoutNs(5_000_000, 10_000_000).requestAttempts(4);
        session = new MoldUdp64Session(publisher, channel, counters, SessionStart.FIRST_MESSAGE,
            recovery, List.of(RequestChannel.open(silent.address(), 1 << 18, clock),
            RequestChannel.open(server.address(), 1 << 18, clock)), decoder);
        agent = new IngressAgent(publisher, new ChainClock(publisher, 0), clock, 1_000_000,
            List.of(new IngressLine(1, receivers[0], session, counters),
            new IngressLine(2, receivers[1], session, counters)));
        sender = DatagramChannel.open(StandardProtocolFamily.INET);
        sender.setOption(StandardSocketOptions.IP_MULTICAST_IF,
            NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK)));
    }

    @AfterEach
    void close() throws IOException {
        agent.onClose();
        sender.close();
        silent.close();
        server.close();
    }

    @Test
    void shouldHealWhatOneLineOrBothLost() throws IOException {
        Random random = new Random(1);
        message(WireMessages.stockDirectory(100), true, true);
        for (int i = 1; i < 400; i++) {
            boolean isOnA = random.nextInt(10) > 0;
            boolean isOnB = random.nextInt(10) > 0;
            message(WireMessages.orderDelete(i), isOnA, isOnB);
        }
        heartbeats();
        workUntilWhole();
        assertEquals(400, events.stream().filter(event -> !event.startsWith("gap")).count());
        List<String> gaps = events.stream().filter(event -> event.startsWith("gap")).toList();
        assertEquals(session.recovery().opened() * 2, gaps.size());
        assertEquals(0, gaps.stream().filter(gap -> gap.endsWith("LOST")).count());
        assertTrue(session.recovery().healedByLine() > 10, session.recovery().toString());
        assertTrue(session.recovery().healedByRequest() > 0, session.recovery().toString());
        assertTrue(server.requests() > 0);
        assertTrue(counters.lines().line(1).lost() > 10);
        assertTrue(counters.lines().line(2).lost() > 10);
    }

    @Test
    void shouldDeclareLostWhatNobodyHas() throws IOException {
        message(WireMessages.stockDirectory(100), true, true);
        sequence += 3;
        message(WireMessages.orderDelete(1), true, false);
        heartbeats();
        isServed = false;
        workUntilWhole();
        assertEquals(List.of("gapOPEN", "gapLOST"), events.subList(1, 3));
        assertEquals(4, events.size());
        assertEquals(3, counters.missing());
    }

    private void message(byte[] message, boolean isOnA, boolean isOnB) throws IOException {
        packets.begin(datagram, 0, datagram.capacity(), sequence++);
        packets.append(new UnsafeBuffer(message), 0, message.length);
        server.keep(message);
        if (isOnA) {
            send(0);
        }
        if (isOnB) {
            send(1);
        }
        if (sequence % MESSAGES_PER_DUTY == 0) {
            agent.doWork();
        }
    }

    private void heartbeats() throws IOException {
        packets.begin(datagram, 0, datagram.capacity(), sequence);
        send(0);
        send(1);
    }

    private void send(int line) throws IOException {
        sender.send(ByteBuffer.wrap(datagram.byteArray(), 0, packets.length()),
            new InetSocketAddress(groups[line], receivers[line].port()));
    }

    private void workUntilWhole() throws IOException {
        for (int i = 0; i < PATIENCE && session.expectedSequence() < sequence; i++) {
            agent.doWork();
            if (isServed) {
                server.poll();
            }
        }
        assertEquals(sequence, session.expectedSequence());
        read();
    }

    private void read() {
        publisher.commit();
        long last = reader.available();
        for (long i = reader.next(); i <= last; i++) {
            EventView event = new EventView().wrap(ring.buffer(), ring.blockOffset(i));
            if (event.templateId() == GapDecoder.TEMPLATE_ID) {
                events.add("gap" + new GapDecoder().wrap(event.buffer(), event.offset(),
                    GapDecoder.BLOCK_LENGTH, 0).state());
            } else if (event.originSequence() > 0) {
                events.add(Integer.toString(event.templateId()));
            }
        }
        reader.release(last);
    }
}
