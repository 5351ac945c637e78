// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.SegmentHeaderEncoder;
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
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class IexTpSessionTest {
    private static final int CHANNEL = 1;
    /** Bytes of one block of these tests: the messages have one character each. */
    private static final int BLOCK = 3;

    private final EventLog log = new EventLog();
    private final FeedCounters counters = new FeedCounters();
    private final FeedChannel channel = new FeedChannel(Venue.IEXG, 5, EventFlag.SIMULATED);
    private final List<String> delivered = new ArrayList<>();
    private final UnsafeBuffer target = new UnsafeBuffer(new byte[1400]);
    private long sendTimeNs;
    private IexTpSession session = session(SessionStart.FIRST_MESSAGE);

    @Test
    void shouldDeliverInSequence() {
        data(7, 1, "ab");
        data(7, 3, "c");
        assertEquals(List.of("1a", "2b", "3c"), delivered);
        assertEquals(4, session.expectedSequence());
        assertEquals(0, log.count());
    }

    @Test
    void shouldDropDuplicatesAndDeliverTheRestOfAnOverlap() {
        data(7, 1, "ab");
        data(7, 1, "ab");
        data(7, 2, "bc");
        data(7, 1, "a");
        assertEquals(List.of("1a", "2b", "3c"), delivered);
        assertEquals(4, counters.duplicates());
        assertEquals(List.of(0L, 0L), List.of(counters.gaps(), counters.suspiciousPackets()));
    }

    @Test
    void shouldDeclareAGapLostAndDeliverOnMarked() {
        data(7, 1, "a");
        assertEquals(EventFlag.SIMULATED, channel.flags());
        data(7, 5, "e");
        assertEquals(List.of("1a", "5e"), delivered);
        assertEquals(EventFlag.SIMULATED | EventFlag.MAYBE_BAD, channel.flags());
        assertEquals(List.of("2-5"), gaps());
        assertEquals(3, counters.missing());
    }

    @Test
    void shouldDeclareWhatCameBeforeALateJoin() {
        data(7, 4, "d");
        assertEquals(List.of("1-4"), gaps());
        assertEquals(List.of("4d"), delivered);
    }

    @Test
    void shouldBeginWithTheFirstSegmentWhenAsked() {
        session = session(SessionStart.FIRST_PACKET);
        data(7, 4_000_000, "d");
        data(7, 4_000_001, "e");
        assertEquals(List.of("4000000d", "4000001e"), delivered);
        assertEquals(0, log.count());
    }

    @Test
    void shouldSeeTailLossInAHeartbeat() {
        data(7, 1, "");
        data(7, 1, "a");
        data(7, 2, "");
        assertEquals(0, counters.gaps());
        data(7, 4, "");
        assertEquals(List.of("2-4"), gaps());
        assertEquals(4, session.expectedSequence());
        assertEquals(3, counters.heartbeats());
    }

    @Test
    void shouldBeginAnewWithTheFirstSegmentOfASession() {
        data(7, 1, "a");
        data(7, 3, "c");
        data(0xFFFF_FFF0, 1, "x");
        data(0xFFFF_FFF0, 2, "y");
        assertEquals(List.of("1a", "3c", "changed", "1x", "2y"), delivered);
        assertEquals(EventFlag.SIMULATED, channel.flags());
        List<EventView> events = log.events();
        SessionEventDecoder changed = new SessionEventDecoder().wrap(events.get(1).buffer(),
            events.get(1).offset(), SessionEventDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(SessionEventKind.SESSION_CHANGED, "4294967280"),
            List.of(changed.kind(), changed.session().trim()));
        BookClearedDecoder cleared = new BookClearedDecoder().wrap(events.get(2).buffer(),
            events.get(2).offset(), BookClearedDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(ClearReason.SESSION_CHANGE, 1L),
            List.of(cleared.reason(), cleared.nextChannelSequence()));
        assertEquals(1, counters.sessionChanges());
    }

    @Test
    void shouldNotBelieveOneSegmentOfAnotherSession() {
        data(7, 1, "a");
        data(7, 2, "b");
        data(8, 3, "x");
        data(7, 3, "c");
        data(9, 4, "y");
        data(7, 4, "d");
        assertEquals(List.of("1a", "2b", "3c", "4d"), delivered);
        assertEquals(List.of(2L, 0L), List.of(counters.suspiciousPackets(),
            counters.sessionChanges()));
        assertEquals(0, log.count());
    }

    @Test
    void shouldBelieveAnotherSessionThatASecondSegmentGoesOnFrom() {
        data(7, 1, "a");
        data(7, 2, "b");
        data(8, 3, "x");
        data(8, 4, "y");
        data(8, 5, "z");
        assertEquals(List.of("1a", "2b", "changed", "3x", "4y", "5z"), delivered);
        assertEquals(List.of("1-3"), gaps());
    }

    @Test
    void shouldNotFollowADamagedFirstSegment() {
        send(segment(target, MessageProtocol.DEEP_1_0, 99, 8, 5, 12, "x"));
        data(7, 1, "a");
        data(7, 2, "b");
        assertEquals(List.of("5x", "changed", "1a", "2b"), delivered);
        assertEquals(0, counters.foreignPackets());
    }

    @Test
    void shouldFollowTheSecondWhenAThirdGoesOnFromIt() {
        session = session(SessionStart.FIRST_PACKET);
        data(7, 1L << 56, "x");
        data(7, 11, "k");
        data(7, 12, "l");
        data(7, 13, "m");
        assertEquals(List.of((1L << 56) + "x", "changed", "11k", "12l", "13m"), delivered);
        assertEquals(List.of(), gaps());
        assertEquals(1, counters.suspiciousPackets());
    }

    @Test
    void shouldBeginAnewWhenASessionRunsAgain() {
        data(7, 1, "abc");
        data(7, 1, "abc");
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 2, 900, "x"));
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 3, 903, "y"));
        assertEquals(List.of("1a", "2b", "3c", "changed", "2x", "3y"), delivered);
        assertEquals(List.of("1-2"), gaps());
    }

    @Test
    void shouldTellASessionThatRunsAnewFromALateCopyOfItsStart() {
        sendTimeNs = 100;
        data(7, 1, "");
        data(7, 1, "ab");
        sendTimeNs = 200;
        data(7, 3, "c");
        sendTimeNs = 100;
        data(7, 1, "");
        data(7, 1, "ab");
        assertEquals(List.of("1a", "2b", "3c"), delivered);
        assertEquals(List.of(2L, 0L), List.of(counters.duplicates(), counters.suspiciousPackets()));
        sendTimeNs = 300;
        data(7, 1, "");
        data(7, 1, "");
        data(7, 1, "x");
        data(7, 2, "y");
        assertEquals(List.of("1a", "2b", "3c", "changed", "1x", "2y"), delivered);
        assertEquals(List.of(1L, 1L, 0L), List.of(counters.sessionChanges(),
            counters.suspiciousPackets(), counters.gaps()));
    }

    @Test
    void shouldLeaveOtherStreamsOut() {
        data(7, 1, "a");
        data(7, 2, "b");
        send(segment(target, MessageProtocol.TOPS_1_6, CHANNEL, 7, 3, 6, "x"));
        send(segment(target, MessageProtocol.DEEP_1_0, 2, 7, 3, 6, "y"));
        data(7, 3, "c");
        assertEquals(List.of("1a", "2b", "3c"), delivered);
        assertEquals(2, counters.foreignPackets());
        assertEquals(0, counters.malformedPackets());
    }

    @Test
    void shouldSuspectASegmentWhoseOffsetContradictsItsSequence() {
        data(7, 1, "a");
        data(7, 2, "b");
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 3, 7, "x"));
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 5, 6, "y"));
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 2, 6, "z", "z"));
        data(7, 3, "c");
        assertEquals(List.of("1a", "2b", "3c"), delivered);
        assertEquals(List.of(3L, 0L), List.of(counters.suspiciousPackets(), counters.gaps()));
    }

    @Test
    void shouldBelieveAnOffsetThatASecondSegmentGoesOnFrom() {
        data(7, 1, "a");
        data(7, 2, "b");
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 3, 900, "c"));
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 4, 903, "d"));
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 5, 906, "e"));
        assertEquals(List.of("1a", "2b", "4d", "5e"), delivered);
        assertEquals(List.of("3-4"), gaps());
    }

    @Test
    void shouldNotBelieveOneSegmentThatIsAbsurdlyFarAhead() {
        data(7, 1, "a");
        data(7, 1L << 40, "z");
        data(7, 2, "b");
        data(7, 1L << 50, "");
        data(7, 3, "c");
        assertEquals(List.of("1a", "2b", "3c"), delivered);
        assertEquals(0, log.count());
        assertEquals(List.of(2L, 0L, 0L), List.of(counters.suspiciousPackets(), counters.gaps(),
            counters.heartbeats()));
    }

    @Test
    void shouldBelieveAGreatJumpThatASecondSegmentGoesOnFrom() {
        data(7, 1, "a");
        data(7, 5_000_000, "x");
        data(7, 5_000_001, "y");
        data(7, 5_000_002, "z");
        assertEquals(List.of("1a", "5000000x", "5000001y", "5000002z"), delivered);
        assertEquals(List.of("2-5000000"), gaps());
    }

    @Test
    void shouldBelieveTheLongestJumpOfOneSegment() {
        data(7, 1, "a");
        data(7, 2 + IexTpPosition.MAX_BELIEVED_JUMP, "z");
        assertEquals(1, counters.gaps());
        data(7, 4 + 2 * IexTpPosition.MAX_BELIEVED_JUMP, "z");
        assertEquals(1, counters.suspiciousPackets());
    }

    @Test
    void shouldCountOnWithEmptyMessages() {
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 1, 0, "a", "", "c"));
        assertEquals(List.of("1a", "3c"), delivered);
        assertEquals(4, session.expectedSequence());
        assertEquals(1, counters.emptyMessages());
    }

    @Test
    void shouldRefuseASegmentCutAtAnyByte() {
        byte[] segment = segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 1, 0, "abc", "de");
        for (int length = 0; length < segment.length; length++) {
            send(Arrays.copyOf(segment, length));
        }
        assertEquals(List.of(), delivered);
        assertEquals(40, counters.malformed(Malformation.SHORT_PACKET));
        assertEquals(segment.length - 40, counters.malformed(Malformation.TRUNCATED_PACKET));
        send(segment);
        assertEquals(List.of("1abc", "2de"), delivered);
    }

    @Test
    void shouldRefuseLengthsAndCountsThatContradict() {
        byte[] segment = segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 1, 0, "abc", "de");
        int refused = 0;
        for (int count = 0; count < 0x10000; count += count < 5 ? 1 : 4_099) {
            refused += sendWithShort(segment, 14, count) ? 0 : 1;
        }
        for (int payload = 0; payload < segment.length - 40; payload++) {
            refused += sendWithShort(segment, 12, payload) ? 0 : 1;
        }
        for (int length = 0; length < 0x10000; length += length < 12 ? 1 : 4_099) {
            refused += sendWithShort(segment, 40, length) ? 0 : 1;
        }
        assertEquals(refused, counters.malformed(Malformation.BAD_LENGTH));
        assertTrue(refused > 50);
        sendWithShort(segment, 12, 0xFFFF);
        assertEquals(1, counters.malformed(Malformation.TRUNCATED_PACKET));
        assertEquals(List.of("1abc", "2de"), delivered);
    }

    @Test
    void shouldRefuseAnotherVersionAndNumbersThatAreNone() {
        byte[] other = segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 1, 0, "a");
        other[0] = 2;
        send(other);
        assertEquals(1, counters.malformed(Malformation.BAD_VERSION));
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 0, 0, "a"));
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, -1, 0, "a"));
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 1, -1, "a"));
        assertEquals(3, counters.malformed(Malformation.BAD_SEQUENCE));
        assertEquals(List.of(), delivered);
    }

    @Test
    void shouldIgnoreBytesBehindThePayload() {
        send(Arrays.copyOf(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, 1, 0, "a"), 60));
        assertEquals(List.of("1a"), delivered);
        assertEquals(17, counters.strayBytes());
    }

    @Test
    void shouldGoOnAcrossTheSignOfALong() {
        session = session(SessionStart.FIRST_PACKET);
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, Long.MAX_VALUE, -100, "a", "b"));
        send(segment(target, MessageProtocol.DEEP_1_0, CHANNEL, 7, Long.MIN_VALUE + 2, -91, "d"));
        assertEquals(List.of(Long.MAX_VALUE + "a", Long.MIN_VALUE + "b",
            (Long.MIN_VALUE + 2) + "d"), delivered);
        assertEquals(1, counters.missing());
    }

    @Test
    void shouldLimitTheEventsOfASegment() {
        assertEquals(10, session.eventLimit(target, 0, 0));
        assertTrue(session.eventLimit(target, 0, 40 + 82) >= 10 + 3);
        assertTrue(session.eventLimit(target, 0, 40 + 50 * 20) >= 50 * 2 + 10);
        data(7, 1L << 40, "z");
        assertTrue(session.eventLimit(target, 0, 0) > 10);
    }

    private IexTpSession session(SessionStart start) {
        return new IexTpSession(log.publisher(), channel, counters, start,
            Set.of(MessageProtocol.TOPS_1_6, MessageProtocol.DEEP_1_0), new MessageHandler() {
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

    /** A segment of messages of one character each. */
    private void data(int sessionId, long sequence, String characters) {
        byte[] segment = segment(target, MessageProtocol.DEEP_1_0, CHANNEL, sessionId, sequence,
            (sequence - 1) * BLOCK, characters.isEmpty() ? new String[0] : characters.split(""));
        new SegmentHeaderEncoder().wrap(new UnsafeBuffer(segment), 0).sendTime(sendTimeNs);
        send(segment);
    }

    /** True when all went well. */
    private boolean sendWithShort(byte[] segment, int offset, int value) {
        long refused = counters.malformedPackets();
        byte[] changed = segment.clone();
        changed[offset] = (byte) value;
        changed[offset + 1] = (byte) (value >> 8);
        send(changed);
        return counters.malformedPackets() == refused;
    }

    private void send(byte[] segment) {
        session.onPacket(new UnsafeBuffer(segment), 0, segment.length, 0);
    }

    private static byte[] segment(UnsafeBuffer target, MessageProtocol protocol, int channelId,
                                  int sessionId, long sequence, long offset, String... messages) {
        IexTpSegmentEncoder encoder = new IexTpSegmentEncoder(protocol, channelId, sessionId)
            .begin(target, 0, target.capacity(), sequence, offset);
        for (String message : messages) {
            UnsafeBuffer text = new UnsafeBuffer(message.getBytes());
            encoder.append(text, 0, text.capacity());
        }
        return Arrays.copyOf(target.byteArray(), encoder.length());
    }

    private List<String> gaps() {
        return log.events().stream().filter(event -> event.templateId() == GapDecoder.TEMPLATE_ID)
            .map(IexTpSessionTest::gap).toList();
    }

    private static String gap(EventView event) {
        GapDecoder gap = new GapDecoder().wrap(event.buffer(), event.offset(),
            GapDecoder.BLOCK_LENGTH, 0);
        assertEquals(List.of(GapState.LOST, GapCure.DECLARED), List.of(gap.state(), gap.cure()));
        assertEquals(EventFlag.SIMULATED | EventFlag.MAYBE_BAD | EventFlag.LAST, event.flags());
        return gap.fromSequence() + "-" + gap.toSequence();
    }
}
