// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.Room;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends excerpts to one Chronicle queue; the only class that names Chronicle. The queue's time
 * stands still at the trading date, so that an epoch is one file whatever the hour in UTC. The
 * library appends the first document and every one that its index points at; those between are
 * built where they stay. Owned by the thread of its journal writer.
 */
final class CycleAppender implements ExcerptFile, AutoCloseable {
    private static final DateTimeFormatter FILE_NAME = DateTimeFormatter.ofPattern("yyyyMMdd'F'");
    private static final long NOON_MS = 12 * 3_600_000L;
    private static final long PAGE_LENGTH = 4096;
    /** The library makes two KB of garbage for each block it maps. */
    private static final int BLOCK_LENGTH = 32 << 20;
    /** What the library touches of a file before its first document is written, and more. */
    private static final int FIRST_LENGTH = 1 << 18;
    private static final String METADATA_FILE = "metadata.cq4t";
    /** All of what the library maps. */
    private static final int METADATA_LENGTH = 1 << 17;
    /** Nobody else writes: what the library waits for is never going to be there. */
    private static final int RECOVERY_TIMEOUT_MS = 10;
    private static final RollCycles ROLL_CYCLE = RollCycles.FAST_DAILY;
    private static final int DOCUMENTS_PER_ENTRY = ROLL_CYCLE.defaultIndexSpacing();
    /** The library puts a page of its index behind the first of so many documents. */
    private static final long DOCUMENTS_PER_PAGE =
        (long) DOCUMENTS_PER_ENTRY * ROLL_CYCLE.defaultIndexCount();

    static {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
    }

    private final Path path;
    private final DiskWatch watch;
    private final SingleChronicleQueue queue;
    private ExcerptAppender appender;
    private final Bytes<ByteBuffer> excerpt;
    private final ByteBuffer excerptBytes;
    private final UnsafeBuffer buffer;
    private final CRC32C crc = new CRC32C();
    private final PreToucher preToucher;
    private FileChannel forceChannel;
    /** Null until the first document is there. */
    private CycleMapping mapping;
    private boolean isMappingTrusted;
    /** Number of the last document within the file, and where it stands. */
    private long number;
    private long documentPosition;
    private long position;

    CycleAppender(Path directory, JournalQueue journalQueue, LocalDate tradingDate,
        JournalContext context, DiskWatch watch) {
        this.watch = watch;
        path = file(directory, tradingDate);
        PreToucher.create(directory.resolve(METADATA_FILE), METADATA_LENGTH);
        preToucher = new PreToucher(path, journalQueue, context.counters(),
            context.disk());
        long timeMs = tradingDate.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + NOON_MS;
        queue = SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(ROLL_CYCLE)
            .blockSize(BLOCK_LENGTH)
            .timeoutMS(RECOVERY_TIMEOUT_MS)
            .timeProvider(() -> timeMs)
            .build();
        appender = newAppender();
        // Not before: an appender waits for the header of a file that it finds.
        PreToucher.create(path, FIRST_LENGTH);
        excerpt = Bytes.elasticByteBuffer(ExcerptDescriptor.MAX_LENGTH);
        excerpt.singleThreadedCheckDisabled(true);
        excerptBytes = excerpt.underlyingObject().order(ByteOrder.LITTLE_ENDIAN);
        buffer = new UnsafeBuffer(excerptBytes, 0, ExcerptDescriptor.MAX_LENGTH);
    }

    /** The one file of an epoch's queue. */
    static Path file(Path directory, LocalDate tradingDate) {
        return directory.resolve(FILE_NAME.format(tradingDate) + CycleFiles.SUFFIX);
    }

    @Override
    public UnsafeBuffer buffer() {
        return isBuiltInPlace() ? mapping.document() : buffer;
    }

    /** The library has a document of its own to remember every so often. */
    private boolean isBuiltInPlace() {
        return isMappingTrusted && (number + 1) % DOCUMENTS_PER_ENTRY != 0;
    }

    @Override
    public void append(int length, int count, long firstSequence) {
        if (isBuiltInPlace()) {
            seal(mapping.document(), mapping.bytes(ExcerptDescriptor.COUNT_OFFSET, length), count,
                firstSequence);
            number++;
            mapping.publish(length, number);
            position += ExcerptWalker.WORD_LENGTH + length;
            return;
        }
        excerptBytes.limit(length).position(ExcerptDescriptor.COUNT_OFFSET);
        seal(buffer, excerptBytes, count, firstSequence);
        excerpt.readPositionRemaining(0, length);
        appender.writeBytes(excerpt);
        position = appender.wire().bytes().writePosition();
        documentPosition = position - ExcerptWalker.WORD_LENGTH - length;
        number = ROLL_CYCLE.toSequenceNumber(appender.lastIndexAppended());
        if (mapping != null && number % DOCUMENTS_PER_PAGE == 0) {
            position = written();
            appender.close();
            appender = newAppender();
        }
    }

    /**
     * Until it is closed, an appender keeps a block mapped for each page of the index that it had
     * when garbage was collected.
     */
    private ExcerptAppender newAppender() {
        ExcerptAppender made = queue.createAppender();
        made.singleThreadedCheckDisabled(true);
        return made;
    }

    private void seal(UnsafeBuffer document, ByteBuffer checked, int count, long firstSequence) {
        document.putInt(ExcerptDescriptor.COUNT_OFFSET, count, ByteOrder.LITTLE_ENDIAN);
        document.putLong(ExcerptDescriptor.FIRST_SEQUENCE_OFFSET, firstSequence,
            ByteOrder.LITTLE_ENDIAN);
        crc.reset();
        crc.update(checked);
        checked.clear();
        document.putInt(ExcerptDescriptor.CRC_OFFSET, (int) crc.getValue(),
            ByteOrder.LITTLE_ENDIAN);
    }

    /** Behind the last document of a file that another process began; before the first append. */
    void continueAt(long lastPosition) {
        PreToucher.keep(path, lastPosition);
    }

    @Override
    public Room room() {
        Room room = watch.room();
        return room == Room.ENOUGH ? reach() : room;
    }

    /** Makes the next pages ready. Where the head of a new file ends is known behind its first. */
    Room reach() {
        if (position == 0) {
            return Room.ENOUGH;
        }
        if (mapping == null) {
            start();
        }
        Room room = preToucher.reach(position);
        if (room == Room.ENOUGH && isBuiltInPlace()) {
            mapping.moveTo(position);
        }
        return room;
    }

    private void start() {
        mapping = new CycleMapping(path);
        isMappingTrusted = mapping.isTailFound(documentPosition, number);
        position = written();
        preToucher.start(position);
    }

    /** Behind the last append and the index page that the library may have put behind it. */
    private long written() {
        if (number == 0 || number % DOCUMENTS_PER_PAGE != 0) {
            return position;
        }
        try (CycleWindow file = new CycleWindow(path)) {
            ExcerptWalker walker = new ExcerptWalker(file, false);
            walker.position(position);
            if (walker.step() == ExcerptWalker.Step.STRUCTURE) {
                walker.advance();
            }
            return walker.position();
        }
    }

    @Override
    public void force() {
        try {
            if (forceChannel == null) {
                forceChannel = FileChannel.open(path, StandardOpenOption.WRITE);
            }
            forceChannel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot force " + path, e);
        }
    }

    @Override
    public long position() {
        return position;
    }

    /** The file that is appended to. */
    Path path() {
        return path;
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
        excerpt.releaseLast();
        preToucher.close();
        CloseHelper.close(mapping);
        try {
            if (forceChannel != null) {
                forceChannel.close();
            }
            trim();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }

    /**
     * Gives back the zeros behind what is written, save the page that a reader looks at for more.
     */
    private void trim() throws IOException {
        if (position == 0) {
            return;
        }
        long kept = (written() / PAGE_LENGTH + 2) * PAGE_LENGTH;
        if (Files.size(path) > kept) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(kept);
            }
        }
    }
}
