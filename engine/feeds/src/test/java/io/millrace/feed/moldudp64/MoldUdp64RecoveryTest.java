// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import static io.millrace.feed.moldudp64.SessionRig.A;
import static io.millrace.feed.moldudp64.SessionRig.B;
import static io.millrace.feed.moldudp64.SessionRig.MS;
import static io.millrace.feed.moldudp64.SessionRig.context;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.EventFlag;
import io.millrace.feed.SessionStart;
import io.millrace.feed.recovery.MessageDelivery;
import io.millrace.feed.recovery.LeftSession;
import io.millrace.feed.recovery.RecoveryContext;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MoldUdp64RecoveryTest {
    private SessionRig rig = new SessionRig(context());
    private final ScriptedServer first = new ScriptedServer(() -> rig.nowNs);
    private final ScriptedServer second = new ScriptedServer(() -> rig.nowNs);

    @Test
    void shouldTakeTheFirstCopyOfEachMessageWhateverThePacket() {
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
        rig.data(A, 1, "a");
        rig.data(A, 3, "c", "d");
        rig.data(A, 5, "e");
        assertEquals(List.of("1a"), rig.delivered);
        assertTrue(rig.session.isWaiting());
        rig.data(B, 1, "a", "b");
        assertEquals(List.of("1a", "2b", "3c", "4d", "5e"), rig.delivered);
        assertEquals(List.of("OPEN 2-3 NONE 1", "HEALED 2-3 OTHER_LINE 2"), rig.gaps());
        assertFalse(rig.session.isWaiting());
        assertEquals(EventFlag.SIMULATED, rig.channel.flags());
        assertEquals(List.of(0L, 0L), List.of(rig.counters.gaps(), rig.counters.missing()));
    }

    @Test
    void shouldPutPacketsInOrderThatCameOutOfIt() {
        rig.data(A, 3, "c");
        rig.data(A, 2, "b");
        rig.data(A, 5, "e");
        rig.data(A, 1, "a");
        rig.data(A, 4, "d");
        assertEquals(List.of("1a", "2b", "3c", "4d", "5e"), rig.delivered);
        assertEquals(List.of("OPEN 1-3 NONE 1", "OPEN 4-5 NONE 1", "HEALED 1-3 OTHER_LINE 1",
            "HEALED 4-5 OTHER_LINE 1"), rig.gaps());
        assertEquals(List.of(3L, 4L), List.of(rig.counters.lines().line(A).late(),
            rig.counters.lines().line(A).reorderDepth()));
    }

    @Test
    void shouldGiveUpAfterTheWindowWhenThereIsNobodyToAsk() {
        rig.data(A, 1, "a");
        rig.data(A, 3, "c");
        rig.data(A, 4, "d");
        rig.pass(2 * MS - 1);
        assertEquals(List.of("1a"), rig.delivered);
        rig.pass(1);
        assertEquals(List.of("1a", "3c", "4d"), rig.delivered);
        assertEquals(List.of("OPEN 2-3 NONE 1", "LOST 2-3 DECLARED"), rig.gaps());
        assertEquals(EventFlag.SIMULATED | EventFlag.MAYBE_BAD, rig.channel.flags());
        assertEquals(List.of(1L, 1L), List.of(rig.counters.gaps(), rig.counters.missing()));
        rig.data(B, 2, "b");
        assertEquals(1, rig.counters.duplicates(), "what was declared lost is not delivered late");
    }

    @Test
    void shouldAskAtOnceWhenEnoughPacketsCameBehindTheHole() {
        open(context().reorderWindowPackets(2), first.keeps("S", Long::toString));
        rig.alone(A, 2, "b");
        rig.alone(A, 3, "c");
        rig.alone(A, 4, "d");
        rig.session.onTime(rig.nowNs);
        assertEquals(List.of(), first.requests);
        rig.alone(A, 5, "e");
        rig.session.onTime(rig.nowNs);
        assertEquals(List.of("S:1+1"), first.requests);
    }

    @Test
    void shouldHealByRequestAfterTheWindow() {
        open(context(), first.keeps("S", sequence -> "r").after(MS));
        rig.data(A, 1, "a");
        rig.data(A, 4, "d");
        rig.data(A, 5, "e");
        rig.pass(2 * MS - 1);
        assertEquals(List.of(), first.requests);
        rig.pass(2 * MS);
        assertEquals(List.of("S:2+2"), first.requests);
        assertEquals(List.of("1a", "2r", "3r", "4d", "5e"), rig.delivered);
        assertEquals(List.of("OPEN 2-4 NONE 1", "HEALED 2-4 RETRANSMISSION 0"), rig.gaps());
        assertEquals(List.of(1L, 1L, 2L), List.of(rig.session.recovery().answers(),
            rig.session.recovery().healedByRequest(), rig.session.recovery().healedMessages()));
        assertEquals(EventFlag.SIMULATED, rig.channel.flags());
    }

    @Test
    void shouldAskForTheRestAfterAPartialAnswer() {
        open(context().requestMessages(4), first.keeps("S", sequence -> "r").atMost(3));
        rig.data(A, 8, "h");
        rig.data(A, 9, "i");
        rig.pass(3 * MS);
        assertEquals(List.of("S:1+4", "S:4+4", "S:7+1"), first.requests);
        assertEquals(9, rig.delivered.size());
        assertEquals(List.of("OPEN 1-8 NONE 1", "HEALED 1-8 RETRANSMISSION 0"), rig.gaps());
    }

    @Test
    void shouldAskOnlyForWhatIsStillMissing() {
        open(context(), first.keeps("S", sequence -> "r"));
        rig.data(A, 9, "i");
        rig.data(A, 10, "j");
        rig.data(B, 3, "c", "d");
        rig.data(B, 7, "g");
        rig.pass(3 * MS);
        assertEquals(List.of("S:1+2", "S:5+2", "S:8+1"), first.requests);
        assertEquals(List.of("1r", "2r", "3c", "4d", "5r", "6r", "7g", "8r", "9i", "10j"),
            rig.delivered);
        assertEquals(List.of("OPEN 1-9 NONE 1", "HEALED 1-9 RETRANSMISSION 0"), rig.gaps());
    }

    @Test
    void shouldHealHolesSideBySide() {
        open(context(), first.keeps("S", sequence -> "r").after(5 * MS));
        rig.data(A, 2, "b");
        rig.data(A, 4, "d");
        rig.data(A, 6, "f");
        rig.data(A, 7, "g");
        rig.pass(8 * MS);
        assertEquals(List.of("S:1+1", "S:3+1", "S:5+1"), first.requests);
        assertEquals(List.of("1r", "2b", "3r", "4d", "5r", "6f", "7g"), rig.delivered);
    }

    @Test
    void shouldAskNoMoreAtOnceThanAllowed() {
        open(context().requestsInFlight(2), first.keeps("S", sequence -> "r").after(5 * MS));
        rig.data(A, 2, "b");
        rig.data(A, 4, "d");
        rig.data(A, 6, "f");
        rig.data(A, 7, "g");
        rig.pass(3 * MS);
        assertEquals(List.of("S:1+1", "S:3+1"), first.requests);
        rig.pass(12 * MS);
        assertEquals(7, rig.delivered.size());
    }

    @Test
    void shouldAskOneServerAfterTheOtherWithGrowingPausesThenGiveUp() {
        open(context(), first, second.away());
        rig.data(A, 1, "a");
        rig.data(A, 3, "c");
        rig.data(A, 4, "d");
        rig.pass(3 * MS);
        assertEquals(List.of(1, 0), List.of(first.requests.size(), second.requests.size()));
        rig.pass(12 * MS);
        assertEquals(List.of(1, 1), List.of(first.requests.size(), second.requests.size()));
        rig.pass(25 * MS);
        assertEquals(List.of(2, 1), List.of(first.requests.size(), second.requests.size()));
        assertEquals(List.of("1a"), rig.delivered);
        rig.pass(50 * MS);
        assertEquals(List.of(2, 1), List.of(first.requests.size(), second.requests.size()));
        assertEquals(List.of("1a", "3c", "4d"), rig.delivered);
        assertEquals(List.of("OPEN 2-3 NONE 1", "LOST 2-3 DECLARED"), rig.gaps());
        assertEquals(1, rig.session.recovery().requestsNotSent());
    }

    @Test
    void shouldAskOnlyOnceForEachHoleWhileNobodyAnswers() {
        open(context(), first, second);
        rig.data(A, 2, "b");
        rig.data(A, 3, "c");
        rig.pass(100 * MS);
        assertEquals(3, first.requests.size() + second.requests.size());
        rig.data(A, 5, "e");
        rig.data(A, 6, "f");
        rig.pass(20 * MS);
        assertEquals(4, first.requests.size() + second.requests.size());
        assertEquals(List.of("2b", "3c", "5e", "6f"), rig.delivered);
    }

    @Test
    void shouldGoOnWithTheServerThatAnswers() {
        open(context(), first, second.keeps("S", sequence -> "r"));
        rig.data(A, 2, "b");
        rig.data(A, 3, "c");
        rig.pass(20 * MS);
        rig.data(A, 5, "e");
        rig.data(A, 6, "f");
        rig.pass(5 * MS);
        assertEquals(List.of(List.of("S:1+1"), List.of("S:1+1", "S:4+1")),
            List.of(first.requests, second.requests));
        assertEquals(List.of("1r", "2b", "3c", "4r", "5e", "6f"), rig.delivered);
    }

    @Test
    void shouldLeaveOutAnswersOfAnotherSession() {
        open(context(), first.keeps("OLD", sequence -> "x"));
        rig.data(A, 2, "b");
        rig.data(A, 3, "c");
        rig.pass(200 * MS);
        assertEquals(List.of("2b", "3c"), rig.delivered);
        assertEquals(3, rig.session.recovery().wrongSession());
        assertEquals(0, rig.counters.sessionChanges());
    }

    @Test
    void shouldLeaveOutAnswersThatNobodyMisses() {
        open(context(), first);
        rig.data(A, 2, "b");
        rig.data(A, 3, "c");
        rig.pass(3 * MS);
        first.push(SessionRig.packet("S", 500, "z"));
        first.push(SessionRig.packet("S", 2, "b"));
        first.push(SessionRig.packet("S", 1));
        first.push(new byte[7]);
        rig.pass(MS);
        assertEquals(List.of(), rig.delivered);
        assertEquals(List.of(4L, 3L), List.of(rig.session.recovery().answers(),
            rig.session.recovery().unwanted()));
        assertEquals(List.of("OPEN 1-2 NONE 1"), rig.gaps());
    }

    @Test
    void shouldTakeAnAnswerThatComesAfterTheNextRequest() {
        open(context(), first.keeps("S", sequence -> "r").after(15 * MS));
        rig.data(A, 2, "b");
        rig.data(A, 3, "c");
        rig.pass(18 * MS);
        assertEquals(2, first.requests.size());
        assertEquals(List.of("1r", "2b", "3c"), rig.delivered);
        rig.data(A, 5, "e");
        rig.pass(30 * MS);
        assertEquals(1, rig.counters.duplicates(), "the second answer");
    }

    @Test
    void shouldStopAfterALongTimeEvenIfAnswersStillCome() {
        open(context().giveUpNs(10 * MS), first.keeps("S", sequence -> "r").atMost(1).after(MS));
        rig.data(A, 1_000, "z");
        rig.data(A, 1_001, "z");
        rig.pass(20 * MS);
        assertEquals("1001z", rig.delivered.get(rig.delivered.size() - 1));
        assertEquals(999, rig.counters.missing() + rig.delivered.size() - 2);
        assertEquals(3, rig.gaps().size());
    }

    @Test
    void shouldHealTheTailThatHeartbeatsShow() {
        open(context(), first.keeps("S", sequence -> "r"));
        rig.data(A, 1, "a");
        rig.data(A, 3);
        rig.pass(5 * MS);
        assertEquals(List.of(), first.requests, "one alone is not believed");
        rig.data(A, 3);
        rig.pass(3 * MS);
        assertEquals(List.of("1a", "2r"), rig.delivered);
        assertEquals(2, rig.counters.heartbeats());
    }

    @Test
    void shouldEndOnlyWhenTheTailIsWhole() {
        open(context(), first.keeps("S", sequence -> "r").after(MS));
        rig.data(A, 1, "a");
        rig.end(A, 4);
        rig.end(B, 4);
        assertFalse(rig.session.hasEnded());
        rig.pass(4 * MS);
        assertTrue(rig.session.hasEnded());
        assertEquals(List.of("1a", "2r", "3r"), rig.delivered);
    }

    @Test
    void shouldEndWithALossWhenNobodyHasTheTail() {
        rig.data(A, 1, "a");
        rig.end(A, 4);
        rig.end(B, 4);
        rig.pass(3 * MS);
        assertTrue(rig.session.hasEnded());
        assertEquals(List.of("OPEN 2-4 NONE 1", "LOST 2-4 DECLARED"), rig.gaps());
    }

    @Test
    void shouldNotGoBackWithTheLateLineWhenTheSessionHasChanged() {
        rig.data(A, 1, "a", "b", "c", "d");
        rig.data("T", A, 1, "x");
        rig.data("T", A, 2, "y");
        rig.data(B, 1, "a", "b");
        rig.data(B, 3, "c", "d");
        rig.end(B, 5);
        rig.data("T", B, 1, "x");
        rig.data("T", A, 3, "z");

        assertEquals(List.of("1a", "2b", "3c", "4d", "changed", "1x", "2y", "3z"), rig.delivered);
        assertEquals(List.of(3L, 1L, 0L), List.of(rig.counters.foreignPackets(),
            rig.counters.sessionChanges(), rig.counters.missing()));
    }

    @Test
    void shouldNotGoBackWithTheEndThatCameOnTheLateLineAlone() {
        rig.data(A, 1, "a", "b");
        rig.data("T", A, 1, "x");
        rig.data("T", A, 2, "y");
        rig.alone(B, 3, "c");
        rig.alone(B, 4, "d");
        rig.data("T", A, 3, "z");

        assertEquals(List.of("1a", "2b", "changed", "1x", "2y", "3z"), rig.delivered);
        assertEquals(List.of(2L, 1L), List.of(rig.counters.foreignPackets(),
            rig.counters.sessionChanges()));
    }

    @Test
    void shouldGoBackWhenTheVenueDoes() {
        rig.data(A, 1, "a");
        rig.data("T", A, 1, "x");
        rig.data("T", A, 2, "y");
        for (int i = 0; i < LeftSession.MAX_LATE_PACKETS; i++) {
            rig.data(A, 2, "b");
        }
        assertEquals(1, rig.counters.sessionChanges());
        rig.data(A, 2, "b");
        rig.data(A, 3, "c");

        assertEquals(2, rig.counters.sessionChanges());
        assertEquals(LeftSession.MAX_LATE_PACKETS, rig.counters.foreignPackets());
    }

    @Test
    void shouldCloseAllHolesBeforeAnotherSessionBegins() {
        open(context(), first);
        rig.data(A, 1, "a");
        rig.data(A, 3, "c");
        rig.data(A, 5, "e");
        rig.pass(3 * MS);
        rig.data("T", A, 1, "x");
        rig.data("T", B, 1, "x");
        assertEquals(List.of("1a", "3c", "5e", "changed", "1x"), rig.delivered);
        assertEquals(List.of("OPEN 2-3 NONE 1", "OPEN 4-5 NONE 1", "LOST 2-3 DECLARED",
            "LOST 4-5 DECLARED"), rig.gaps());
        assertEquals(EventFlag.SIMULATED, rig.channel.flags());
        assertFalse(rig.session.isWaiting());
        rig.data("T", A, 3, "z");
        rig.data("T", A, 4, "z");
        rig.pass(3 * MS);
        assertEquals("T:2+1", first.requests.get(first.requests.size() - 1));
    }

    @Test
    void shouldCloseAllHolesAtTheEnd() {
        open(context(), first);
        rig.data(A, 2, "b");
        rig.data(A, 4, "d", "e");
        rig.data(A, 9);
        rig.data(B, 9);
        rig.session.onEnd();
        rig.session.close();
        assertEquals(List.of("2b", "4d", "5e"), rig.delivered);
        assertEquals(List.of("OPEN 1-2 NONE 1", "OPEN 3-4 NONE 1", "OPEN 6-9 NONE 1",
            "LOST 1-2 DECLARED", "LOST 3-4 DECLARED", "LOST 6-9 DECLARED"), rig.gaps());
        assertTrue(first.isClosed());
    }

    @Test
    void shouldHealAcrossTheSignOfALong() {
        rig = new SessionRig(SessionStart.FIRST_PACKET, context(),
            first.keeps("S", sequence -> "r"));
        rig.data(A, Long.MAX_VALUE - 1, "a");
        rig.data(A, Long.MIN_VALUE + 2, "e");
        rig.data(A, Long.MIN_VALUE + 3, "f");
        rig.data(B, Long.MIN_VALUE, "c");
        rig.pass(3 * MS);
        assertEquals(List.of("9223372036854775806a", "9223372036854775807r",
            "9223372036854775808c", "9223372036854775809r", "9223372036854775810e",
            "9223372036854775811f"), rig.delivered);
        assertEquals(List.of("OPEN 9223372036854775807-9223372036854775810 NONE 1",
            "HEALED 9223372036854775807-9223372036854775810 RETRANSMISSION 0"), rig.gaps());
    }

    @Test
    void shouldHealUpToTheLastNumberThereIs() {
        rig = new SessionRig(SessionStart.FIRST_PACKET, context(),
            first.keeps("S", sequence -> "r"));
        rig.data(A, -6, "a");
        rig.data(A, -3, "d");
        rig.data(A, -2, "e");
        rig.pass(3 * MS);
        assertEquals(List.of("18446744073709551610a", "18446744073709551611r",
            "18446744073709551612r", "18446744073709551613d", "18446744073709551614e"),
            rig.delivered);
    }

    @Test
    void shouldGiveUpTheFirstHoleWhenNoMorePacketsCanBeHeld() {
        open(context().holdPackets(4), first);
        rig.data(A, 2, "b");
        for (int i = 4; i < 8; i++) {
            rig.data(A, i, "m");
        }
        assertEquals(List.of("OPEN 1-2 NONE 1", "OPEN 3-4 NONE 1", "LOST 1-2 DECLARED"),
            rig.gaps());
        assertEquals(List.of("2b"), rig.delivered);
        assertEquals(List.of(1L, 0L, 4), List.of(rig.session.recovery().givenUpForRoom(),
            rig.session.recovery().discarded(), rig.session.recovery().mostHeldPackets()));
        rig.data(A, 8, "m");
        assertEquals(6, rig.delivered.size());
    }

    @Test
    void shouldGiveUpTheFirstHoleWhenNoMoreBytesCanBeHeld() {
        String kilobyte = "x".repeat(1_000);
        int count = 0;
        while (rig.delivered.isEmpty()) {
            rig.data(A, 2 + count, kilobyte);
            count++;
        }
        assertEquals(RecoveryContext.MIN_HOLD_LENGTH_BYTES / 1_016 + 1, count);
        assertEquals(count, rig.delivered.size());
        assertEquals(List.of("OPEN 1-2 NONE 1", "LOST 1-2 DECLARED"), rig.gaps());
    }

    @Test
    void shouldHandOnInPortionsWhenTheRingIsShort() {
        rig.data(A, 1, "a");
        for (int i = 0; i < 999; i++) {
            rig.data(A, 3 + i, "m");
        }
        int ring = rig.log.publisher().ring().capacity();
        for (int i = 0; i < ring - MessageDelivery.OWN_EVENTS; i++) {
            rig.log.publisher().claim(1, 48);
        }
        byte[] packet = SessionRig.packet("S", 2, "b");
        rig.session.onPacket(B, new UnsafeBuffer(packet), 0, packet.length,
            rig.nowNs);
        assertTrue(rig.session.isReady());
        assertEquals(List.of("1a", "2b"), rig.delivered);
        rig.alone(A, 1_002, "last");
        assertFalse(rig.delivered.contains("1002last"), "not before what is held");
        rig.pass(MS);
        assertEquals(1_002, rig.delivered.size());
        assertEquals(IntStream.rangeClosed(1, 1_002).boxed().toList(), rig.delivered.stream()
            .map(message -> Integer.parseInt(message.replaceAll("\\D", ""))).toList());
        assertFalse(rig.session.isReady());
    }

    @Test
    void shouldCountOnWithEmptyMessagesThatWereHeld() {
        rig.data(A, 3, "", "d", "");
        rig.data(B, 1, "a", "");
        assertEquals(List.of("1a", "4d"), rig.delivered);
        assertEquals(List.of(3L, 6L), List.of(rig.counters.emptyMessages(),
            rig.session.expectedSequence()));
    }

    @Test
    void shouldShowItsCounts() {
        open(context(), first.keeps("S", sequence -> "r"));
        rig.data(A, 2, "b");
        rig.data(A, 3, "c");
        rig.session.show();
        assertEquals(List.of(1L, 1L, 2L), List.of(rig.session.recovery().shownOpened(),
            rig.session.recovery().shownOpen(), rig.session.recovery().shownHeldPackets()));
        rig.pass(5 * MS);
        rig.session.show();
        assertEquals(List.of(0L, 1L, 1L), List.of(rig.session.recovery().shownOpen(),
            rig.session.recovery().shownHealedByRequest(),
            rig.session.recovery().shownRequests()));
    }

    private void open(RecoveryContext context, ScriptedServer... servers) {
        rig = new SessionRig(context, servers);
    }
}
