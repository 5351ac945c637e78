// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.ChainPosition;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.KeptEvents;
import io.millrace.journal.compare.EventEquality;
import io.millrace.journal.replay.EngineSection;
import io.millrace.journal.replay.RecordedDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    private static final int EVENT_COUNT = 5000;
    private static final int INTERVAL = 700;

    private final List<String> refused = new ArrayList<>();
    @TempDir
    private Path root;
    private Path directory;
    private CheckpointStore store;

    @BeforeEach
    void record() {
        directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        store = new CheckpointStore(directory);
        try (JournalChain chain = chain(pipeline())) {
            store.write(chain.pipeline().state());
            while (chain.run(INTERVAL, Long.MAX_VALUE) > 0) {
                store.write(chain.pipeline().state());
            }
        }
    }

    @Test
    void shouldDeriveTheRecordedRestFromEveryCheckpoint() {
        List<Checkpoint> checkpoints = store.list();
        assertEquals(2 + (EVENT_COUNT + 2) / INTERVAL, checkpoints.size());
        for (Checkpoint checkpoint : checkpoints) {
            ChainPosition position = checkpoint.position();
            Pipeline pipeline = pipeline();
            assertEquals(position, store.restore(pipeline.state(), position::equals, refused::add));
            assertEquals(recordedCount() - position.outboundSequence(), rest(pipeline));
        }
        assertEquals(List.of(), refused);
    }

    @Test
    void shouldRestoreTheNewestThatMayBe() {
        assertEquals(2 * INTERVAL, restored(position -> position.inboundSequence() < 3 * INTERVAL));
        assertEquals(3 * INTERVAL,
            restored(position -> position.inboundSequence() <= 3 * INTERVAL));
        assertEquals(0, restored(position -> position.receiveTimeNs() < RecordedDay.START_NS));
        assertEquals(EVENT_COUNT + 2, restored(position -> true));
        assertNull(store.restore(pipeline().state(), position -> false, refused::add));
        assertEquals(List.of(), refused);
    }

    @Test
    void shouldGiveWayToTheNextOlderOneWhateverByteIsDamaged() throws IOException {
        Checkpoint newest = store.list().get(store.list().size() - 1);
        byte[] bytes = Files.readAllBytes(newest.path());
        Pipeline pipeline = pipeline();
        Random random = new Random(1);
        int count = 0;
        for (int at = 0; at < bytes.length; at += at < 400 ? 1 : 1 + random.nextInt(200)) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1 << random.nextInt(Byte.SIZE);
            Files.write(newest.path(), damaged);
            assertEquals(EVENT_COUNT / INTERVAL * INTERVAL,
                store.restore(pipeline.state(), position -> true, refused::add).inboundSequence(),
                "damaged at " + at);
            count++;
        }
        assertEquals(count, refused.size());
        String path = newest.path().toString();
        assertTrue(refused.stream().allMatch(reason -> reason.startsWith(path)));
        Files.write(newest.path(), Arrays.copyOf(bytes, bytes.length - 1));
        assertEquals(EVENT_COUNT / INTERVAL * INTERVAL, restored(position -> true));
    }

    @Test
    void shouldLeaveTheChainAsItWasWhenNothingCanBeRestored() throws IOException {
        for (Checkpoint checkpoint : store.list()) {
            byte[] bytes = Files.readAllBytes(checkpoint.path());
            bytes[bytes.length - 1] ^= 1;
            Files.write(checkpoint.path(), bytes);
        }
        Pipeline pipeline = pipeline();
        assertNull(store.restore(pipeline.state(), position -> true, refused::add));
        assertEquals(store.list().size(), refused.size());
        assertEquals(recordedCount(), rest(pipeline));
    }

    @Test
    void shouldTellWhatOfACheckpointDoesNotFit() {
        EngineContext other = EngineSection.read(Journal.head(directory)).maxOrders(1000)
            .fingerprintInterval(5);
        assertNull(store.restore(new Pipeline(other.conclude()).state(), position -> true,
            refused::add));
        assertEquals(store.list().size(), refused.size());
        assertTrue(refused.get(0).contains("it has [engine.fingerprint-interval=1000, "
            + "engine.max-orders=65536], here it is"), refused.get(0));
    }

    @Test
    void shouldDiscardWhatIsBehindTheEndOfTheJournal() throws IOException {
        Files.write(store.directory().resolve("0000000000000000007.checkpoint.new"), new byte[9]);
        int count = store.list().size();
        assertEquals(count - 3, store.discardAfter(2 * INTERVAL + 1));
        assertEquals(List.of(0L, (long) INTERVAL, 2L * INTERVAL), store.list().stream()
            .map(checkpoint -> checkpoint.position().inboundSequence()).toList());
        assertEquals("true false false", store.list().stream()
            .map(checkpoint -> String.valueOf(checkpoint.isAnchor()))
            .reduce((left, right) -> left + " " + right).orElseThrow());
    }

    @Test
    void shouldLeaveACheckpointThatTellsMoreWhereItStands() {
        try (JournalChain chain = chain(pipeline())) {
            chain.run(INTERVAL, Long.MAX_VALUE);
            assertTrue(store.write(chain.pipeline().state(), chain.kept()).hasKept());
            assertTrue(store.write(chain.pipeline().state()).hasKept());
            assertTrue(store.kept(new KeptEvents(), INTERVAL, refused::add));
        }
    }

    private long restored(Predicate<ChainPosition> isAllowed) {
        return store.restore(pipeline().state(), isAllowed, refused::add).inboundSequence();
    }

    /** Runs the rest of the journal; returns the number of events derived, all as recorded. */
    private long rest(Pipeline pipeline) {
        long derived = 0;
        EventReader reader = pipeline.outboundRing().newGatingReader();
        EventView event = new EventView();
        try (JournalChain chain = chain(pipeline);
            JournalTail recorded = JournalTail.written(directory, JournalQueue.OUTBOUND)) {
            recorded.seekSequence(pipeline.state().position().outboundSequence() + 1);
            chain.seek();
            while (chain.run(100, Long.MAX_VALUE) > 0) {
                long last = reader.available();
                for (long sequence = reader.next(); sequence <= last; sequence++) {
                    assertTrue(recorded.next());
                    event.wrap(reader.ring().buffer(), reader.ring().blockOffset(sequence));
                    assertTrue(EventEquality.DATA.isEqual(event, recorded.event()));
                    derived++;
                }
                reader.release(last);
            }
        }
        return derived;
    }

    private long recordedCount() {
        try (JournalTail recorded = JournalTail.written(directory, JournalQueue.OUTBOUND)) {
            return recorded.seekEnd();
        }
    }

    private JournalChain chain(Pipeline pipeline) {
        return new JournalChain(pipeline, JournalTail.written(directory, JournalQueue.INBOUND),
            store);
    }

    private Pipeline pipeline() {
        return new Pipeline(EngineSection.read(Journal.head(directory)).conclude());
    }
}
