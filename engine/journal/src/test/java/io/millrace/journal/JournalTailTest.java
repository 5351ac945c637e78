// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JournalTailTest {
    private static final int EVENT_COUNT = 60_000;

    @TempDir
    private Path root;

    @Test
    void shouldSeekAnySequence() {
        JournalFixture.create(root).write(EVENT_COUNT).close();
        Random random = new Random(3);
        try (JournalTail tail = tail(JournalQueue.INBOUND)) {
            for (int i = 0; i < 500; i++) {
                long sequence = 1 + random.nextInt(EVENT_COUNT);
                assertTrue(tail.seekSequence(sequence));
                assertTrue(tail.next());
                assertEquals(sequence, tail.event().sequence());
                assertEquals(sequence < EVENT_COUNT, tail.next());
            }
            assertFalse(tail.seekSequence(EVENT_COUNT + 1));
            assertTrue(tail.seekSequence(0));
            assertTrue(tail.next());
            assertEquals(1, tail.event().sequence());
            assertEquals(EVENT_COUNT, tail.seekEnd());
            assertFalse(tail.next());
        }
    }

    @Test
    void shouldSeekAnyTime() {
        JournalFixture.create(root).write(EVENT_COUNT).close();
        Random random = new Random(4);
        try (JournalTail tail = tail(JournalQueue.INBOUND)) {
            for (int i = 0; i < 500; i++) {
                long elapsedNs =
                    (long) (random.nextDouble() * EVENT_COUNT * JournalFixture.STEP_NS);
                assertTrue(tail.seekTime(JournalFixture.START_NS + elapsedNs));
                assertTrue(tail.next());
                long expected =
                    Math.max(1, (elapsedNs + JournalFixture.STEP_NS - 1) / JournalFixture.STEP_NS);
                assertEquals(expected, tail.event().sequence());
            }
            assertFalse(tail.seekTime(Long.MAX_VALUE));
            assertTrue(tail.seekTime(Long.MIN_VALUE));
        }
    }

    @Test
    void shouldSeekAcrossDamage() throws IOException {
        JournalFixture.create(root).write(EVENT_COUNT).close();
        try (RandomAccessFile file =
                 new RandomAccessFile(JournalFixture.onlyFile(root, JournalQueue.INBOUND).toFile(),
                     "rw")) {
            Random random = new Random(5);
            for (int i = 0; i < 100; i++) {
                file.seek(100_000 + (long) (random.nextDouble() * (file.length() - 1_200_000)));
                file.write(random.nextInt());
            }
        }
        List<Damage> damages = new ArrayList<>();
        try (JournalTail tail = tail(JournalQueue.INBOUND).damageListener(damages::add)) {
            for (int sequence = 1; sequence < EVENT_COUNT; sequence += 997) {
                damages.clear();
                assertTrue(tail.seekSequence(sequence));
                assertTrue(tail.next());
                long reached = tail.event().sequence();
                long wanted = sequence;
                assertTrue(reached == wanted || damages.stream().anyMatch(
                    damage -> damage.fromSequence() <= wanted && wanted <= damage.toSequence()));
            }
        }
    }

    @Test
    void shouldDeliverDamagedEventsOnlyWhenAsked() throws IOException {
        JournalFixture.create(root).write(1000).close();
        Path path = JournalFixture.onlyFile(root, JournalQueue.INBOUND);
        try (JournalTail tail = tail(JournalQueue.INBOUND); RandomAccessFile file =
            new RandomAccessFile(
            path.toFile(), "rw")) {
            tail.seekEnd();
            file.seek(tail.position() - 20);
            int value = file.read();
            file.seek(tail.position() - 20);
            file.write(value ^ 1);
        }
        assertThrows(JournalException.class, () -> count(tail(JournalQueue.INBOUND)));
        List<Damage> damages = new ArrayList<>();
        int skipped = count(tail(JournalQueue.INBOUND).damageListener(damages::add));
        int delivered =
            count(tail(JournalQueue.INBOUND).damageListener(damages::add).deliverDamaged());
        assertEquals(2, damages.size());
        assertEquals(1000, damages.get(0).toSequence());
        assertEquals(damages.get(0).fromSequence() - 1, skipped);
        assertEquals(1000, delivered);
    }

    @Test
    void shouldReadAnEpochThatSpansCycles() {
        JournalFixture.create(root).write(5000).close();
        Path directory = root.resolve("2030-01-01");
        Path inbound = JournalQueue.INBOUND.directory(directory);
        copyIntoHourlyCycles(JournalQueue.INBOUND.directory(JournalFixture.directory(root)),
            inbound);
        assertTrue(CycleFiles.list(inbound).size() > 3);
        assertEquals(5000, count(JournalTail.written(directory, JournalQueue.INBOUND)));
        try (JournalTail tail = JournalTail.written(directory, JournalQueue.INBOUND)) {
            for (long sequence = 1; sequence <= 5000; sequence += 61) {
                assertTrue(tail.seekSequence(sequence));
                assertTrue(tail.next());
                assertEquals(sequence, tail.event().sequence());
            }
        }
        try (JournalTail tail = JournalTail.following(directory, JournalQueue.INBOUND)) {
            for (long sequence = 1; sequence <= 5000; sequence++) {
                assertTrue(tail.next());
            }
        }
    }

    @Test
    @Timeout(60)
    void shouldEndWhereItCatchesUpWithAWriterAndFollowFromThere() throws InterruptedException {
        AtomicBoolean isStopped = new AtomicBoolean();
        try (JournalFixture fixture = JournalFixture.create(root).write(100)) {
            Thread writer = new Thread(() -> {
                while (!isStopped.get()) {
                    fixture.write(10);
                    LockSupport.parkNanos(100_000);
                }
            });
            writer.start();
            try (JournalTail written = tail(JournalQueue.INBOUND);
                 JournalTail following = JournalTail.following(JournalFixture.directory(root),
                     JournalQueue.INBOUND)) {
                long last = written.seekEnd();

                assertFalse(written.next());
                assertTrue(following.seekSequence(last));
                for (long sequence = last; sequence < last + 1000; sequence++) {
                    while (!following.next()) {
                        Thread.onSpinWait();
                    }
                    assertEquals(sequence, following.event().sequence());
                }
            } finally {
                isStopped.set(true);
                writer.join();
            }
        }
    }

    private static void copyIntoHourlyCycles(Path from, Path to) {
        long[] timeMs =
            {LocalDate.of(2030, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()};
        Bytes<?> bytes = Bytes.allocateElasticDirect();
        try (SingleChronicleQueue source = SingleChronicleQueueBuilder.binary(from)
            .rollCycle(RollCycles.FAST_DAILY)
                .timeProvider(() -> 1_767_355_200_000L).readOnly(true).build();
             ExcerptTailer tailer = source.createTailer();
             SingleChronicleQueue target = SingleChronicleQueueBuilder.binary(to)
                 .rollCycle(RollCycles.FAST_HOURLY)
                 .timeProvider(() -> timeMs[0]).build();
             ExcerptAppender appender = target.createAppender()) {
            while (tailer.readBytes(bytes)) {
                appender.writeBytes(bytes);
                bytes.clear();
                timeMs[0] += 120_000;
            }
        }
        bytes.releaseLast();
    }

    private JournalTail tail(JournalQueue queue) {
        return JournalTail.written(JournalFixture.directory(root), queue);
    }

    private static int count(JournalTail tail) {
        int count = 0;
        try (tail) {
            while (tail.next()) {
                count++;
            }
        }
        return count;
    }
}
