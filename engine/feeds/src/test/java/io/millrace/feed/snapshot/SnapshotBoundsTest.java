// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What happens at the bounds of memory and messages, and of what was given up there. */
class SnapshotBoundsTest {
    private static final int HOLD_LENGTH = SnapshotContext.MIN_HOLD_LENGTH_BYTES;
    private static final int MESSAGES = 1_000;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[40_000]);
    private final ScriptedSource source = new ScriptedSource();
    private final GateStory teller = new GateStory();
    private final SnapshotGate gate =
        teller.gate(source, new SnapshotContext(HOLD_LENGTH, 5, MESSAGES));
    private int messageLength = 4;

    @Test
    void shouldHealByTheNextSnapshotAlthoughTheMemoryWasFull() {
        hole(1, 5);
        source.asked();
        source.message(1);
        messageLength = 40_000;
        live(5, 60);
        source.asked();
        source.message(1);
        live(61, 70);
        assertEquals(SnapshotState.READING, gate.state());
        source.ended(65);
        run();
        assertEquals(SnapshotState.PASSING, gate.state());
        assertEquals(List.of("ENDED 65", "HEALED 1 5", "65", "66", "67", "68", "69", "70"),
            story().subList(story().size() - 8, story().size()));
        assertEquals(1, gate.counters().abandoned());
    }


    @Test
    void shouldAbandonASnapshotThatDoesNotEnd() {
        hole(1, 5);
        source.asked();
        for (int i = 1; i <= MESSAGES; i++) {
            source.message(i);
        }
        assertEquals(SnapshotState.READING, gate.state());
        source.message(MESSAGES + 1);
        assertEquals(SnapshotState.VOID, gate.state());
        assertEquals(List.of("start", "retry"), source.calls());
        assertEquals(List.of(1L, (long) MESSAGES), List.of(gate.counters().abandoned(),
            gate.counters().snapshotMessages()));
    }


    @Test
    void shouldDeclareAHoleAmongWhatItDroppedByItself() {
        hole(1, 5);
        source.asked();
        source.message(1);
        live(5, 6);
        hole(7, 9);
        live(9, 10);
        gate.close();
        assertStory("LOST 1 5", "BEGUN", "CLEARED", "S1", "LOST 5 7", "LOST 7 9", "LOST 9 11");
        assertEquals(4, teller.counters().missing());
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
