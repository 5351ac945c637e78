// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.feed.FeedCounters;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SnapshotGateTest {
    private static final int HOLD_LENGTH = SnapshotContext.MIN_HOLD_LENGTH_BYTES;
    private static final int MESSAGES = 1_000;

    private final GateStory teller = new GateStory();
    private final List<String> story = teller.lines();
    private final FeedCounters counters = teller.counters();
    private final ScriptedSource source = new ScriptedSource();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[40_000]);
    private int messageLength = 4;
    private SnapshotGate gate = gate(3);

    @Test
    void shouldLetEverythingThroughWhileNothingIsLost() {
        live(1, 3);
        assertStory("1", "2", "3");
        assertEquals(SnapshotState.PASSING, gate.state());
        assertEquals(List.of(), source.calls());
    }

    @Test
    void shouldHealAHoleWithASnapshotAndGoOnWithExactlyItsNumber() {
        live(1, 2);
        hole(3, 5);
        live(5, 6);
        assertEquals(SnapshotState.SEEKING, gate.state());
        source.asked();
        live(7, 8);
        source.message(1);
        live(9, 9);
        source.last(2);
        source.ended(9);
        live(10, 10);
        run();
        live(11, 11);
        assertStory("1", "2", "LOST 3 5", "5?", "6?", "BEGUN", "CLEARED", "S1", "S2!", "ENDED 9",
            "HEALED 3 5", "9", "10", "11");
        assertEquals(SnapshotState.PASSING, gate.state());
        assertEquals(List.of("start", "stop"), source.calls());
        assertEquals(List.of(2L, 1L, 2L), List.of(gate.counters().superseded(),
            gate.counters().ended(), gate.counters().snapshotMessages()));
    }

    @Test
    void shouldLeaveOutLateMessagesThatTheSnapshotContains() {
        hole(1, 5);
        source.asked();
        source.last(1);
        source.ended(8);
        run();
        live(5, 9);
        run();
        assertStory("LOST 1 5", "BEGUN", "CLEARED", "S1!", "ENDED 8", "HEALED 1 5", "8", "9");
        assertEquals(SnapshotState.PASSING, gate.state());
    }

    @Test
    void shouldBeginAndEndASnapshotOfAnEmptyMarket() {
        hole(1, 5);
        source.asked();
        source.ended(5);
        run();
        live(5, 5);
        assertStory("LOST 1 5", "BEGUN", "CLEARED", "ENDED 5", "HEALED 1 5", "5");
    }

    @Test
    void shouldHealHolesThatAreGivenUpWhileItReads() {
        hole(1, 5);
        source.asked();
        source.message(1);
        live(5, 5);
        hole(6, 8);
        live(8, 9);
        source.ended(8);
        run();
        assertStory("LOST 1 5", "BEGUN", "CLEARED", "S1", "ENDED 8", "HEALED 1 5", "HEALED 6 8",
            "8", "9");
    }

    @Test
    void shouldDeclareHolesBeyondTheSnapshotInTheirPlaceAndAskAgain() {
        hole(1, 5);
        source.asked();
        source.message(1);
        live(5, 5);
        hole(6, 8);
        live(8, 9);
        source.ended(5);
        run();
        live(10, 10);
        assertStory("LOST 1 5", "BEGUN", "CLEARED", "S1", "ENDED 5", "HEALED 1 5", "5", "LOST 6 8",
            "8?", "9?", "10?");
        assertEquals(List.of("start", "stop", "start"), source.calls());
        assertEquals(SnapshotState.SEEKING, gate.state());
    }

    @Test
    void shouldSplitAHoleThatTheSnapshotContainsInPart() {
        hole(1, 5);
        source.asked();
        source.message(1);
        hole(5, 10);
        live(10, 10);
        source.ended(7);
        run();
        assertStory("LOST 1 5", "BEGUN", "CLEARED", "S1", "ENDED 7", "HEALED 1 5", "HEALED 5 7",
            "LOST 7 10", "10?");
    }

    @Test
    void shouldGoOnMarkedWhenNoServerAnswers() {
        hole(1, 5);
        live(5, 5);
        source.asked();
        live(6, 7);
        source.failed();
        run();
        live(8, 8);
        source.asked();
        live(9, 9);
        source.message(1);
        source.ended(10);
        run();
        live(10, 10);
        assertStory("LOST 1 5", "5?", "6?", "7?", "8?", "BEGUN", "CLEARED", "S1", "ENDED 10",
            "HEALED 1 5", "10");
    }

    @Test
    void shouldHoldOnWhenASnapshotIsCutOffAndBeginTheNextOneAnew() {
        hole(1, 5);
        source.asked();
        source.message(1);
        live(5, 6);
        source.failed();
        assertEquals(SnapshotState.VOID, gate.state());
        live(7, 7);
        run();
        source.asked();
        source.message(1);
        source.last(2);
        source.ended(6);
        run();
        assertStory("LOST 1 5", "BEGUN", "CLEARED", "S1", "BEGUN", "CLEARED", "S1", "S2!",
            "ENDED 6", "HEALED 1 5", "6", "7");
        assertEquals(List.of(2L, 2L, 1L), List.of(gate.counters().asked(),
            gate.counters().begun(), gate.counters().failed()));
    }

    @Test
    void shouldRefuseASnapshotOlderThanWhatIsHeld() {
        live(1, 2);
        hole(3, 5);
        source.asked();
        source.message(1);
        live(5, 5);
        source.ended(4);
        assertEquals(SnapshotState.VOID, gate.state());
        source.asked();
        source.message(1);
        source.ended(6);
        run();
        live(6, 6);
        assertStory("1", "2", "LOST 3 5", "BEGUN", "CLEARED", "S1", "BEGUN", "CLEARED", "S1",
            "ENDED 6", "HEALED 3 5", "6");
        assertEquals(List.of("start", "retry", "stop"), source.calls());
        assertEquals(1, gate.counters().tooOld());
    }

    @Test
    void shouldRefuseASnapshotWhoseNumberCannotBeRight() {
        hole(1, 5);
        source.asked();
        source.message(1);
        source.ended(5 + SnapshotGate.MAX_AHEAD + 1);
        assertEquals(SnapshotState.VOID, gate.state());
        assertEquals(1, gate.counters().failed());
    }

    @Test
    void shouldAbandonASnapshotWhenNoMoreCanBeHeldAndTryAgain() {
        hole(1, 5);
        source.asked();
        source.message(1);
        messageLength = 40_000;
        live(5, 60);
        assertEquals(List.of("start", "retry"), source.calls());
        assertEquals(1, gate.counters().abandoned());
        assertEquals(SnapshotState.VOID, gate.state());
        assertTrue(gate.counters().mostHeldBytes() <= HOLD_LENGTH);
        long dropped = gate.counters().dropped();
        assertTrue(dropped > 0);
        source.asked();
        source.message(1);
        source.ended(50);
        run();
        assertEquals(LongStream.rangeClosed(50, 60).mapToObj(Long::toString).toList(),
            story().subList(story.size() - 11, story.size()));
        assertEquals(0, counters.missing());
        assertEquals(45, gate.counters().superseded());
    }

    @Test
    void shouldDeliverWhatItHoldsWhenTheMemoryIsFullBeforeASnapshotBegan() {
        hole(1, 5);
        source.asked();
        messageLength = 40_000;
        live(5, 60);
        run();
        assertEquals(LongStream.rangeClosed(5, 60).mapToObj(i -> i + "?").toList(),
            story().subList(1, story.size()));
        assertEquals(SnapshotState.SEEKING, gate.state());
    }

    @Test
    void shouldGoOnMarkedAfterTheLastAttemptAndDeclareWhatItDropped() {
        gate = gate(1);
        hole(1, 5);
        source.asked();
        source.message(1);
        live(5, 6);
        source.failed();
        run();
        live(7, 7);
        assertStory("LOST 1 5", "BEGUN", "CLEARED", "S1", "5?", "6?", "7?");
        assertEquals(List.of("start", "stop"), source.calls());
        assertEquals(1, gate.counters().givenUp());
        assertEquals(SnapshotState.PASSING, gate.state());
    }

    @Test
    void shouldDeclareWhatItDroppedWhenTheLastAttemptFails() {
        gate = gate(2);
        hole(1, 5);
        source.asked();
        source.message(1);
        messageLength = 40_000;
        live(5, 60);
        long dropped = gate.counters().dropped();
        source.failed();
        run();
        String lost = "LOST 5 " + (5 + dropped);
        assertTrue(story().contains(lost), lost + " in " + story);
        assertEquals((5 + dropped) + "?", story.get(story.indexOf(lost) + 1));
        assertEquals("60?", story.get(story.size() - 1));
        assertEquals(dropped, counters.missing());
    }

    @Test
    void shouldHealOnceWhatItDroppedWithAHoleInIt() {
        gate = gate(2);
        hole(1, 5);
        source.asked();
        source.message(1);
        messageLength = 40_000;
        live(5, 6);
        hole(7, 9);
        live(9, 60);
        long end = 7 + gate.counters().dropped();
        source.failed();
        run();
        hole(61, 63);
        source.asked();
        source.ended(63);
        run();
        assertEquals(List.of("HEALED 1 5", "HEALED 5 " + end, "HEALED 61 63"),
            story().stream().filter(line -> line.startsWith("HEALED")).toList());
    }

    @Test
    void shouldGiveUpAtOnceWhenTheServerWillNotHaveUs() {
        hole(1, 5);
        source.asked();
        live(5, 5);
        source.refused();
        run();
        assertStory("LOST 1 5", "5?");
        assertEquals(SnapshotState.PASSING, gate.state());
        assertEquals(1, gate.counters().givenUp());
        hole(6, 7);
        assertEquals("start", source.calls().get(source.calls().size() - 1));
    }

    @Test
    void shouldEndWhatItReadsWhenAnotherSessionBegins() {
        hole(1, 5);
        source.asked();
        source.message(1);
        live(5, 5);
        gate.onSessionChanged();
        live(1, 2);
        assertStory("LOST 1 5", "BEGUN", "CLEARED", "S1", "LOST 5 6", "CLEARED", "ENDED 1",
            "session", "1", "2");
        assertEquals(SnapshotState.PASSING, gate.state());
        assertEquals(1, counters.missing());
    }

    @Test
    void shouldHandOnWhatItHoldsWhenAnotherSessionBegins() {
        hole(1, 5);
        source.asked();
        live(5, 6);
        hole(7, 9);
        live(9, 9);
        gate.onSessionChanged();
        live(1, 1);
        assertStory("LOST 1 5", "5?", "6?", "LOST 7 9", "9?", "session", "1");
        assertEquals(SnapshotState.PASSING, gate.state());
        assertEquals("stop", source.calls().get(source.calls().size() - 1));
    }

    @Test
    void shouldDeliverOrDeclareWhatItHoldsWhenItIsClosed() {
        hole(1, 5);
        source.asked();
        live(5, 6);
        gate.close();
        assertStory("LOST 1 5", "5?", "6?");

        gate = gate(3);
        story.clear();
        hole(7, 8);
        source.asked();
        source.message(1);
        live(8, 9);
        gate.close();
        assertStory("LOST 7 8", "BEGUN", "CLEARED", "S1", "LOST 8 10");
        assertEquals(2, counters.missing());
    }

    @Test
    void shouldLeaveNumbersBeyondAllSessionsToTheSession() {
        assertFalse(gate.onGivenUp(5, -5));
        assertFalse(gate.onGivenUp(-7, -5));
        assertStory();
    }

    @Test
    void shouldNeverDeliverTwiceNorOutOfOrderWhateverHappens() {
        for (int seed = 0; seed < 300; seed++) {
            anything(new Random(seed), "seed " + seed);
        }
    }

    @Test
    void shouldRefuseBoundsThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new SnapshotContext(HOLD_LENGTH, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new HeldMessages(HOLD_LENGTH + 1));
        assertThrows(IllegalArgumentException.class, () -> new HeldMessages(HOLD_LENGTH / 2));
    }

    private void anything(Random random, String seed) {
        gate = gate(3);
        story.clear();
        story();
        story.clear();
        messageLength = random.nextBoolean() ? 4 : 40_000;
        long next = 1;
        for (int i = 0; i < 400; i++) {
            switch (random.nextInt(9)) {
                case 0:
                    hole(next, next + 2);
                    next += 2;
                    break;
                case 1, 2, 3:
                    live(next, next);
                    next++;
                    break;
                case 4:
                    run();
                    break;
                default:
                    disturb(random, next);
                    break;
            }
        }
        gate.close();
        assertOrdered(next, seed);
    }

    /** What a source may do: it says nothing unless it was started. */
    private void disturb(Random random, long next) {
        List<String> calls = source.calls();
        boolean isStarted = !calls.isEmpty() && !calls.get(calls.size() - 1).equals("stop")
            && !calls.get(calls.size() - 1).equals("close");
        SnapshotState state = gate.state();
        boolean isAsked = state == SnapshotState.HOLDING || state == SnapshotState.READING
            || state == SnapshotState.VOID && random.nextBoolean();
        if (!isStarted) {
            return;
        }
        int choice = random.nextInt(4);
        if (!isAsked) {
            source.asked();
        } else if (choice == 0) {
            source.failed();
        } else if (choice == 1) {
            source.ended(Math.max(1, next - random.nextInt(4) + random.nextInt(3)));
        } else {
            source.message(1);
        }
    }

    private void assertOrdered(long end, String seed) {
        long next = 1;
        for (String line : story()) {
            if (Character.isDigit(line.charAt(0))) {
                long sequence = Long.parseLong(line.replace("?", ""));
                assertEquals(next, sequence, seed + " " + story);
                next = sequence + 1;
            } else if (line.startsWith("LOST")) {
                assertEquals(next, Long.parseLong(line.split(" ")[1]), seed + " " + story);
                next = Long.parseLong(line.split(" ")[2]);
            } else if (line.startsWith("ENDED")) {
                long resumed = Long.parseLong(line.split(" ")[1]);
                assertTrue(resumed >= next, seed + " " + story);
                next = resumed;
            }
        }
        assertTrue(next >= end, seed + " ends at " + next + " of " + end);
    }

    private SnapshotGate gate(int attempts) {
        return teller.gate(source, new SnapshotContext(HOLD_LENGTH, attempts, MESSAGES));
    }

    private void live(long from, long to) {
        for (long i = from; i <= to; i++) {
            gate.onMessage(message, 0, messageLength, i, i);
        }
    }

    private void hole(long from, long to) {
        assertTrue(gate.onGivenUp(from, to));
    }

    private void run() {
        for (int i = 0; i < 10; i++) {
            gate.onTime(i);
        }
    }

    private void assertStory(String... expected) {
        assertEquals(List.of(expected), story());
    }

    private List<String> story() {
        return teller.story();
    }
}
