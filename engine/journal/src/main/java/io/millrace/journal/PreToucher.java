// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.millrace.counter.Counters;
import io.millrace.journal.disk.Disk;
import io.millrace.journal.disk.Room;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Writes zeros through a channel where the next appends will go, so that an append touches pages
 * that are there, and a full disk is an exception here and not a signal there. It stays so far
 * ahead that the kernel's whole unit of the page cache is there, not only the page: a reader's
 * read-ahead can have made a unit of up to 2 MiB, and a store into any page of it wants space for
 * all of it.
 * Owned by the thread that appends.
 */
final class PreToucher implements AutoCloseable {
    private static final int PIECE_LENGTH = 1 << 17;
    /** Largest unit in which the page cache keeps a file. */
    private static final int UNIT_LENGTH = 1 << 21;
    /**
     * More than an append takes, with the index pages that the library may put before it, up to the
     * end of the unit in which it ends.
     */
    private static final int REACH = 2 * ExcerptDescriptor.MAX_LENGTH + UNIT_LENGTH;

    private final Path file;
    private final AtomicCounter touched;
    private final AtomicCounter elapsedNs;
    private final ErrorHandler errors;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_LENGTH);
    private final Disk disk;
    private FileChannel channel;
    private long end;

    /**
     * Made on the control thread, where counters are; the file need not be there yet.
     *
     * @param disk in place of the file system's, or null
     */
    PreToucher(Path file, JournalQueue queue, Counters counters, Disk disk) {
        this.file = file;
        this.disk = disk;
        touched = counters.counter(JournalWriter.label(queue, "pretouched"));
        elapsedNs = counters.counter(JournalWriter.label(queue, "pretouch-ns"));
        errors = counters::onError;
    }

    boolean isStarted() {
        return channel != null;
    }

    /** @param written byte offset behind all that stands in the file */
    void start(long written) {
        end = written;
        try {
            channel = FileChannel.open(file, WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
    }

    /**
     * Makes the next pages of a file of another process ready as they are: the library may believe
     * that something stands behind its last event.
     */
    static void keep(Path file, long written) {
        ByteBuffer bytes = ByteBuffer.allocate(REACH);
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            for (int count = 0; count >= 0 && bytes.hasRemaining();) {
                count = channel.read(bytes, written + bytes.position());
            }
            bytes.clear();
            while (bytes.hasRemaining()) {
                channel.write(bytes, written + bytes.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make room in " + file, e);
        }
    }

    /** Makes a file of zeros for the library to begin in, which touches its pages at once. */
    static void create(Path file, int length) {
        if (Files.exists(file)) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make room for " + file, e);
        }
    }

    /**
     * Makes pages ready behind the last append; nothing before that is touched.
     *
     * @return ENOUGH, or what keeps the file from growing
     */
    Room reach(long position) {
        if (position + REACH <= end) {
            return Room.ENOUGH;
        }
        long startNs = System.nanoTime();
        try {
            write(position);
            return Room.ENOUGH;
        } catch (IOException e) {
            errors.onError(e);
            return Room.of(e);
        } finally {
            elapsedNs.getAndAddOrdered(System.nanoTime() - startNs);
        }
    }

    private void write(long position) throws IOException {
        end = Math.max(end, position);
        while (end < position + REACH) {
            int length = PIECE_LENGTH - (int) (end & PIECE_LENGTH - 1);
            zeros.clear().limit(length);
            end += disk == null ? channel.write(zeros, end)
                : disk.write(channel, zeros, end);
            touched.getAndAddOrdered(zeros.position());
        }
    }

    @Override
    public void close() {
        BufferUtil.free(zeros);
        CloseHelper.close(channel);
    }
}
