// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.SegmentHeaderEncoder;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.SessionStart;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.instrument.Venue;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Malformed, foreign and absurd segments between good ones: those go through unharmed. */
class HostileSegmentsTest {
    private static final int HOSTILE = Boolean.getBoolean("millrace.full") ? 1_000_000 : 100_000;
    private static final int MAX_LENGTH = 300;
    private static final int HEADER = IexTpSegmentEncoder.HEADER_LENGTH;
    private static final int BLOCK = 2 + Long.BYTES;

    private final Random random = new Random(11);
    private final EventLog log = new EventLog().countOnly();
    private final FeedCounters counters = new FeedCounters();
    private final UnsafeBuffer hostile = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private final SegmentHeaderEncoder header = new SegmentHeaderEncoder();
    private long delivered;
    private long sequence = 1;
    private long timeNs;

    @Test
    void shouldDeliverTheGoodOnesWhateverComesBetween() {
        IexTpSession session = new IexTpSession(log.publisher(),
            new FeedChannel(Venue.IEXG, 1, 0), counters,
            new IexTpSubscription(Set.of(MessageProtocol.DEEP_1_0), SessionStart.FIRST_MESSAGE),
            new RecoveryContext(), List.of(),
            (buffer, offset, length, channelSequence, receiveTimeNs) -> {
                assertEquals(channelSequence, buffer.getLong(offset));
                delivered++;
            });
        good(session);
        for (int i = 0; i < HOSTILE; i++) {
            int length = hostile();
            timeNs += 1_000;
            session.onPacket(1 + i % 2, hostile, 0, length, timeNs);
            session.onTime(timeNs);
            if (i % 3 == 0) {
                good(session);
            }
        }
        assertEquals(sequence - 1, delivered);
        assertEquals(List.of(0L, 0L, 0L), List.of(counters.missing(), counters.sessionChanges(),
            log.count()));
        long refused = counters.suspiciousPackets() + counters.foreignPackets();
        for (Malformation kind : Malformation.values()) {
            refused += counters.malformed(kind);
        }
        assertEquals(HOSTILE, refused);
        assertTrue(counters.suspiciousPackets() > HOSTILE / 4);
        assertTrue(counters.foreignPackets() > HOSTILE / 20);
        assertEquals(counters.packets(), refused + counters.lines().line(1).packets()
            + counters.lines().line(2).packets());
        System.out.printf("hostile IEX-TP: %,d refused, %,d good messages delivered; %s%n", HOSTILE,
            delivered, counters);
    }

    private void good(IexTpSession session) {
        UnsafeBuffer segment = new UnsafeBuffer(new byte[200]);
        IexTpSegmentEncoder encoder = new IexTpSegmentEncoder(MessageProtocol.DEEP_1_0, 1, 7)
            .begin(segment, 0, 200, sequence, (sequence - 1) * BLOCK).sendTimeNs(timeNs);
        for (int i = random.nextInt(5); i >= 0; i--) {
            segment.putLong(encoder.claim(Long.BYTES), sequence++);
        }
        session.onPacket(1, segment, 0, encoder.length(), timeNs);
        session.onPacket(2, segment, 0, encoder.length(), timeNs);
    }

    /** Bytes of the hostile segment: noise, wrong lengths, other streams, absurd numbers. */
    private int hostile() {
        random.nextBytes(hostile.byteArray());
        int kind = random.nextInt(8);
        if (kind == 0) {
            return random.nextInt(HEADER);
        }
        if (kind == 1) {
            hostile.putByte(0, (byte) (2 + random.nextInt(250)));
            return HEADER + random.nextInt(MAX_LENGTH - HEADER);
        }
        head(sequence, (sequence - 1) * BLOCK);
        switch (kind) {
            case 2:
                header.payloadLength(1 + random.nextInt(0xFFFF))
                    .messageCount(random.nextInt(0x10000));
                hostile.putShort(HEADER, (short) 0xFFFF);
                return HEADER + random.nextInt(MAX_LENGTH - HEADER);
            case 3:
                header.firstMessageSequenceNumber(Long.MIN_VALUE ^ random.nextLong() >>> 2);
                break;
            case 4:
                header.firstMessageSequenceNumber(sequence + random.nextInt(100))
                    .streamOffset(1L << 50 | random.nextLong() >>> 2);
                break;
            case 5:
                header.sessionId(100 + random.nextInt(Integer.MAX_VALUE - 100));
                break;
            case 6:
                header.channelId(2 + random.nextInt(1_000));
                break;
            default:
                header.firstMessageSequenceNumber(random.nextInt(2)).streamOffset(0)
                    .sessionId(100 + random.nextInt(Integer.MAX_VALUE - 100));
        }
        return HEADER;
    }

    private void head(long first, long streamOffset) {
        header.wrap(hostile, 0).version((short) 1).messageProtocolId(MessageProtocol.DEEP_1_0)
            .channelId(1).sessionId(7).payloadLength(0).messageCount(0)
            .streamOffset(streamOffset).firstMessageSequenceNumber(first);
    }
}
