// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.counter.Counters;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.Room;
import io.millrace.journal.replay.EngineSection;
import io.millrace.journal.replay.RecordedDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFollowerTest {
    private static final int EVENT_COUNT = 5000;
    private static final CheckpointPolicy POLICY = new CheckpointPolicy(700, 1 << 30);

    private final Counters counters = Counters.inMemory();
    @TempDir
    private Path root;
    private Path directory;
    private CheckpointStore store;

    @BeforeEach
    void record() {
        directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        store = new CheckpointStore(directory);
    }

    @Test
    void shouldKeepTheStateAtEveryInterval() throws IOException {
        follow(POLICY);
        assertEquals(multiples(700), sequences());
        assertEquals(7, counters.value(CheckpointFollower.WRITTEN));
        assertEquals(4900, counters.value(CheckpointFollower.SEQUENCE));
        assertEquals(0, counters.value(CheckpointFollower.FAILED));
        Path last = store.list().get(6).path();
        byte[] followed = Files.readAllBytes(last);
        store.list().forEach(store::delete);
        try (JournalChain chain = new JournalChain(new Pipeline(context()),
            JournalTail.written(directory, JournalQueue.INBOUND), store)) {
            chain.run(Integer.MAX_VALUE, 4900);
            store.write(chain.pipeline().state(), chain.kept());
        }
        assertArrayEquals(followed, Files.readAllBytes(last));
    }

    @Test
    void shouldLeaveTheLastSpaceToTheJournal() {
        counters.counter(DiskWatch.ROOM).set(Room.LOW.ordinal());
        follow(POLICY);
        assertEquals(List.of(), sequences());
        counters.counter(DiskWatch.ROOM).set(Room.ENOUGH.ordinal());
        follow(POLICY);
        assertEquals(multiples(700), sequences());
    }

    @Test
    void shouldDeleteWhatAKillLeftUnfinishedAndNothingElse() throws IOException {
        follow(POLICY);
        List<Long> whole = sequences();
        Path unfinished = store.directory().resolve("0000000000000005000.checkpoint.new");
        Files.write(unfinished, new byte[1000]);
        store.deleteUnfinished();
        assertFalse(Files.exists(unfinished));
        assertEquals(whole, sequences());
    }

    @Test
    void shouldGoOnFromTheNewestThatIsThere() {
        follow(POLICY);
        store.discardAfter(2800);
        store.delete(store.list().get(0));
        follow(POLICY);
        assertEquals(List.of(1400L, 2100L, 2800L, 3500L, 4200L, 4900L), sequences());
    }

    @Test
    void shouldThinOutEvenlyWhenTheyAreTooManyBytes() {
        follow(POLICY);
        for (int i = 0; i < 3; i++) {
            long byteCount = store.list().stream().mapToLong(Checkpoint::byteCount).sum();
            assertEquals(0, store.thin(byteCount));
            assertEquals(1, store.thin(byteCount - 1));
        }
        assertEquals(List.of(1400L, 2800L, 4200L, 4900L), sequences());
        assertEquals(3, store.thin(0));
        assertEquals(List.of(4900L), sequences());
    }

    @Test
    void shouldBuildWhatIsMissingAndTheEnd() {
        CheckpointBuilder builder = new CheckpointBuilder(directory, context(), POLICY);
        assertEquals(EVENT_COUNT + 2, builder.build(sequence -> { }, reason -> { }));
        assertEquals(8, builder.writtenCount());
        List<Long> whole = sequences();
        assertEquals(EVENT_COUNT + 2, whole.get(7));
        store.delete(store.list().get(3));
        store.delete(store.list().get(5));
        CheckpointBuilder again = new CheckpointBuilder(directory, context(), POLICY);
        assertEquals(EVENT_COUNT + 2, again.build(sequence -> { }, reason -> { }));
        assertEquals(whole, sequences());
    }

    private void follow(CheckpointPolicy policy) {
        CheckpointFollower follower =
            new CheckpointFollower(directory, context(), policy, counters);
        follower.onStart();
        for (int cycle = 0; cycle < 20; cycle++) {
            follower.doWork();
        }
        follower.onClose();
    }

    private EngineContext context() {
        return EngineSection.read(Journal.head(directory)).conclude();
    }

    private List<Long> sequences() {
        return store.list().stream().map(checkpoint -> checkpoint.position().inboundSequence())
            .toList();
    }

    private static List<Long> multiples(long interval) {
        return LongStream.rangeClosed(1, EVENT_COUNT / interval).map(number -> number * interval)
            .boxed().toList();
    }
}
