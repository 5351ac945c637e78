// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.io.File;
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
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends excerpts to one Chronicle queue; the only class that names Chronicle. The queue's time
 * stands still at the trading date, so that an epoch is one file whatever the hour in UTC. Owned by
 * the thread of its journal writer.
 */
final class CycleAppender implements ExcerptFile, AutoCloseable {
    private static final DateTimeFormatter FILE_NAME = DateTimeFormatter.ofPattern("yyyyMMdd'F'");
    private static final long NOON_MS = 12 * 3_600_000L;
    private static final long MEBIBYTE = 1L << 20;
    private static final long PAGE_LENGTH = 4096;
    private static final long SPACE_CHECK_LENGTH = 16 * MEBIBYTE;
    /** The library makes two KB of garbage for each block it maps. */
    private static final int BLOCK_LENGTH = (int) (32 * MEBIBYTE);
    private static final int RECOVERY_TIMEOUT_MS = 1000;

    static {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
    }

    private final Path path;
    private final File fileSystem;
    private final long minimumFreeLength;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Bytes<ByteBuffer> excerpt;
    private final ByteBuffer excerptBytes;
    private final UnsafeBuffer buffer;
    private final CRC32C crc = new CRC32C();
    private final PreToucher preToucher;
    private FileChannel forceChannel;
    private long position;
    private long spaceCheckedUntil;

    CycleAppender(Path directory, JournalQueue journalQueue, LocalDate tradingDate,
        JournalContext context) {
        path = file(directory, tradingDate);
        preToucher = new PreToucher(path, journalQueue, context.counters());
        fileSystem = directory.toFile();
        minimumFreeLength = context.minimumFreeMb() * MEBIBYTE;
        long timeMs = tradingDate.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + NOON_MS;
        queue = SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(RollCycles.FAST_DAILY)
            .blockSize(BLOCK_LENGTH)
            .timeoutMS(RECOVERY_TIMEOUT_MS)
            .timeProvider(() -> timeMs)
            .build();
        appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
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
        return buffer;
    }

    @Override
    public void append(int length, int count, long firstSequence) {
        buffer.putInt(ExcerptDescriptor.COUNT_OFFSET, count, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(ExcerptDescriptor.FIRST_SEQUENCE_OFFSET, firstSequence,
            ByteOrder.LITTLE_ENDIAN);
        excerptBytes.limit(length).position(ExcerptDescriptor.COUNT_OFFSET);
        crc.reset();
        crc.update(excerptBytes);
        excerptBytes.clear();
        buffer.putInt(ExcerptDescriptor.CRC_OFFSET, (int) crc.getValue(), ByteOrder.LITTLE_ENDIAN);
        excerpt.readPositionRemaining(0, length);
        appender.writeBytes(excerpt);
        position = appender.wire().bytes().writePosition();
    }

    /** Makes the next pages ready, and asks the file system every 16 MiB. */
    @Override
    public boolean hasSpace() {
        if (!isPreTouched()) {
            return false;
        }
        if (position < spaceCheckedUntil) {
            return true;
        }
        if (fileSystem.getUsableSpace() < minimumFreeLength) {
            return false;
        }
        spaceCheckedUntil = position + SPACE_CHECK_LENGTH;
        return true;
    }

    /** Where a continued file ends is known after the first append to it. */
    private boolean isPreTouched() {
        if (position == 0) {
            return true;
        }
        if (!preToucher.isStarted()) {
            preToucher.start(written());
        }
        return preToucher.reach(position);
    }

    /** Behind the last append and the index page that the library may have put behind it. */
    private long written() {
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
