// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.VenueDecoder;
import io.millrace.feed.deep.DeepDecoder;
import io.millrace.feed.iextp.IexTpSegmentEncoder;
import io.millrace.feed.iextp.IexTpSession;
import io.millrace.feed.tops.TopsDecoder;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IexAllocationTest {
    private static final int SEGMENTS = Boolean.getBoolean("millrace.full") ? 500_000 : 50_000;

    private final EventRing ring = new EventRing(1 << 14);
    private final EventReader reader = ring.newGatingReader();
    private final EventPublisher publisher = new EventPublisher(ring,
        () -> reader.release(reader.available()), null, 4);
    private final FeedCounters counters = new FeedCounters();
    private final FeedChannel channel = new FeedChannel(Venue.IEXG, 1, 0);
    private final UnsafeBuffer segment = new UnsafeBuffer(new byte[1400]);
    private long sequence = 1;
    private long streamOffset;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAllocateNothingFromSegmentToEvent(boolean isDeep) {
        InstrumentDirectory directory = new InstrumentDirectory(10);
        VenueDecoder decoder = isDeep
            ? new DeepDecoder(publisher, channel, counters, directory)
            : new TopsDecoder(publisher, channel, counters, directory);
        decoder.tradingDate(TradingDate.of(LocalDate.of(2023, 11, 14)));
        IexTpSession session = new IexTpSession(publisher, channel, counters,
            SessionStart.FIRST_MESSAGE,
            isDeep ? DeepDecoder.PROTOCOLS : TopsDecoder.PROTOCOLS, decoder);
        IexTpSegmentEncoder encoder = new IexTpSegmentEncoder(
            isDeep ? MessageProtocol.DEEP_1_0 : MessageProtocol.TOPS_1_5, 1, 7);
        List<byte[]> all = isDeep ? IexMessages.deep() : IexMessages.tops();
        UnsafeBuffer[] messages = all.stream().map(UnsafeBuffer::new).toArray(UnsafeBuffer[]::new);
        run(session, encoder, messages, SEGMENTS / 10);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(session, encoder, messages, SEGMENTS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        long count = (SEGMENTS + SEGMENTS / 10) * (long) messages.length;
        assertEquals(count, counters.published());
        assertTrue(allocated < count / 100, allocated + " bytes");
    }

    private void run(IexTpSession session, IexTpSegmentEncoder encoder, UnsafeBuffer[] messages,
                     int count) {
        for (int i = 0; i < count; i++) {
            encoder.begin(segment, 0, segment.capacity(), sequence, streamOffset).sendTimeNs(i);
            for (UnsafeBuffer message : messages) {
                encoder.append(message, 0, message.capacity());
            }
            sequence += encoder.count();
            streamOffset += encoder.payloadLength();
            session.onPacket(segment, 0, encoder.length(), i);
        }
    }
}
