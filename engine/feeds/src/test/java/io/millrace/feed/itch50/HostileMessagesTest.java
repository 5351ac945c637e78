// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.SessionStart;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.feed.moldudp64.MoldUdp64Session;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Damage of every kind. Each message stands in a buffer of exactly its length, bounds checks on, so
 * that a read outside it would throw.
 */
class HostileMessagesTest {
    private static final int COUNT = Boolean.getBoolean("millrace.full") ? 1_000_000 : 100_000;

    private final EventLog log = new EventLog();
    private final FeedCounters counters = new FeedCounters();
    private final FeedChannel channel = new FeedChannel(Venue.XNAS, 1, 0);
    private final InstrumentDirectory directory = new InstrumentDirectory(50);
    private final Itch50Decoder decoder = new Itch50Decoder(log.publisher(), channel, counters,
        directory);
    private final SplittableRandom random = new SplittableRandom(42);
    private final List<byte[]> valid = WireMessages.all();

    @Test
    void shouldRunWithBoundsChecks() {
        assertTrue(UnsafeBuffer.SHOULD_BOUNDS_CHECK);
    }

    @Test
    void shouldRefuseEveryMessageCutAtEveryByte() {
        decode(valid.get(0));
        int cuts = 0;
        for (byte[] message : valid) {
            for (int length = 0; length < message.length; length++, cuts++) {
                decode(Arrays.copyOf(message, length));
            }
        }
        assertEquals(1, log.count());
        assertEquals(cuts, counters.malformed(Malformation.SHORT_MESSAGE));
        assertTrue(counters.isBalanced());
    }

    @Test
    void shouldAccountForEveryRandomMessage() {
        log.countOnly();
        for (int i = 0; i < COUNT; i++) {
            decode(damaged());
        }
        assertEquals(COUNT, counters.messages());
        assertTrue(counters.isBalanced(), counters::toString);
        assertTrue(log.count() >= counters.published());
        assertTrue(counters.published() > 0 && counters.malformedMessages() > 0
            && counters.unknownTypes() > 0 && counters.ignored() > 0, counters::toString);
    }

    @Test
    void shouldNeverPublishAnOverflow() {
        for (int i = 0; i < 1_000; i++) {
            decode(WireMessages.mwcbDeclineLevel(random.nextLong()));
            decode(WireMessages.crossTrade(random.nextLong(), 'O'));
            decode(WireMessages.netOrderImbalance(random.nextLong()));
        }
        for (EventView event : log.events()) {
            assertTrue(event.buffer().getLong(event.offset() + 40) >= 0);
        }
        assertTrue(counters.malformed(Malformation.OVERFLOW) > 1_000);
        assertTrue(counters.isBalanced());
    }

    @Test
    void shouldAccountForEveryMessageOfDamagedPackets() {
        log.countOnly();
        MoldUdp64Session session = new MoldUdp64Session(log.publisher(), channel, counters,
            SessionStart.FIRST_PACKET, decoder);
        MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder("X");
        UnsafeBuffer target = new UnsafeBuffer(new byte[1400]);
        long sequence = 1;
        for (int i = 0; i < COUNT / 10; i++) {
            encoder.begin(target, 0, 1400, sequence);
            for (int k = random.nextInt(8); k > 0; k--) {
                byte[] message = random.nextInt(4) == 0 ? damaged()
                    : valid.get(random.nextInt(valid.size()));
                encoder.append(new UnsafeBuffer(message), 0, message.length);
            }
            sequence += encoder.count();
            byte[] packet = packet(target, encoder.length());
            session.onPacket(new UnsafeBuffer(packet), 0, packet.length, i);
        }
        assertEquals(COUNT / 10, counters.packets());
        assertTrue(counters.isBalanced(), counters::toString);
        assertTrue(counters.malformed(Malformation.TRUNCATED_PACKET) > 0);
        assertTrue(counters.malformed(Malformation.SHORT_PACKET) > 0);
    }

    private byte[] packet(UnsafeBuffer target, int length) {
        byte[] packet = new byte[length];
        target.getBytes(0, packet);
        switch (random.nextInt(4)) {
            case 0:
                return Arrays.copyOf(packet, random.nextInt(length));
            case 1:
                packet[random.nextInt(length)] = (byte) random.nextInt();
                return packet;
            default:
                return packet;
        }
    }

    private byte[] damaged() {
        byte[] message = valid.get(random.nextInt(valid.size())).clone();
        switch (random.nextInt(5)) {
            case 0:
                return Arrays.copyOf(message, random.nextInt(message.length + 20));
            case 1:
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                return noise;
            case 2:
                byte[] typed = new byte[message.length];
                random.nextBytes(typed);
                typed[0] = message[0];
                return typed;
            case 3:
                message[2] = (byte) random.nextInt();
                return message;
            default:
                message[random.nextInt(message.length)] = (byte) random.nextInt();
                return message;
        }
    }

    private void decode(byte[] message) {
        decoder.onMessage(new UnsafeBuffer(message), 0, message.length, 1, 0);
    }
}
