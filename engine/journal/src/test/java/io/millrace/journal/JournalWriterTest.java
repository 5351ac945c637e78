// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.counter.Counters;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.HoleBoard;
import io.millrace.journal.disk.ResumePermit;
import io.millrace.journal.disk.Room;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWriterTest {
    @TempDir
    private Path root;

    private final EventRing ring = new EventRing(16);
    private final EventPublisher inbound = new EventPublisher(ring, () -> {
        throw new IllegalStateException("ring is full");
    }, null, 1);
    private final Counters counters = Counters.inMemory();
    private final HoleBoard holes = new HoleBoard();
    private FaultyFile file;
    private JournalWriter writer;

    @BeforeEach
    void open() throws Exception {
        JournalContext context = JournalFixture.context().sync(JournalSync.BATCH)
            .counters(counters).conclude();
        Path directory = Files.createDirectories(JournalQueue.INBOUND.directory(root));
        DiskWatch watch = new DiskWatch(root, 0, 0, counters);
        file = new FaultyFile(new CycleAppender(directory, JournalQueue.INBOUND,
            JournalFixture.DATE, context, watch));
        writer = new JournalWriter(JournalQueue.INBOUND, file, ring.newGatingReader(), context, 0,
            new InboundHoles(ring, file, context, watch, holes, new ResumePermit(),
                kept -> { }));
    }

    @AfterEach
    void close() {
        file.appender.close();
    }

    @Test
    void shouldAppendNothingTwiceWhenAForceFails() {
        file.isForceFailing = true;
        publish(3);
        assertEquals(3, writer.doWork());
        assertEquals(0, writer.doWork());
        file.isForceFailing = false;
        publish(2);
        assertEquals(2, writer.doWork());

        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), journaled());
        assertEquals(5, writer.sequence());
        assertEquals(JournalWriter.State.UNFORCED, writer.state());
        assertEquals(List.of(1L, 0L), List.of(counters.value("journal.inbound.unforced"),
            counters.value("journal.inbound.unjournaled")));
        assertEquals(List.of("device is gone"), errors());
    }

    @Test
    void shouldPromiseNothingMoreWhenAForceAtIntervalsFails() {
        JournalContext context = JournalFixture.context().sync(JournalSync.INTERVAL)
            .syncIntervalMs(1).counters(counters).conclude();
        AtomicLong nowNs = new AtomicLong();
        // A device that takes no force.
        JournalSyncer failing = new JournalSyncer(Path.of("/dev/full"), JournalQueue.INBOUND,
            context, nowNs::get);
        JournalSyncer later = new JournalSyncer(file.appender.path(), JournalQueue.INBOUND,
            context, nowNs::get);
        publish(2);
        assertEquals(2, writer.doWork());
        nowNs.set(1_000_000);
        assertThrows(UncheckedIOException.class, failing::doWork);
        publish(1);
        assertEquals(1, writer.doWork());
        later.doWork();
        later.onClose();

        assertEquals(JournalWriter.State.UNFORCED, writer.state());
        assertEquals(3, writer.sequence());
        assertEquals(List.of(1L, 0L), List.of(counters.value("journal.inbound.unforced"),
            counters.value("journal.inbound.synced")));
    }

    @Test
    void shouldReleaseAndCountEventsWhenAnAppendThrows() {
        publish(2);
        assertEquals(2, writer.doWork());
        file.isAppendFailing = true;
        publish(3);
        assertEquals(3, writer.doWork());
        file.isAppendFailing = false;
        for (int i = 0; i < 10; i++) {
            publish(10);
            assertEquals(10, writer.doWork());
        }

        assertEquals(List.of(1L, 2L), journaled());
        assertEquals(2, writer.sequence());
        assertEquals(JournalWriter.State.FAILED, writer.state());
        assertEquals(103, counters.value("journal.inbound.unjournaled"));
        assertEquals(List.of("cannot map"), errors());
    }

    @Test
    void shouldStopOutboundWhenAnInboundAppendThrew() {
        EventRing effects = new EventRing(16);
        EventPublisher outbound = new EventPublisher(effects, () -> {
            throw new IllegalStateException("ring is full");
        }, null, 1);
        JournalContext context = JournalFixture.context().counters(counters).conclude();
        JournalWriter effectWriter = new JournalWriter(JournalQueue.OUTBOUND, file,
            effects.newGatingReader(), context, 0, new OutboundHoles(effects, context, holes));
        file.isAppendFailing = true;
        publish(1);
        publish(outbound, 1, 1);
        writer.doWork();
        assertEquals(1, effectWriter.doWork());
        assertEquals(JournalWriter.State.CAUSE_MISSING, effectWriter.state());
        assertEquals(1, counters.value("journal.outbound.unjournaled"));
    }

    private void publish(int count) {
        publish(inbound, count, 0);
    }

    private static void publish(EventPublisher publisher, int count, long origin) {
        for (int i = 0; i < count; i++) {
            int offset = publisher.claim(OrderDeletedEncoder.TEMPLATE_ID,
                OrderDeletedEncoder.BLOCK_LENGTH);
            publisher.common(offset, 0, 1, 1, 1, EventFlag.LAST, origin);
            publisher.commit();
        }
    }

    private List<Long> journaled() {
        LongStream.Builder sequences = LongStream.builder();
        try (JournalTail tail = JournalTail.written(root, JournalQueue.INBOUND)) {
            while (tail.next()) {
                sequences.add(tail.event().sequence());
            }
        }
        return sequences.build().boxed().toList();
    }

    private List<String> errors() {
        List<String> errors = new ArrayList<>();
        counters.forEachError((count, firstMs, lastMs, error) -> {
            String line = error.lines().findFirst().orElseThrow();
            assertTrue(line.contains(": "), line);
            errors.add(line.substring(line.indexOf(": ") + 2));
        });
        return errors;
    }

    /** A real file that fails when told to. */
    private static final class FaultyFile implements ExcerptFile {
        private final CycleAppender appender;
        private boolean isForceFailing;
        private boolean isAppendFailing;

        FaultyFile(CycleAppender appender) {
            this.appender = appender;
        }

        @Override
        public UnsafeBuffer buffer() {
            return appender.buffer();
        }

        @Override
        public void append(int length, int count, long firstSequence) {
            if (isAppendFailing) {
                throw new InternalError("cannot map");
            }
            appender.append(length, count, firstSequence);
        }

        @Override
        public Room room() {
            return appender.room();
        }

        @Override
        public void force() {
            if (isForceFailing) {
                throw new UncheckedIOException("device is gone", new IOException());
            }
            appender.force();
        }

        @Override
        public long position() {
            return appender.position();
        }
    }
}
