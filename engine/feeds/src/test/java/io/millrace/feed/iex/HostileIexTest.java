// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.event.EventView;
import io.millrace.feed.Malformation;
import io.millrace.feed.SessionStart;
import io.millrace.feed.deep.DeepDecoder;
import io.millrace.feed.iextp.IexTpSegmentEncoder;
import io.millrace.feed.iextp.IexTpSession;
import io.millrace.feed.tops.TopsDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage of every kind, to both protocols. Each message stands in a buffer of exactly its length,
 * bounds checks on, so that a read outside it would throw.
 */
class HostileIexTest {
    private static final int COUNT = Boolean.getBoolean("millrace.full") ? 1_000_000 : 100_000;

    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void shouldRunWithBoundsChecks() {
        assertTrue(UnsafeBuffer.SHOULD_BOUNDS_CHECK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseEveryMessageCutAtEveryByte(boolean isDeep) {
        DecoderBench bench = bench(isDeep);
        int cuts = 0;
        for (byte[] message : valid(isDeep)) {
            for (int length = 0; length < message.length; length++, cuts++) {
                bench.decode(Arrays.copyOf(message, length));
            }
        }
        assertEquals(0, bench.log.count());
        assertEquals(cuts, bench.counters.malformed(Malformation.SHORT_MESSAGE));
        assertTrue(cuts > 350);
        assertTrue(bench.counters.isBalanced());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAccountForEveryRandomMessage(boolean isDeep) {
        DecoderBench bench = bench(isDeep);
        bench.log.countOnly();
        for (int i = 0; i < COUNT; i++) {
            bench.decode(damaged(valid(isDeep)));
        }
        assertEquals(COUNT, bench.counters.messages());
        assertTrue(bench.counters.isBalanced(), bench.counters::toString);
        assertTrue(bench.log.count() >= bench.counters.published());
        assertTrue(bench.counters.published() > 0 && bench.counters.malformedMessages() > 0
            && bench.counters.unknownTypes() > 0 && bench.counters.ignored() > 0,
            bench.counters::toString);
    }

    @Test
    void shouldNeverPublishAnOverflow() {
        DecoderBench bench = bench(true);
        bench.decode(IexMessages.securityDirectory(0, 0));
        for (int i = 0; i < 1_000; i++) {
            bench.decode(IexMessages.buyUpdate(1, random.nextLong(), 1),
                IexMessages.tradeReport(0, 1, random.nextLong()));
        }
        for (EventView event : bench.log.events()) {
            assertTrue(event.templateId() == 1
                || event.buffer().getLong(event.offset() + 40) >= 0);
        }
        assertTrue(bench.counters.malformed(Malformation.OVERFLOW) > 1_000);
        assertTrue(bench.counters.isBalanced());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAccountForEveryMessageOfDamagedSegments(boolean isDeep) {
        DecoderBench bench = bench(isDeep);
        bench.log.countOnly();
        IexTpSession session = new IexTpSession(bench.log.publisher(), bench.channel,
            bench.counters, SessionStart.FIRST_PACKET,
            isDeep ? DeepDecoder.PROTOCOLS : TopsDecoder.PROTOCOLS, bench.decoder);
        IexTpSegmentEncoder encoder = new IexTpSegmentEncoder(
            isDeep ? MessageProtocol.DEEP_1_0 : MessageProtocol.TOPS_1_6, 1, 7);
        UnsafeBuffer target = new UnsafeBuffer(new byte[1400]);
        long sequence = 1;
        long streamOffset = 0;
        for (int i = 0; i < COUNT / 10; i++) {
            encoder.begin(target, 0, 1400, sequence, streamOffset);
            for (int k = random.nextInt(8); k > 0; k--) {
                byte[] message = random.nextInt(4) == 0 ? damaged(valid(isDeep))
                    : valid(isDeep).get(random.nextInt(valid(isDeep).size()));
                encoder.append(new UnsafeBuffer(message), 0, message.length);
            }
            sequence += encoder.count();
            streamOffset += encoder.payloadLength();
            byte[] segment = segment(target, encoder.length());
            session.onPacket(new UnsafeBuffer(segment), 0, segment.length, i);
        }
        assertEquals(COUNT / 10, bench.counters.packets());
        assertTrue(bench.counters.isBalanced(), bench.counters::toString);
        assertTrue(bench.counters.malformed(Malformation.TRUNCATED_PACKET) > 0);
        assertTrue(bench.counters.malformed(Malformation.SHORT_PACKET) > 0);
        assertTrue(bench.counters.malformed(Malformation.BAD_LENGTH) > 0);
        assertTrue(bench.counters.suspiciousPackets() > 0 && bench.counters.foreignPackets() > 0);
        assertTrue(bench.counters.published() > COUNT / 10, bench.counters::toString);
    }

    private byte[] segment(UnsafeBuffer target, int length) {
        byte[] segment = new byte[length];
        target.getBytes(0, segment);
        switch (random.nextInt(6)) {
            case 0:
                return Arrays.copyOf(segment, random.nextInt(length));
            case 1:
                segment[random.nextInt(length)] = (byte) random.nextInt();
                return segment;
            case 2:
                segment[random.nextInt(IexTpSegmentEncoder.HEADER_LENGTH)] =
                    (byte) random.nextInt();
                return segment;
            default:
                return segment;
        }
    }

    private byte[] damaged(List<byte[]> valid) {
        byte[] message = valid.get(random.nextInt(valid.size())).clone();
        switch (random.nextInt(5)) {
            case 0:
                return Arrays.copyOf(message, random.nextInt(message.length + 20));
            case 1:
                byte[] noise = new byte[random.nextInt(96)];
                random.nextBytes(noise);
                return noise;
            case 2:
                byte[] typed = new byte[message.length];
                random.nextBytes(typed);
                typed[0] = message[0];
                return typed;
            case 3:
                message[Math.min(message.length - 1, 10)] = (byte) ('A' + random.nextInt(26));
                return message;
            default:
                return message;
        }
    }

    private static DecoderBench bench(boolean isDeep) {
        return isDeep ? DecoderBench.deep() : DecoderBench.tops();
    }

    private static List<byte[]> valid(boolean isDeep) {
        return isDeep ? IexMessages.deep() : IexMessages.tops();
    }
}
