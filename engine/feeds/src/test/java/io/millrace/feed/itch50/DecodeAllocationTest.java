// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class DecodeAllocationTest {
    private static final int PACKETS = Boolean.getBoolean("millrace.full") ? 500_000 : 50_000;

    private final EventRing ring = new EventRing(1 << 14);
    private final EventReader reader = ring.newGatingReader();
    private final EventPublisher publisher = new EventPublisher(ring,
        () -> reader.release(reader.available()), null, 4);
    private final FeedCounters counters = new FeedCounters();
    private final FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[1400]);
    private final MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder("S");
    private long sequence = 1;

    @Test
    void shouldAllocateNothingFromPacketToEvent() {
        Itch50Decoder decoder = new Itch50Decoder(publisher, channel, counters,
            new InstrumentDirectory(10));
        decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 3, 6)));
        MoldUdp64Session session = new MoldUdp64Session(publisher, channel, counters,
            SessionStart.FIRST_MESSAGE, decoder);
        UnsafeBuffer[] messages = WireMessages.all().stream().map(UnsafeBuffer::new)
            .toArray(UnsafeBuffer[]::new);
        run(session, messages, PACKETS / 10);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(session, messages, PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals((PACKETS + PACKETS / 10) * 23L, counters.published());
        assertTrue(allocated < PACKETS * 23L / 100, allocated + " bytes");
    }

    private void run(MoldUdp64Session session, UnsafeBuffer[] messages, int count) {
        for (int i = 0; i < count; i++) {
            encoder.begin(packet, 0, packet.capacity(), sequence);
            for (UnsafeBuffer message : messages) {
                encoder.append(message, 0, message.capacity());
            }
            sequence += encoder.count();
            session.onPacket(packet, 0, encoder.length(), i);
        }
    }
}
