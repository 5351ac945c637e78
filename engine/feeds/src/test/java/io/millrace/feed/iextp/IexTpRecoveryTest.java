// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import static io.millrace.feed.iextp.IexTpRig.A;
import static io.millrace.feed.iextp.IexTpRig.B;
import static io.millrace.feed.iextp.IexTpRig.MS;
import static io.millrace.feed.iextp.IexTpRig.SESSION;
import static io.millrace.feed.iextp.IexTpRig.context;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.event.EventFlag;
import io.millrace.feed.EventLog;
import io.millrace.feed.SessionStart;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.recovery.RequestServers;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class IexTpRecoveryTest {
    private IexTpRig rig;
    private final GapFillServer first = new GapFillServer(() -> rig.nowNs, IexTpRig::offset);
    private final GapFillServer second = new GapFillServer(() -> rig.nowNs, IexTpRig::offset);

    @Test
    void shouldNotGoBackWithTheLateLineWhenTheSessionHasChanged() {
        IexTpRig rig = new IexTpRig(SessionStart.FIRST_MESSAGE, IexTpRig.context());
        rig.data(IexTpRig.A, 1, "a", "b", "c", "d");
        rig.data(8, IexTpRig.A, 1, "x");
        rig.data(8, IexTpRig.A, 2, "y");
        rig.data(IexTpRig.B, 1, "a", "b");
        rig.data(IexTpRig.B, 3, "c", "d");
        rig.data(8, IexTpRig.B, 1, "x");
        rig.data(8, IexTpRig.A, 3, "z");

        assertEquals(List.of("1a", "2b", "3c", "4d", "changed", "1x", "2y", "3z"), rig.delivered);
        assertEquals(List.of(2L, 1L, 0L), List.of(rig.counters.foreignPackets(),
            rig.counters.sessionChanges(), rig.counters.missing()));
    }

    @Test
    void shouldTakeTheFirstCopyOfEachMessageWhateverTheSegment() {
        open(context());
        rig.data(A, 1, "a", "b");
        rig.data(B, 1, "a", "b", "c");
        rig.data(A, 3, "c", "d");
        rig.data(B, 4, "d");
        assertEquals(List.of("1a", "2b", "3c", "4d"), rig.delivered);
        assertEquals(4, rig.counters.duplicates());
        assertEquals(List.of(), rig.gaps());
        assertEquals(List.of(3L, 1L), List.of(rig.counters.lines().line(A).won(),
            rig.counters.lines().line(B).won()));
    }

    @Test
    void shouldHoldBackUntilTheOtherLineHeals() {
        open(context());
        rig.data(A, 1, "a");
        rig.data(A, 3, "c", "d");
        rig.data(A, 5, "e");
        assertEquals(List.of("1a"), rig.delivered);
        assertTrue(rig.session.isWaiting());
        rig.data(B, 1, "a", "b");
        assertEquals(List.of("1a", "2b", "3c", "4d", "5e"), rig.delivered);
        assertEquals(List.of("OPEN 2-3 NONE 1", "HEALED 2-3 OTHER_LINE 2"), rig.gaps());
        assertFalse(rig.session.isWaiting());
    }

    @Test
    void shouldFillAGapByRequestAfterTheWindow() {
        open(context(), first.keeps(SESSION, sequence -> "r").after(MS));
        rig.data(A, 1, "a");
        rig.data(A, 4, "d");
        rig.data(A, 5, "e");
        rig.pass(2 * MS - 1);
        assertEquals(List.of(), first.requests);
        rig.pass(2 * MS);
        assertEquals(List.of("7:2-3"), first.requests);
        assertEquals(List.of("1a", "2r", "3r", "4d", "5e"), rig.delivered);
        assertEquals(List.of("OPEN 2-4 NONE 1", "HEALED 2-4 RETRANSMISSION 0"), rig.gaps());
        assertEquals(EventFlag.SIMULATED, rig.channel.flags());
    }

    @Test
    void shouldWriteTheRequestOfTheSpecification() {
        byte[] request = HexFormat.of().parseHex("010103800100000000004244010000008913000000000000"
            + "9213000000000000");
        IexTpSegmentEncoder encoder = new IexTpSegmentEncoder(MessageProtocol.TOPS_1_6, 1,
            1_145_176_064);
        UnsafeBuffer target = new UnsafeBuffer(new byte[100]);
        encoder.begin(target, 0, 100, 5_000, 123_456);
        IexTpSegment segment = new IexTpSegment();
        assertEquals(null, segment.wrap(target, 0, encoder.length()));
        RequestServers servers = new RequestServers(new EventLog().publisher(), List.of(first),
            (server, buffer, offset, length, timeNs) -> { });
        IexTpRequests requests = new IexTpRequests(servers);
        requests.session(segment);

        assertTrue(requests.request(0, 5_001, 10));
        assertArrayEquals(request, first.lastRequest);
        requests.request(0, 1, 5_000);
        assertEquals("1145176064:1-1000", first.requests.get(1), "the venue's own limit");
        servers.close();
        assertTrue(first.isClosed());
    }

    @Test
    void shouldSeeTailLossInAHeartbeatAndAskForTheRestUntilAllIsThere() {
        open(context(), first.keeps(SESSION, sequence -> "r").atMost(700));
        rig.data(A, 1, "a");
        rig.data(A, 3_000);
        rig.data(A, 3_000);
        rig.pass(10 * MS);
        assertEquals(List.of("7:2-1001"), first.requests.subList(0, 1));
        assertEquals(2_999, rig.delivered.size());
        assertEquals(List.of("OPEN 2-3000 NONE 1", "HEALED 2-3000 RETRANSMISSION 0"), rig.gaps());
        assertEquals(3_000, rig.session.expectedSequence());
    }

    @Test
    void shouldDeclareLostWhatNoServerGives() {
        open(context(), first, second);
        rig.data(A, 1, "a");
        rig.data(A, 3, "c");
        rig.data(A, 4, "d");
        rig.pass(200 * MS);
        assertEquals(3, first.requests.size() + second.requests.size());
        assertEquals(List.of("1a", "3c", "4d"), rig.delivered);
        assertEquals(List.of("OPEN 2-3 NONE 1", "LOST 2-3 DECLARED"), rig.gaps());
        assertEquals(EventFlag.SIMULATED | EventFlag.MAYBE_BAD, rig.channel.flags());
    }

    @Test
    void shouldTakeOnlyAnswersThatFit() {
        open(context(), first);
        rig.data(A, 1, "a");
        rig.data(A, 3, "c");
        rig.data(A, 4, "d");
        rig.pass(3 * MS);
        first.push(SegmentBytes.of(1, 8, 2, IexTpRig.offset(2), "x"));
        first.push(SegmentBytes.of(2, SESSION, 2, IexTpRig.offset(2), "x"));
        first.push(SegmentBytes.of(1, SESSION, 2, IexTpRig.offset(2) + 100, "x"));
        first.push(SegmentBytes.of(1, SESSION, 5, IexTpRig.offset(5), "x"));
        first.push(SegmentBytes.of(1, SESSION, 5, IexTpRig.offset(5)));
        first.push(new byte[20]);
        rig.pass(MS);
        assertEquals(List.of("1a"), rig.delivered);
        assertEquals(List.of(6L, 2L, 3L, 1L), List.of(rig.session.recovery().answers(),
            rig.session.recovery().wrongSession(), rig.session.recovery().unwanted(),
            rig.counters.malformedPackets()));
        first.push(SegmentBytes.of(1, SESSION, 2, IexTpRig.offset(2), "b"));
        rig.pass(MS);
        assertEquals(List.of("1a", "2b", "3c", "4d"), rig.delivered);
    }

    @Test
    void shouldFillWhatCameBeforeALateJoin() {
        open(context(), first.keeps(SESSION, sequence -> "r"));
        rig.data(A, 5, "e");
        rig.data(A, 6, "f");
        rig.pass(10 * MS);
        assertEquals(List.of("1r", "2r", "3r", "4r", "5e", "6f"), rig.delivered);
    }

    @Test
    void shouldGoOnFromTheFirstSegmentWhenAsked() {
        rig = new IexTpRig(SessionStart.FIRST_PACKET, context(),
            first.keeps(SESSION, sequence -> "r"));
        rig.data(A, 5_000_000, "e");
        rig.data(B, 4_999_999, "d", "e", "f");
        assertEquals(List.of("5000000e", "5000001f"), rig.delivered);
        assertEquals(List.of(), rig.gaps());
    }

    @Test
    void shouldEndTheHolesOfASessionWithIt() {
        open(context(), first.keeps(8, sequence -> "r"));
        rig.data(A, 1, "a");
        rig.data(A, 3, "c");
        rig.data(8, A, 1, "x");
        rig.data(8, B, 1, "x");
        assertEquals(List.of("1a", "3c", "changed", "1x"), rig.delivered);
        assertEquals(List.of("OPEN 2-3 NONE 1", "LOST 2-3 DECLARED"), rig.gaps());
        rig.data(8, A, 3, "z");
        rig.data(8, A, 4, "z");
        rig.pass(10 * MS);
        assertEquals(List.of("8:2-2"), first.requests);
        assertEquals(List.of("1x", "2r", "3z", "4z"), rig.delivered.subList(3, 7));
        assertEquals(EventFlag.SIMULATED, rig.channel.flags());
    }

    @Test
    void shouldNotAskForWhatOneSegmentAloneTellsOf() {
        open(context(), first.keeps(SESSION, sequence -> "r"));
        rig.data(A, 1, "a");
        rig.alone(A, 500_000, "x");
        rig.pass(20 * MS);
        assertEquals(List.of(), first.requests);
        rig.data(A, 2, "b");
        rig.data(B, 2, "b");
        rig.data(A, 3, "c");
        assertEquals(List.of("1a", "2b", "3c"), rig.delivered);
        rig.session.onEnd();
        assertEquals(List.of(), rig.gaps());
        assertEquals(List.of(0L, 1L), List.of(rig.counters.missing(),
            rig.counters.suspiciousPackets()));
    }

    private void open(RecoveryContext context, GapFillServer... servers) {
        rig = new IexTpRig(SessionStart.FIRST_MESSAGE, context, servers);
    }
}
