// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.JournalGapReason;
import io.millrace.journal.compare.Border;
import io.millrace.journal.compare.CaptureCompare;
import io.millrace.journal.compare.ChannelComparison;
import io.millrace.journal.compare.Comparison;
import io.millrace.journal.compare.EventEquality;
import io.millrace.journal.compare.JournalCompare;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCompareTest {
    @TempDir
    private Path root;

    @Test
    void shouldTellAHoleOfOneAndGoOnBehindIt() {
        holed("a", 50, 30);
        whole("b", 180);
        Comparison inbound = compare("a", "b");
        Comparison reversed = compare("b", "a");
        List<JournalHole> holes = List.of(new JournalHole(JournalQueue.INBOUND, 101, 151, 152,
            JournalGapReason.SPACE_LOW, HoleFixture.START_NS + 150 * HoleFixture.STEP_NS));
        assertEquals(130, inbound.equalCount());
        assertEquals(0, inbound.firstDiffering());
        assertEquals(holes, inbound.first().holes());
        assertEquals(List.of(), inbound.second().holes());
        assertEquals(List.of(new Border(true, new Border.Part(152, 153, 1, 0),
            new Border.Part(101, 151, 50, 50))), inbound.borders());
        assertFalse(inbound.isEqual());
        assertEquals(130, reversed.equalCount());
        assertEquals(holes, reversed.second().holes());
        assertFalse(reversed.isEqual());
    }

    @Test
    void shouldTakeTheSameHoleInBothForEqual() {
        holed("a", 50, 30);
        holed("b", 50, 30);
        List<Comparison> comparisons = new JournalCompare(directory("a"), directory("b"),
            EventEquality.DATA).compare();
        assertTrue(comparisons.stream().allMatch(Comparison::isEqual), comparisons::toString);
        assertEquals(1, comparisons.get(0).first().holes().size());
        assertEquals(List.of(), comparisons.get(0).borders());
    }

    @Test
    void shouldGoOnBehindHolesOfDifferentLength() {
        holed("a", 50, 130);
        holed("b", 90, 90);
        Comparison inbound = compare("a", "b");
        assertEquals(190, inbound.equalCount());
        assertEquals(1, inbound.borders().size());
        assertEquals(0, inbound.firstDiffering());
    }

    @Test
    void shouldNotTakeAnEndForAHole() {
        holed("a", 50, 30);
        holed("b", 50, 29);
        Comparison inbound = compare("a", "b");
        assertFalse(inbound.isEqual());
        assertEquals(0, inbound.second().differing());
        assertEquals(inbound.first().differing(), inbound.firstDiffering());
    }

    @Test
    void shouldTakeOneLifeMoreForNoDifference() {
        lives("a", 400, 200, 1);
        lives("b", 601);
        lives("c", 300, 301);
        Comparison more = compare("a", "b");
        Comparison other = compare("a", "c");
        assertTrue(more.isEqual(), more::toString);
        assertEquals(602, more.equalCount());
        assertEquals(List.of(1L, 402L, 603L), more.first().starts());
        assertEquals(List.of(1L), more.second().starts());
        assertTrue(other.isEqual(), other::toString);
        assertEquals(3, other.borders().size());
    }

    @Test
    void shouldNameTheFirstDifferenceBehindABorder() {
        lives("a", 400, 200);
        lives("b", 601);
        Comparison inbound = compare("a", "b");
        assertFalse(inbound.isEqual());
        assertEquals(0, inbound.first().differing());
        assertEquals(602, inbound.second().differing(), inbound::toString);
    }

    @Test
    void shouldCountWhatACaptureHasOverAgainstAHole() {
        holed("a", 50, 30);
        whole("b", 180);
        ChannelComparison behind = compareMessages("a", "b").get(0);
        ChannelComparison reversed = compareMessages("b", "a").get(0);
        assertTrue(behind.isEqual(), behind::toString);
        assertEquals(130, behind.equalCount());
        assertEquals(50, behind.declared().holeEvents());
        assertEquals(1, behind.declared().holes().size());
        assertFalse(reversed.isEqual());
        assertEquals(List.of(new ChannelComparison.Run(0, 101, 150, 50)),
            reversed.onlyInJournal().first());
    }

    /** What one journal holds stands for a capture. */
    private List<ChannelComparison> compareMessages(String journal, String capture) {
        try (CaptureCompare compare = new CaptureCompare(directory(journal));
             JournalTail tail = JournalTail.written(directory(capture), JournalQueue.INBOUND)) {
            while (tail.next()) {
                compare.onEvent(tail.event());
            }
            return compare.finish();
        }
    }

    private void holed(String name, int lost, int behind) {
        try (HoleFixture fixture = new HoleFixture(root.resolve(name))) {
            fixture.orders(100);
            fixture.usableBytes = HoleFixture.LEAST - 1;
            fixture.orders(lost);
            fixture.usableBytes = HoleFixture.RESUME;
            fixture.resume();
            fixture.orders(behind);
        }
    }

    private void whole(String name, int orders) {
        try (HoleFixture fixture = new HoleFixture(root.resolve(name))) {
            fixture.orders(orders);
        }
    }

    private void lives(String name, int... orders) {
        try (JournalFixture fixture = JournalFixture.create(root.resolve(name))) {
            long number = 1;
            for (int count : orders) {
                start(fixture);
                for (int i = 0; i < count; i++) {
                    order(fixture, number++);
                }
            }
        }
    }

    private static void order(JournalFixture fixture, long number) {
        fixture.inbound.receiveTimeNs(JournalFixture.START_NS + number * JournalFixture.STEP_NS);
        int offset = fixture.inbound.claim(OrderDeletedEncoder.TEMPLATE_ID,
            OrderDeletedEncoder.BLOCK_LENGTH);
        fixture.inbound.common(offset, EventDescriptor.UNDEFINED, 1, 1, 1, EventFlag.LAST, number);
        new OrderDeletedEncoder().wrap(fixture.inbound.buffer(), offset).orderId(number);
        fixture.inbound.commit();
        fixture.drain();
    }

    private static void start(JournalFixture fixture) {
        int offset = fixture.inbound.claim(SessionEventEncoder.TEMPLATE_ID,
            SessionEventEncoder.BLOCK_LENGTH);
        fixture.inbound.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT,
            0, 0, EventFlag.LAST, 0);
        new SessionEventEncoder().wrap(fixture.inbound.buffer(), offset).session("")
            .tradingDate(0).kind(SessionEventKind.ENGINE_STARTED).code((byte) 0);
        fixture.inbound.commit();
        fixture.drain();
    }

    private Comparison compare(String first, String second) {
        return new JournalCompare(directory(first), directory(second), EventEquality.DATA)
            .compare().get(0);
    }

    private Path directory(String name) {
        return JournalFixture.directory(root.resolve(name));
    }
}
