// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.Room;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Most documents are built without the queue library; it must not be able to tell. */
class QueueLibraryTest {
    private static final int DOCUMENTS = 3_000;
    private static final int WORDS_LIMIT = 4_000;

    @TempDir
    private Path root;

    private Path directory;

    @BeforeEach
    void createDirectory() throws IOException {
        directory = Files.createDirectories(JournalQueue.INBOUND.directory(root));
    }

    @Test
    void shouldReadEveryDocumentAndMoveToAnyOne() {
        try (CycleAppender appender = newAppender()) {
            append(appender, 0, DOCUMENTS);
        }
        try (SingleChronicleQueue queue = open(); ExcerptTailer tailer = queue.createTailer()) {
            assertEquals(numbers(DOCUMENTS), readAll(tailer));
            long first = queue.firstIndex();
            assertEquals(first + DOCUMENTS - 1, queue.lastIndex());
            Random random = new Random(3);
            for (int i = 0; i < 200; i++) {
                int number = random.nextInt(DOCUMENTS);
                assertTrue(tailer.moveToIndex(first + number));
                assertEquals(number, read(tailer));
            }
        }
    }

    @Test
    void shouldGoOnBehindTheLastDocumentInTurns() {
        int count = 0;
        for (int turn = 0; turn < 8; turn++) {
            try (CycleAppender appender = newAppender()) {
                append(appender, count, 300 + turn);
                count += 300 + turn;
            }
            try (SingleChronicleQueue queue = open();
                ExcerptAppender appender = queue.createAppender()) {
                for (int i = 0; i < 5 + turn; i++) {
                    appender.writeBytes(Bytes.wrapForRead(document(count++)));
                }
                assertEquals(queue.firstIndex() + count - 1, appender.lastIndexAppended());
            }
        }
        try (SingleChronicleQueue queue = open(); ExcerptTailer tailer = queue.createTailer()) {
            assertEquals(numbers(count), readAll(tailer));
        }
        assertEquals(List.of(), damages());
    }

    @Test
    void shouldFindTheEndThatAnAppenderLeftWhichNeverClosed() {
        CycleAppender appender = newAppender();
        append(appender, 0, 400);
        try (SingleChronicleQueue queue = open();
            ExcerptAppender other = queue.createAppender();
            ExcerptTailer tailer = queue.createTailer()) {
            other.writeBytes(Bytes.wrapForRead(document(400)));
            assertEquals(queue.firstIndex() + 400, other.lastIndexAppended());
            assertEquals(numbers(401), readAll(tailer));
        }
        appender.close();
    }

    @Test
    void shouldSeeWholeDocumentsOnlyBesideAWriter() throws InterruptedException {
        try (CycleAppender appender = newAppender()) {
            append(appender, 0, 1);
            Thread writer = new Thread(() -> append(appender, 1, 20 * DOCUMENTS));
            writer.start();
            try (SingleChronicleQueue queue = open();
                ExcerptTailer tailer = queue.createTailer()) {
                for (long number = 0; number <= 20 * DOCUMENTS; number++) {
                    long read = read(tailer);
                    while (read < 0) {
                        Thread.onSpinWait();
                        read = read(tailer);
                    }
                    assertEquals(number, read);
                }
            } finally {
                writer.join();
            }
        }
    }

    private CycleAppender newAppender() {
        JournalContext context = JournalFixture.context().conclude();
        return new CycleAppender(directory, JournalQueue.INBOUND, JournalFixture.DATE, context,
            new DiskWatch(directory, 0, 0, context.counters()));
    }

    private SingleChronicleQueue open() {
        long noonMs = JournalFixture.DATE.atTime(12, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
        return SingleChronicleQueueBuilder.binary(directory).rollCycle(RollCycles.FAST_DAILY)
            .timeProvider(() -> noonMs).build();
    }

    /** Documents without events, numbered, of lengths that follow from the number. */
    private static void append(CycleAppender appender, int from, int count) {
        for (int number = from; number < from + count; number++) {
            assertEquals(Room.ENOUGH, appender.room());
            ByteBuffer document = document(number);
            appender.buffer().putBytes(0, document, document.limit());
            appender.buffer().putLong(document.limit(), -1);
            appender.append(document.limit(), 0, number);
        }
    }

    private static ByteBuffer document(int number) {
        int words = 3 + new Random(number).nextInt(number % 50 == 0 ? WORDS_LIMIT : 40);
        ByteBuffer document = ByteBuffer.allocate(words * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
        document.putLong(ExcerptDescriptor.FIRST_SEQUENCE_OFFSET, number);
        for (int i = ExcerptDescriptor.RUN_OFFSET; i < document.limit(); i += Long.BYTES) {
            document.putLong(i, number * 31L + i);
        }
        document.putInt(ExcerptDescriptor.CRC_OFFSET, crc(document));
        return document;
    }

    private static int crc(ByteBuffer document) {
        CRC32C crc = new CRC32C();
        crc.update(document.duplicate().position(ExcerptDescriptor.COUNT_OFFSET));
        return (int) crc.getValue();
    }

    private static List<Long> numbers(int count) {
        List<Long> numbers = new ArrayList<>();
        for (long number = 0; number < count; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private static List<Long> readAll(ExcerptTailer tailer) {
        List<Long> numbers = new ArrayList<>();
        for (long number = read(tailer); number >= 0; number = read(tailer)) {
            numbers.add(number);
        }
        return numbers;
    }

    /** Number of the next document, whose bytes must be those of its number; -1 for none. */
    private static long read(ExcerptTailer tailer) {
        Bytes<ByteBuffer> bytes = Bytes.elasticHeapByteBuffer();
        if (!tailer.readBytes(bytes)) {
            return -1;
        }
        ByteBuffer document = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        long number = document.getLong(ExcerptDescriptor.FIRST_SEQUENCE_OFFSET);
        assertEquals(document((int) number), document);
        return number;
    }

    private List<Damage> damages() {
        List<Damage> damages = new ArrayList<>();
        new StructureCheck(damages::add)
            .checkFile(CycleAppender.file(directory, JournalFixture.DATE));
        return damages;
    }
}
