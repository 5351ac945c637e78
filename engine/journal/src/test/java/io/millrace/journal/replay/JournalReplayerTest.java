// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.MutableLong;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReplayerTest {
    private static final int EVENT_COUNT = 3000;

    @TempDir
    private Path root;
    private Path directory;
    private final List<long[]> recorded = new ArrayList<>();
    private final EventRing ring = new EventRing(1 << 13);
    private final EventPublisher publisher = new EventPublisher(ring, () -> {
        throw new IllegalStateException("ring is full");
    }, null, 4);

    @BeforeEach
    void record() {
        directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        try (JournalTail tail = JournalTail.written(directory, JournalQueue.INBOUND)) {
            while (tail.next()) {
                recorded.add(row(tail.event()));
            }
        }
    }

    @Test
    void shouldReplayEverythingAsItStands() {
        run(new ReplayContext());
        assertEquals(recorded.size(), ring.cursor() + 1);
        assertReplayed(recorded);
    }

    @Test
    void shouldEndAtATime() {
        long toNs = recorded.get(1500)[1];
        run(new ReplayContext().toNs(toNs));
        assertReplayed(recorded.stream().filter(row -> row[1] <= toNs).toList());
    }

    @Test
    void shouldLetThroughOnlySomeSecuritiesAndKinds() {
        EventFilter filter = EventFilter.ALL.instruments(List.of(3, 5))
            .templates(List.of(OrderDeletedDecoder.TEMPLATE_ID));
        JournalReplayer replayer = run(new ReplayContext().filter(filter));
        List<long[]> expected = recorded.stream()
            .filter(row -> row[2] == OrderDeletedDecoder.TEMPLATE_ID)
            .filter(row -> row[3] == 3 || row[3] == 5).toList();
        assertReplayed(expected);
        assertEquals(recorded.size() - expected.size(), replayer.skippedCount());
    }

    @Test
    void shouldPassEventsOfNoSecurityThroughAFilterOfSecurities() {
        run(new ReplayContext().filter(EventFilter.ALL.instruments(List.of(7))));
        assertReplayed(recorded.stream()
            .filter(row -> row[3] == 7 || row[3] == EventDescriptor.NO_INSTRUMENT).toList());
    }

    @Test
    void shouldKeepTheRecordedPace() {
        MutableLong nowNs = new MutableLong(500);
        JournalReplayer replayer = new JournalReplayer(directory, publisher,
            new ReplayContext().speed(10).clock(nowNs::get));
        long firstNs = recorded.get(0)[1];
        for (int elapsedNs = 0; elapsedNs < 250_000; elapsedNs += 1_000) {
            nowNs.set(500 + elapsedNs);
            while (replayer.doWork() > 0) {
                continue;
            }
            long replayedNs = elapsedNs * 10L;
            long due = recorded.stream().filter(row -> row[1] - firstNs <= replayedNs).count();
            assertEquals(due, replayer.replayedCount());
        }
        replayer.onClose();
    }

    @Test
    void shouldBuildTheStateBeforeTheStartAtOnce() {
        MutableLong nowNs = new MutableLong(500);
        long fromNs = recorded.get(2000)[1];
        JournalReplayer replayer = new JournalReplayer(directory, publisher,
            new ReplayContext().speed(1).fromNs(fromNs).clock(nowNs::get));
        while (replayer.doWork() > 0) {
            continue;
        }
        assertEquals(recorded.stream().filter(row -> row[1] <= fromNs).count(),
            replayer.replayedCount());
        assertEquals(fromNs, replayer.timeNs());
        replayer.onClose();
    }

    @Test
    void shouldGoStepByStep() {
        JournalReplayer replayer = new JournalReplayer(directory, publisher,
            new ReplayContext().fromNs(recorded.get(100)[1]).stepped());
        while (replayer.doWork() > 0) {
            continue;
        }
        long before = recorded.stream().filter(row -> row[1] < recorded.get(100)[1]).count();
        assertEquals(before, replayer.replayedCount());
        for (int step = 1; step <= 10; step++) {
            replayer.step(3);
            assertEquals(3, replayer.doWork());
            assertEquals(0, replayer.doWork());
            assertEquals(before + 3 * step, replayer.replayedCount());
        }
        replayer.onClose();
    }

    @Test
    void shouldRefuseOptionsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new ReplayContext().speed(0).conclude());
        assertThrows(IllegalArgumentException.class,
            () -> new ReplayContext().speed(Double.NaN).conclude());
        assertThrows(IllegalArgumentException.class,
            () -> new ReplayContext().fromNs(2).toNs(1).conclude());
        assertTrue(new ReplayContext().fromNs(1).toNs(1).conclude().filter().isAll());
    }

    private JournalReplayer run(ReplayContext context) {
        JournalReplayer replayer = new JournalReplayer(directory, publisher, context);
        assertThrows(AgentTerminationException.class, () -> {
            while (replayer.doWork() > 0) {
                continue;
            }
        });
        replayer.onClose();
        return replayer;
    }

    private void assertReplayed(List<long[]> expected) {
        List<String> rows = new ArrayList<>();
        EventView view = new EventView();
        for (long slot = 0; slot <= ring.cursor(); slot++) {
            rows.add(java.util.Arrays.toString(
                row(view.wrap(ring.buffer(), ring.blockOffset(slot)))));
        }
        assertEquals(expected.stream().map(java.util.Arrays::toString).toList(), rows);
    }

    private static long[] row(EventView event) {
        long content = 0;
        for (int i = 0; i < event.blockLength(); i += 8) {
            content = content * 31 + event.buffer().getLong(event.offset() + i);
        }
        return new long[] {event.sequence(), event.receiveTimeNs(), event.templateId(),
            event.instrumentId(), content};
    }
}
