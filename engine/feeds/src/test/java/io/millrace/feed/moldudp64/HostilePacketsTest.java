// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.SessionStart;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.instrument.Venue;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Malformed, foreign and absurd datagrams between good ones: those go through unharmed. */
class HostilePacketsTest {
    private static final int HOSTILE = Boolean.getBoolean("millrace.full") ? 1_000_000 : 100_000;
    private static final int MAX_LENGTH = 300;
    private static final int SEQUENCE_OFFSET = 10;
    private static final int COUNT_OFFSET = 18;

    private final Random random = new Random(11);
    private final EventLog log = new EventLog().countOnly();
    private final FeedCounters counters = new FeedCounters();
    private final UnsafeBuffer hostile = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private long delivered;
    private long sequence = 1;
    private long timeNs;

    @Test
    void shouldDeliverTheGoodOnesWhateverComesBetween() {
        MoldUdp64Session session = new MoldUdp64Session(log.publisher(),
            new FeedChannel(Venue.SIMA, 1, 0), counters, SessionStart.FIRST_MESSAGE,
            new RecoveryContext(), List.of(),
            (buffer, offset, length, channelSequence, receiveTimeNs) -> {
                assertEquals(channelSequence, buffer.getLong(offset));
                delivered++;
            });
        good(session);
        for (int i = 0; i < HOSTILE; i++) {
            int length = hostile(i);
            timeNs += 1_000;
            session.onPacket(1 + i % 2, hostile, 0, length, timeNs);
            session.onTime(timeNs);
            if (i % 3 == 0) {
                good(session);
            }
        }
        session.onEnd();
        assertEquals(sequence - 1, delivered);
        assertEquals(List.of(0L, 0L, 0L), List.of(counters.missing(), counters.sessionChanges(),
            log.count()));
        long refused = counters.suspiciousPackets();
        for (Malformation kind : Malformation.values()) {
            refused += counters.malformed(kind);
        }
        assertEquals(HOSTILE, refused);
        assertEquals(counters.packets(), refused + counters.lines().line(1).packets()
            + counters.lines().line(2).packets());
        System.out.printf("hostile MoldUDP64: %,d refused, %,d good messages delivered; %s%n",
            HOSTILE, delivered, counters);
    }

    private void good(MoldUdp64Session session) {
        UnsafeBuffer packet = new UnsafeBuffer(new byte[200]);
        MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder("S").begin(packet, 0, 200,
            sequence);
        for (int i = random.nextInt(5); i >= 0; i--) {
            packet.putLong(encoder.claim(Long.BYTES), sequence++);
        }
        session.onPacket(1, packet, 0, encoder.length(), timeNs);
        session.onPacket(2, packet, 0, encoder.length(), timeNs);
    }

    /** Length of noise, a wrong count, a foreign session, an absurd number or a likely one. */
    private int hostile(int index) {
        random.nextBytes(hostile.byteArray());
        int kind = random.nextInt(6);
        if (kind == 0) {
            return random.nextInt(20);
        }
        int length = 20 + random.nextInt(MAX_LENGTH - 20);
        if (kind > 1) {
            hostile.putBytes(0, "S         ".getBytes());
        }
        if (kind == 2) {
            hostile.putLong(SEQUENCE_OFFSET, Long.reverseBytes(sequence + random.nextInt(100)));
            hostile.putShort(COUNT_OFFSET, (short) (1 + random.nextInt(65_534)));
            hostile.putShort(20, (short) 0xFFFF);
        } else if (kind == 3) {
            hostile.putLong(SEQUENCE_OFFSET, Long.reverseBytes(Long.MIN_VALUE
                ^ random.nextLong() >>> 2));
            hostile.putShort(COUNT_OFFSET, (short) (random.nextBoolean() ? 0 : 0xFFFF));
        } else if (kind == 4) {
            hostile.putLong(SEQUENCE_OFFSET, random.nextInt(2) - 1);
            hostile.putShort(COUNT_OFFSET, (short) (1 + random.nextInt(3)));
        } else if (kind == 5) {
            long ahead = 2_000L * (1 + index % 400);
            hostile.putLong(SEQUENCE_OFFSET, Long.reverseBytes(sequence + ahead));
            hostile.putShort(COUNT_OFFSET, (short) 0);
        }
        return length;
    }
}
