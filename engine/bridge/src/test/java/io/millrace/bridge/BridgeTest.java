// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import static io.millrace.journal.JournalQueue.INBOUND;
import static io.millrace.journal.JournalQueue.OUTBOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.counter.Counters;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final long MS = 1_000_000L;

    @TempDir
    private Path root;
    private final RecordingSink sink = new RecordingSink();
    private Counters counters = Counters.inMemory();
    private long nowNs = 1_000;

    private BridgeContext context() {
        return new BridgeContext().journalRoot(root).batchEvents(100).counters(counters)
            .clock(() -> nowNs);
    }

    private Bridge bridge() throws IOException {
        return new Bridge(context(), sink);
    }

    private void run(Bridge bridge, int steps) {
        for (int i = 0; i < steps; i++) {
            nowNs += 50 * MS;
            bridge.doWork();
        }
    }

    private long counter(String name) {
        return counters.value("bridge.recording." + name);
    }

    private static List<String> all(LocalDate date, long last) {
        return LongStream.rangeClosed(1, last).mapToObj(sequence -> date + " " + sequence).toList();
    }

    private void assertTaken(MadeUpDay day) {
        for (JournalQueue queue : JournalQueue.values()) {
            assertEquals(all(DATE, day.last(queue)), sink.taken.get(queue));
        }
    }

    @Test
    void shouldCopyBothQueuesInTheirOrderAsTheyAreWritten() throws IOException {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            Bridge bridge = bridge();
            run(bridge, 200);
            assertTaken(day);
            day.write(500);
            run(bridge, 200);
            assertTaken(day);
            assertEquals(0, counter("lag-events"));
            assertEquals(0, counter("lag-ns"));
            assertEquals(day.last(INBOUND), counter("inbound.sequence"));
            assertEquals(day.last(OUTBOUND), counter("outbound.sequence"));
            bridge.onClose();
        }
    }

    @Test
    void shouldWaitForJournalAndOutsideInWhicheverOrderTheyCome() throws IOException {
        sink.isAway = true;
        Bridge bridge = bridge();
        run(bridge, 20);
        assertTrue(counter("failures") > 1);
        assertEquals(CircuitState.OPEN.ordinal(), counter("circuit"));
        sink.isAway = false;
        run(bridge, 300);
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            run(bridge, 200);
            assertTaken(day);
            assertEquals(CircuitState.CLOSED.ordinal(), counter("circuit"));
        }
        bridge.onClose();
    }

    @Test
    void shouldTellLagWhileTheOutsideIsAway() throws IOException {
        try (MadeUpDay day = MadeUpDay.beginAt(root, DATE, 0).write(1_000)) {
            sink.isAway = true;
            Bridge bridge = bridge();
            run(bridge, 20);
            assertEquals(day.last(INBOUND) + day.last(OUTBOUND), counter("lag-events"));
            bridge.onClose();
        }
    }

    @Test
    void shouldWaitLongerAfterEachFailureAndNoLongerThanTheLimit() {
        Backoff backoff = new Backoff(100, 1_000, 7);
        for (long step : new long[] {100, 200, 400, 800, 1_000, 1_000}) {
            long waitNs = backoff.nextNs();
            assertTrue(waitNs >= step / 2 && waitNs <= step, waitNs + " of " + step);
        }
        backoff.reset();
        assertTrue(backoff.nextNs() <= 100);
    }

    @Test
    void shouldGoOnBehindTheCheckpoint() throws IOException {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            Bridge first = bridge();
            run(first, 8);
            first.onClose();
            Bridge second = bridge();
            run(second, 200);
            second.onClose();
            assertTaken(day);
        }
    }

    @Test
    void shouldSendTheVeryRangeAgainThatWasOnItsWay() throws IOException {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(50)) {
            sink.isMute = true;
            Bridge killed = bridge();
            run(killed, 10);
            String range = sink.ranges.get(0);
            sink.ranges.clear();
            day.write(1_000);
            sink.isMute = false;
            Bridge next = bridge();
            run(next, 200);
            assertEquals(range, sink.ranges.get(0));
            assertTaken(day);
            next.onClose();
            killed.onClose();
        }
    }

    @Test
    void shouldSendTheSameBatchAgainAfterAFailure() throws IOException {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(50)) {
            sink.isMute = true;
            Bridge bridge = bridge();
            run(bridge, 10);
            String range = sink.ranges.get(0);
            sink.isAway = true;
            run(bridge, 1);
            day.write(1_000);
            run(bridge, 20);
            sink.isAway = false;
            sink.isMute = false;
            run(bridge, 400);
            assertEquals(range, sink.ranges.get(1));
            assertTaken(day);
            bridge.onClose();
        }
    }

    @Test
    void shouldBelieveTheOutsideBeforeTheCheckpoint() throws IOException {
        sink.isTelling = true;
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            Bridge killed = new Bridge(context().beforeCheckpoint(() -> {
                if (!sink.taken.get(OUTBOUND).isEmpty()) {
                    throw new IllegalStateException("killed between commit and checkpoint");
                }
            }), sink);
            run(killed, 4);
            assertEquals(Checkpoint.NONE, Checkpoint.read(root.resolve(
                "bridges/recording.checkpoint")));
            killed.onClose();
            Bridge next = bridge();
            run(next, 200);
            assertTaken(day);
            next.onClose();
        }
    }

    @Test
    void shouldFollowFromEpochToEpoch() throws IOException {
        LocalDate later = DATE.plusDays(3);
        List<String> expected = new ArrayList<>();
        Bridge bridge = bridge();
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(500)) {
            expected.addAll(all(DATE, day.last(INBOUND)));
        }
        run(bridge, 10);
        try (MadeUpDay day = MadeUpDay.begin(root, later).write(300)) {
            expected.addAll(all(later, day.last(INBOUND)));
            run(bridge, 200);
            assertEquals(expected, sink.taken.get(INBOUND));
        }
        bridge.onClose();
    }

    @Test
    void shouldNotWaitForABatchToFillWhenNothingWillFollow() throws IOException {
        LocalDate later = DATE.plusDays(1);
        AtomicBoolean isEnding = new AtomicBoolean();
        MadeUpDay.begin(root, DATE).write(10).close();
        try (MadeUpDay day = MadeUpDay.begin(root, later).write(10)) {
            Bridge bridge = new Bridge(context().lingerMs(BridgeContext.MAX_TIME_MS)
                .isEnding(isEnding::get), sink);
            run(bridge, 100);
            assertEquals(all(DATE, day.last(INBOUND)), sink.taken.get(INBOUND));
            isEnding.set(true);
            run(bridge, 10);
            assertEquals(2 * day.last(INBOUND), sink.taken.get(INBOUND).size());
            bridge.onClose();
        }
    }

    @Test
    void shouldReadAJournalFromItsStartThatTookAnotherOnesPlace() throws IOException {
        MadeUpDay.begin(root, DATE).write(500).close();
        Bridge first = bridge();
        run(first, 100);
        first.onClose();
        IoUtil.delete(Journal.directory(root, DATE).toFile(), false);
        sink.taken.values().forEach(List::clear);
        try (MadeUpDay day = MadeUpDay.beginAt(root, DATE, 77).write(400)) {
            Bridge second = bridge();
            run(second, 100);
            assertTaken(day);
            assertEquals(1, counter("journals-replaced"));
            second.onClose();
        }
    }

    @Test
    void shouldTellThatAnEpochVanishedBeforeItWasRead() throws IOException {
        MadeUpDay.begin(root, DATE).write(500).close();
        Bridge first = bridge();
        run(first, 4);
        first.onClose();
        IoUtil.delete(Journal.directory(root, DATE).toFile(), false);
        try (MadeUpDay day = MadeUpDay.begin(root, DATE.plusDays(1)).write(100)) {
            Bridge second = bridge();
            run(second, 100);
            assertEquals(1, counter("epochs-missed"));
            assertEquals(day.last(INBOUND), counter("inbound.sequence"));
            second.onClose();
        }
    }

    @Test
    void shouldCallAnOutsideStalledThatAcknowledgesNothing() throws IOException {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(50)) {
            sink.isMute = true;
            Bridge bridge = bridge();
            run(bridge, 200);
            assertEquals(1, counter("stalls"));
            assertEquals(CircuitState.OPEN.ordinal(), counter("circuit"));
            assertTrue(counter("lag-events") >= day.last(INBOUND));
            sink.isMute = false;
            run(bridge, 50);
            assertEquals(CircuitState.CLOSED.ordinal(), counter("circuit"));
            assertTaken(day);
            bridge.onClose();
        }
    }

    @Test
    void shouldKeepWhatTheOutsideRefusesForGood() throws IOException {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1)) {
            Bridge bridge = bridge();
            run(bridge, 20);
            EventBatch batch = new EventBatch(1);
            batch.begin(Position.begin(DATE, 1));
            OrderPrices orders = new OrderPrices(1);
            try (EpochTails tails = new EpochTails(root, java.util.EnumSet.of(INBOUND),
                new BridgeCounters(counters, "other"), counters::onError, sink.symbols)) {
                assertTrue(tails.open(null));
                tails.read(batch, null);
                sink.deadLetters.add(DATE, INBOUND, batch.event(0), "topic \"x\"", "too large");
            }
            String letter = Files.readString(root.resolve("bridges/recording.dead-letters"));
            assertTrue(letter.startsWith("{\"epoch\":\"2026-01-02\",\"queue\":\"inbound\","
                + "\"sequence\":1,\"place\":\"topic \\\"x\\\"\",\"reason\":\"too large\""), letter);
            assertEquals(1, counter("dead-letters"));
            assertEquals(1, day.last(INBOUND) - MadeUpDay.INSTRUMENT_COUNT);
            orders.clear();
            bridge.onClose();
        }
    }

    @Test
    void shouldRefuseADamagedCheckpoint() throws IOException {
        Path path = root.resolve("bridges/recording.checkpoint");
        new Checkpoint(Position.begin(DATE, 5), null).write(path);
        assertEquals(new Checkpoint(Position.begin(DATE, 5), null), Checkpoint.read(path));
        Files.writeString(path, Files.readString(path).replace(" 5 ", " 6 "));
        IOException refused = assertThrows(IOException.class, this::bridge);
        assertTrue(refused.getMessage().contains("is damaged"));
    }

    @Test
    void shouldRefuseOptionsOutsideTheirRange() {
        assertRefused(context().batchEvents(0), "bridge.batch-events 0 is not within 1 to 262144");
        assertRefused(context().lingerMs(-1), "bridge.linger-ms -1 is not within 0 to 3600000");
        assertRefused(context().firstRetryMs(0),
            "bridge.first-retry-ms 0 is not within 1 to 3600000");
        assertRefused(context().longestRetryMs(50),
            "bridge.longest-retry-ms 50 is not within 100 to 3600000");
        assertRefused(context().stallMs(0), "bridge.stall-ms 0 is not within 1 to 3600000");
        assertRefused(context().deadLetterMb(-1),
            "bridge.dead-letter-mb -1 is not within 0 to 1048576");
        assertFalse(context().conclude().queues().isEmpty());
    }

    private static void assertRefused(BridgeContext context, String message) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }
}
