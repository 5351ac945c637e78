// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.SessionStart;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.instrument.Venue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MoldUdp64SessionTest {
    private final EventLog log = new EventLog();
    private final FeedCounters counters = new FeedCounters();
    private final FeedChannel channel = new FeedChannel(Venue.XNAS, 5, EventFlag.SIMULATED);
    private final List<String> delivered = new ArrayList<>();
    private final UnsafeBuffer target = new UnsafeBuffer(new byte[1400]);
    private MoldUdp64Session session = session(SessionStart.FIRST_MESSAGE);

    @Test
    void shouldDeliverInSequence() {
        data("A", 1, "a", "b");
        data("A", 3, "c");
        assertEquals(List.of("1a", "2b", "3c"), delivered);
        assertEquals(4, session.expectedSequence());
        assertEquals(0, log.count());
    }

    @Test
    void shouldDropDuplicatesAndDeliverTheRestOfAnOverlap() {
        data("A", 1, "a", "b");
        data("A", 1, "a", "b");
        data("A", 2, "b", "c");
        data("A", 1, "a");
        assertEquals(List.of("1a", "2b", "3c"), delivered);
        assertEquals(4, counters.duplicates());
        assertEquals(0, counters.gaps());
    }

    @Test
    void shouldDeclareAGapLostAndDeliverOnMarked() {
        data("A", 1, "a");
        assertEquals(EventFlag.SIMULATED, channel.flags());
        data("A", 5, "e");
        assertEquals(List.of("1a", "5e"), delivered);
        assertEquals(EventFlag.SIMULATED | EventFlag.MAYBE_BAD, channel.flags());
        assertEquals(List.of("2-5"), gaps());
        assertEquals(3, counters.missing());
    }

    @Test
    void shouldDeclareWhatCameBeforeALateJoin() {
        data("A", 4, "d");
        assertEquals(List.of("1-4"), gaps());
        assertEquals(List.of("4d"), delivered);
    }

    @Test
    void shouldBeginWithTheFirstPacketWhenAsked() {
        session = session(SessionStart.FIRST_PACKET);
        data("A", 4, "d");
        data("A", 5, "e");
        assertEquals(List.of("4d", "5e"), delivered);
        assertEquals(0, log.count());
    }

    @Test
    void shouldSeeTailLossInAHeartbeat() {
        data("A", 1, "a");
        data("A", 2);
        assertEquals(0, counters.gaps());
        data("A", 4);
        assertEquals(List.of("2-4"), gaps());
        assertEquals(4, session.expectedSequence());
        assertEquals(2, counters.heartbeats());
    }

    @Test
    void shouldEndWithTheSession() {
        data("A", 1, "a");
        assertFalse(session.hasEnded());
        send(encoder("A", 3).endOfSession());
        assertTrue(session.hasEnded());
        assertEquals(List.of("2-3"), gaps());
        assertEquals(1, counters.endsOfSession());
        assertEquals(0, counters.heartbeats());
    }

    @Test
    void shouldBeginAnewWhenTheSessionChanges() {
        data("A", 1, "a");
        data("A", 3, "c");
        data("B", 1, "x");
        data("B", 2, "y");
        assertEquals(List.of("1a", "3c", "changed", "1x", "2y"), delivered);
        assertEquals(EventFlag.SIMULATED, channel.flags());
        List<EventView> events = log.events();
        SessionEventDecoder changed = new SessionEventDecoder().wrap(events.get(1).buffer(),
            events.get(1).offset(), SessionEventDecoder.BLOCK_LENGTH, 0);
        assertEquals(SessionEventKind.SESSION_CHANGED, changed.kind());
        assertEquals("B         ", changed.session());
        BookClearedDecoder cleared = new BookClearedDecoder().wrap(events.get(2).buffer(),
            events.get(2).offset(), BookClearedDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(ClearReason.SESSION_CHANGE, 1L),
            List.of(cleared.reason(), cleared.nextChannelSequence()));
        assertEquals(1, counters.sessionChanges());
    }

    @Test
    void shouldNotBelieveOnePacketOfAnotherSession() {
        data("A", 1, "a");
        data("B", 1, "x");
        data("A", 2, "b");
        data("C", 7, "y");
        data("B", 2, "x");
        data("A", 3, "c");
        assertEquals(List.of("1a", "2b", "3c"), delivered);
        assertEquals(List.of(0L, 3L), List.of(counters.sessionChanges(),
            counters.suspiciousPackets()));
    }

    @Test
    void shouldCompareSessionsRaw() {
        data("A", 1, "a");
        data(" A", 1, "b");
        data(" A", 2, "c");
        assertEquals(List.of("1a", "changed", "1b", "2c"), delivered);
    }

    @Test
    void shouldCountOnWithEmptyMessages() {
        data("A", 1, "a", "", "c");
        assertEquals(List.of("1a", "3c"), delivered);
        assertEquals(4, session.expectedSequence());
        assertEquals(1, counters.emptyMessages());
    }

    @Test
    void shouldRefuseAPacketCutAtAnyByte() {
        byte[] packet = packet(encoder("A", 1, "abc", "de"));
        for (int length = 0; length < packet.length; length++) {
            byte[] cut = Arrays.copyOf(packet, length);
            session.onPacket(new UnsafeBuffer(cut), 0, length, 0);
        }
        assertEquals(List.of(), delivered);
        assertEquals(20, counters.malformed(Malformation.SHORT_PACKET));
        assertEquals(packet.length - 20, counters.malformed(Malformation.TRUNCATED_PACKET));
        session.onPacket(new UnsafeBuffer(packet), 0, packet.length, 0);
        assertEquals(List.of("1abc", "2de"), delivered);
    }

    @Test
    void shouldIgnoreBytesBehindTheLastBlock() {
        byte[] packet = Arrays.copyOf(packet(encoder("A", 1, "a")), 40);
        session.onPacket(new UnsafeBuffer(packet), 0, packet.length, 0);
        assertEquals(List.of("1a"), delivered);
        assertEquals(17, counters.strayBytes());
    }

    @Test
    void shouldRefuseNumbersThatAreNone() {
        data("A", 0, "a");
        data("A", -1, "a");
        assertEquals(2, counters.malformed(Malformation.BAD_SEQUENCE));
        assertEquals(List.of(), delivered);
    }

    @Test
    void shouldGoOnAcrossTheSignOfALong() {
        session = session(SessionStart.FIRST_PACKET);
        data("A", Long.MAX_VALUE - 1, "a", "b", "c");
        data("A", Long.MAX_VALUE, "b", "c", "d");
        data("A", Long.MIN_VALUE + 3, "f");
        assertEquals(List.of((Long.MAX_VALUE - 1) + "a", Long.MAX_VALUE + "b", Long.MIN_VALUE + "c",
            (Long.MIN_VALUE + 1) + "d", (Long.MIN_VALUE + 3) + "f"), delivered);
        assertEquals(1, counters.missing());
        assertEquals(2, counters.duplicates());
    }

    @Test
    void shouldCountAHugeGapWithoutOverflow() {
        data("A", 1, "a");
        data("A", -11, "z");
        data("A", -10, "z");
        data("A", -5, "z");
        assertEquals(2, counters.gaps());
        assertEquals(Long.MAX_VALUE, counters.missing());
    }

    @Test
    void shouldNotBelieveOnePacketThatIsAbsurdlyFarAhead() {
        data("A", 1, "a");
        data("A", 1L << 40, "z");
        data("A", 2, "b");
        data("A", 1L << 50);
        data("A", 3, "c");
        send(encoder("A", -1).endOfSession());
        data("A", 4, "d");
        assertEquals(List.of("1a", "2b", "3c", "4d"), delivered);
        assertEquals(0, log.count());
        assertEquals(3, counters.suspiciousPackets());
        assertEquals(List.of(0L, 0L, 0L), List.of(counters.gaps(), counters.duplicates(),
            counters.heartbeats()));
        assertFalse(session.hasEnded());
    }

    @Test
    void shouldBelieveAGreatJumpThatASecondPacketGoesOnFrom() {
        data("A", 1, "a");
        data("A", 5_000_000, "x");
        data("A", 5_000_001, "y");
        data("A", 5_000_002, "z");
        assertEquals(List.of("1a", "5000000x", "5000001y", "5000002z"), delivered);
        assertEquals(List.of("2-5000000"), gaps());
        assertEquals(1, counters.suspiciousPackets());
    }

    @Test
    void shouldBelieveHeartbeatsThatRepeatAGreatJump() {
        data("A", 1, "a");
        data("A", 5_000_000);
        data("A", 5_000_000);
        assertEquals(List.of("2-5000000"), gaps());
    }

    @Test
    void shouldSuspectAnewWhenPacketsContradictOneAnother() {
        data("A", 1, "a");
        data("A", 1L << 40, "x");
        data("A", 1L << 50, "y");
        data("A", 2, "b");
        data("A", (1L << 50) + 1, "z");
        assertEquals(List.of("1a", "2b"), delivered);
        assertEquals(3, counters.suspiciousPackets());
    }

    @Test
    void shouldBelieveTheLongestJumpOfOnePacket() {
        data("A", 1, "a");
        data("A", 2 + MoldUdp64Doubt.MAX_BELIEVED_JUMP, "z");
        assertEquals(1, counters.gaps());
        data("A", 4 + 2 * MoldUdp64Doubt.MAX_BELIEVED_JUMP, "z");
        assertEquals(1, counters.suspiciousPackets());
    }

    @Test
    void shouldNumberAGreatPacketWithoutSign() {
        UnsafeBuffer great = new UnsafeBuffer(new byte[20 + 2 * 40_000]);
        MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder("A").begin(great, 0,
            great.capacity(), 1);
        for (int i = 0; i < 40_000; i++) {
            encoder.append(great, 0, 0);
        }
        session.onPacket(great, 0, encoder.length(), 0);
        assertEquals(40_001, session.expectedSequence());
        assertEquals(40_000, counters.emptyMessages());
    }

    private MoldUdp64Session session(SessionStart start) {
        return new MoldUdp64Session(log.publisher(), channel, counters, start,
            new MessageHandler() {
                @Override
                public void onMessage(DirectBuffer buffer, int offset, int length,
                                      long channelSequence, long receiveTimeNs) {
                    delivered.add(channelSequence
                        + buffer.getStringWithoutLengthAscii(offset, length));
                }

                @Override
                public void onSessionChanged() {
                    delivered.add("changed");
                }
            });
    }

    private void data(String name, long sequence, String... messages) {
        send(encoder(name, sequence, messages));
    }

    private void send(MoldUdp64PacketEncoder encoder) {
        byte[] packet = packet(encoder);
        session.onPacket(new UnsafeBuffer(packet), 0, packet.length, 0);
    }

    private byte[] packet(MoldUdp64PacketEncoder encoder) {
        return Arrays.copyOf(target.byteArray(), encoder.length());
    }

    private MoldUdp64PacketEncoder encoder(String name, long sequence, String... messages) {
        MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder(name).begin(target, 0,
            target.capacity(), sequence);
        for (String message : messages) {
            UnsafeBuffer text = new UnsafeBuffer(message.getBytes());
            encoder.append(text, 0, text.capacity());
        }
        return encoder;
    }

    private List<String> gaps() {
        return log.events().stream().filter(event -> event.templateId() == GapDecoder.TEMPLATE_ID)
            .map(MoldUdp64SessionTest::gap).collect(Collectors.toList());
    }

    private static String gap(EventView event) {
        GapDecoder gap = new GapDecoder().wrap(event.buffer(), event.offset(),
            GapDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(GapState.LOST, GapCure.DECLARED), List.of(gap.state(), gap.cure()));
        assertEquals(EventFlag.SIMULATED | EventFlag.MAYBE_BAD | EventFlag.LAST, event.flags());
        assertEquals(gap.fromSequence(), event.originSequence());
        return gap.fromSequence() + "-" + gap.toSequence();
    }
}
