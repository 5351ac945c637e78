// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.SystemSampleDecoder;
import io.millrace.event.EventView;
import io.millrace.event.JournalGapReason;
import io.millrace.journal.JournalWriter.State;
import io.millrace.journal.checkpoint.CheckpointStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HoleTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path root;

    @Test
    void shouldGoOnBehindADeclaredHoleWhenThereIsSpaceAgain() {
        try (HoleFixture fixture = new HoleFixture(root)) {
            fixture.orders(100);
            fixture.usableBytes = HoleFixture.LEAST - 1;
            fixture.orders(50);
            assertEquals(List.of(State.SPACE_LOW, State.SPACE_LOW), fixture.states());
            fixture.usableBytes = HoleFixture.RESUME - 1;
            fixture.pass(10 * SECOND_NS);
            fixture.orders(5);
            assertEquals(List.of(State.SPACE_LOW, State.SPACE_LOW), fixture.states());
            fixture.usableBytes = HoleFixture.RESUME;
            fixture.resume();
            assertEquals(State.APPENDING, fixture.inboundWriter.state());
            fixture.orders(30);
            assertEquals(List.of(State.APPENDING, State.APPENDING), fixture.states());
            assertEquals(56, fixture.counters.value("journal.inbound.unjournaled"));
            assertEquals(156, fixture.holeEvents.sequence());
        }
        assertEquals(List.of(
            new JournalHole(JournalQueue.INBOUND, 101, 156, 157, JournalGapReason.SPACE_LOW,
                HoleFixture.START_NS + 155 * HoleFixture.STEP_NS),
            new JournalHole(JournalQueue.OUTBOUND, 101, 155, 157, JournalGapReason.SPACE_LOW,
                HoleFixture.START_NS + 155 * HoleFixture.STEP_NS)), verify().holes());
        assertEquals(List.of(131L, 131L), verify().queues().stream()
            .map(JournalVerifier.QueueReport::eventCount).toList());
    }

    @Test
    void shouldKeepNothingAcrossAHoleThatNoCheckpointKnows() {
        try (HoleFixture fixture = new HoleFixture(root)) {
            fixture.orders(100);
            fixture.usableBytes = 0;
            fixture.orders(50);
            fixture.usableBytes = HoleFixture.RESUME;
            fixture.resume();
            fixture.orders(30);
        }
        CheckpointStore checkpoints = new CheckpointStore(JournalFixture.directory(root));
        assertEquals(100, checkpoints.keptUpTo(100).sequence());
        assertNull(checkpoints.keptUpTo(170));
    }

    @Test
    void shouldTellTheChainThatNothingIsAppended() {
        try (HoleFixture fixture = new HoleFixture(root)) {
            fixture.orders(3);
            fixture.usableBytes = 7;
            fixture.orders(2);
            List<String> samples = new ArrayList<>();
            EventView event = new EventView();
            for (long slot = 0; slot <= fixture.inboundRing.cursor(); slot++) {
                event.wrap(fixture.inboundRing.buffer(), fixture.inboundRing.blockOffset(slot));
                if (event.templateId() == SystemSampleDecoder.TEMPLATE_ID) {
                    SystemSampleDecoder sample = new SystemSampleDecoder().wrap(event.buffer(),
                        event.offset(), SystemSampleDecoder.BLOCK_LENGTH,
                        SystemSampleDecoder.SCHEMA_VERSION);
                    samples.add(sample.kind() + " " + sample.subject().trim() + " "
                        + sample.value() + " " + sample.threshold());
                }
            }
            assertEquals(List.of("DISK journal 7 " + HoleFixture.LEAST), samples);
        }
    }

    @ParameterizedTest
    @EnumSource(JournalQueue.class)
    void shouldStopAndGoOnTogetherWhicheverFileIsFull(JournalQueue full) {
        try (HoleFixture fixture = new HoleFixture(root)) {
            fixture.orders(20);
            fixture.file(full).isFull = true;
            fixture.orders(20);
            assertEquals(List.of(State.DISK_FULL, State.DISK_FULL), fixture.states());
            fixture.file(full).isFull = false;
            fixture.resume();
            fixture.orders(20);
            assertEquals(List.of(State.APPENDING, State.APPENDING), fixture.states());
        }
        assertEquals(2, verify().holes().size(), () -> verify().holes().toString());
    }

    @Test
    void shouldGoOnWithTheHoleWhenThereIsNoRoomAfterAll() {
        try (HoleFixture fixture = new HoleFixture(root)) {
            fixture.orders(10);
            fixture.file(JournalQueue.INBOUND).isFull = true;
            fixture.orders(10);
            fixture.resume();
            assertEquals(State.DISK_FULL, fixture.inboundWriter.state());
            fixture.file(JournalQueue.INBOUND).isFull = false;
            fixture.resume();
            fixture.orders(10);
        }
        assertEquals(List.of("11 to 22", "11 to 21"), verify().holes().stream()
            .map(hole -> hole.fromSequence() + " to " + hole.toSequence()).toList());
    }

    @Test
    void shouldKeepAllOfAHoleThatGoesOnWhereItWasToEnd() {
        List<Integer> defined = new ArrayList<>();
        try (HoleFixture fixture = new HoleFixture(root)) {
            fixture.orders(10);
            HoleFixture.RoomyFile file = fixture.file(JournalQueue.INBOUND);
            file.isFull = true;
            fixture.define(3, "CCC");
            file.isFull = false;
            file.roomyCount = 1;
            fixture.resume();
            assertEquals(State.DISK_FULL, fixture.inboundWriter.state());
            fixture.define(4, "DDD");
            file.roomyCount = Integer.MAX_VALUE;
            fixture.heal();
            assertEquals(State.APPENDING, fixture.inboundWriter.state());
            fixture.holeEvents.forEach(event -> defined.add(event.instrumentId()));
        }
        assertEquals(List.of(3, 4), defined);
    }

    /** What is to be saved at the end of a hole was saved at the end that it did not come to. */
    @Test
    void shouldAskForTheEndOfAHoleOncePerPermit() {
        try (HoleFixture fixture = new HoleFixture(root)) {
            fixture.permit.give(false);
            fixture.orders(10);
            fixture.file(JournalQueue.INBOUND).isFull = true;
            fixture.orders(10);
            fixture.resume();
            fixture.permit.give(true);
            fixture.resume();
            fixture.file(JournalQueue.INBOUND).isFull = false;
            fixture.heal();
            assertEquals(State.DISK_FULL, fixture.inboundWriter.state());
            fixture.permit.give(true);
            fixture.heal();
            assertEquals(State.APPENDING, fixture.inboundWriter.state());
        }
    }

    @Test
    void shouldWaitLongerWhenHolesFollowEachOther() {
        try (HoleFixture fixture = new HoleFixture(root)) {
            fixture.orders(10);
            for (long waitNs = SECOND_NS; waitNs <= 8 * SECOND_NS; waitNs *= 2) {
                fixture.usableBytes = 0;
                fixture.orders(10);
                fixture.usableBytes = HoleFixture.RESUME;
                fixture.orders(1);
                fixture.pass(waitNs - 2 * HoleFixture.RUN_NS);
                fixture.orders(1);
                assertEquals(State.SPACE_LOW, fixture.inboundWriter.state());
                fixture.orders(10);
                assertEquals(State.APPENDING, fixture.inboundWriter.state());
            }
        }
        assertEquals(8, verify().holes().size());
    }

    @Test
    void shouldHoldExactlyWhatItSaysWhateverFailsWhenAndHowLateTheOutboundWriterIs() {
        Random random = new Random(11);
        for (int round = 0; round < 40; round++) {
            Path own = root.resolve(Integer.toString(round));
            try (HoleFixture fixture = new HoleFixture(own)) {
                for (int step = 0; step < 60; step++) {
                    fixture.isOutboundLate = random.nextInt(3) == 0;
                    switch (random.nextInt(5)) {
                        case 0 -> fixture.usableBytes = random.nextInt(2) * HoleFixture.RESUME;
                        case 1 -> fixture.file(JournalQueue.INBOUND).isFull =
                            random.nextInt(3) == 0;
                        case 2 -> fixture.file(JournalQueue.OUTBOUND).isFull =
                            random.nextInt(3) == 0;
                        default -> fixture.pass(SECOND_NS * random.nextInt(20));
                    }
                    fixture.orders(random.nextInt(40));
                }
                fixture.heal();
                fixture.orders(10);
                assertEquals(List.of(State.APPENDING, State.APPENDING), fixture.states());
            }
            checkOutboundFollows(own);
        }
    }

    /** Every outbound event has its cause in the journal, and behind the last hole none is away. */
    private void checkOutboundFollows(Path own) {
        JournalVerifier.Report report =
            new JournalVerifier(JournalFixture.directory(own)).verify();
        assertEquals(List.of(), report.damages());
        List<Long> inbound = HoleFixture.sequences(own, JournalQueue.INBOUND, false);
        List<Long> causes = HoleFixture.sequences(own, JournalQueue.OUTBOUND, true);
        assertTrue(inbound.containsAll(causes));
        long last = report.holes().stream().mapToLong(JournalHole::gapSequence).max().orElse(0);
        assertEquals(inbound.stream().filter(sequence -> sequence >= last).toList(),
            causes.stream().filter(cause -> cause >= last).toList());
    }

    private JournalVerifier.Report verify() {
        JournalVerifier.Report report =
            new JournalVerifier(JournalFixture.directory(root)).verify();
        assertEquals(List.of(), report.damages());
        return report;
    }
}
