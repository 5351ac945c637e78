// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.journal.JournalFixture.START_NS;
import static io.millrace.journal.JournalFixture.STEP_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.compare.Comparison;
import io.millrace.journal.compare.EventEquality;
import io.millrace.journal.compare.JournalCompare;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReportTest {
    private static final int EVENT_COUNT = 2000;

    @TempDir
    private Path root;

    @Test
    void shouldSummariseAnEpochFromItsEnds() {
        JournalFixture.create(root).write(EVENT_COUNT).close();
        JournalSummary summary = JournalSummary.of(JournalFixture.directory(root));
        assertEquals(JournalFixture.head(), summary.head());
        JournalSummary.QueueSummary inbound = summary.queues().get(0);
        JournalSummary.QueueSummary expected = new JournalSummary.QueueSummary(
            JournalQueue.INBOUND, 1, EVENT_COUNT, START_NS + STEP_NS,
            START_NS + EVENT_COUNT * STEP_NS, 1, inbound.byteCount());
        assertEquals(expected, inbound);
        assertEquals(EVENT_COUNT / 10, summary.queues().get(1).eventCount());
        assertEquals(List.of(0L, 700L, (long) EVENT_COUNT, (long) EVENT_COUNT),
            LongStream.of(START_NS, START_NS + 700 * STEP_NS, START_NS + EVENT_COUNT * STEP_NS,
                Long.MAX_VALUE).mapToObj(toNs -> JournalSummary.eventCount(
                    JournalFixture.directory(root), JournalQueue.INBOUND, toNs)).toList());
    }

    @Test
    void shouldSummariseAnEmptyEpoch() {
        JournalFixture.create(root).close();
        JournalSummary summary = JournalSummary.of(JournalFixture.directory(root));
        assertTrue(summary.queues().stream().allMatch(queue -> queue.eventCount() == 0));
    }

    @Test
    void shouldTellLatenciesOfAStretchOfTime() {
        long stampNs = START_NS + 1_000_000_000L;
        JournalFixture.create(root, JournalFixture.context().clock(() -> stampNs))
            .write(EVENT_COUNT).close();
        List<LatencyReport.Stage> stages = new LatencyReport(JournalFixture.directory(root),
            START_NS + 100 * STEP_NS, START_NS + 199 * STEP_NS).read();
        assertEquals(
            List.of("inbound ring", "inbound journal", "outbound ring", "outbound journal"),
            stages.stream().map(LatencyReport.Stage::name).toList());
        assertEquals(100, stages.get(0).unstampedCount());
        assertEquals(100, stages.get(1).histogram().getTotalCount());
        assertEquals(10, stages.get(3).histogram().getTotalCount());
        assertTrue(stages.get(1).histogram().valuesAreEquivalent(
            1_000_000_000L - 100 * STEP_NS, stages.get(1).histogram().getMaxValue()));
    }

    @Test
    void shouldCompareTwoEpochsWhateverTheirExcerpts() {
        JournalFixture.create(root.resolve("a")).write(EVENT_COUNT).close();
        JournalFixture.create(root.resolve("b"), JournalFixture.context().excerptEvents(3))
            .write(EVENT_COUNT).close();
        JournalFixture.create(root.resolve("c")).write(EVENT_COUNT - 1).close();
        assertEquals(0, compare("a", "b", EventEquality.RAW).firstDiffering());
        assertEquals(EVENT_COUNT, compare("a", "b", EventEquality.DATA).equalCount());
        assertEquals(EVENT_COUNT, compare("a", "c", EventEquality.DATA).firstDiffering());
        assertEquals(EVENT_COUNT, compare("c", "a", EventEquality.DATA).firstDiffering());
    }

    private Comparison compare(String first, String second, EventEquality equality) {
        return new JournalCompare(JournalFixture.directory(root.resolve(first)),
            JournalFixture.directory(root.resolve(second)), equality).compare().get(0);
    }
}
