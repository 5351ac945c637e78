// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.counter.Counters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Writes zeros through a channel where the next appends will go, so that an append touches pages
 * that are there, and a full disk is an exception here and not a signal there. It goes one piece
 * ahead and no further: the append finds the zeros in its core's own cache, and no other thread
 * competes for the file. Owned by the thread that appends.
 */
final class PreToucher implements AutoCloseable {
    private static final int PIECE_LENGTH = 1 << 17;
    /** More than an append takes, with the index pages that the library may put before it. */
    private static final int REACH = 2 * ExcerptDescriptor.MAX_LENGTH;

    private final Path file;
    private final AtomicCounter touched;
    private final AtomicCounter elapsedNs;
    private final ErrorHandler errors;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_LENGTH);
    private FileChannel channel;
    private long end;

    /** Made on the control thread, where counters are; the file need not be there yet. */
    PreToucher(Path file, JournalQueue queue, Counters counters) {
        this.file = file;
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
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
    }

    /**
     * Makes pages ready behind the last append; nothing before that is touched.
     *
     * @return false when the file cannot grow any more
     */
    boolean reach(long position) {
        if (position + REACH <= end) {
            return true;
        }
        long startNs = System.nanoTime();
        try {
            write(position);
            return true;
        } catch (IOException e) {
            errors.onError(e);
            return false;
        } finally {
            elapsedNs.getAndAddOrdered(System.nanoTime() - startNs);
        }
    }

    private void write(long position) throws IOException {
        end = Math.max(end, position);
        while (end < position + REACH) {
            int length = PIECE_LENGTH - (int) (end & PIECE_LENGTH - 1);
            zeros.clear().limit(length);
            end += channel.write(zeros, end);
            touched.getAndAddOrdered(zeros.position());
        }
    }

    @Override
    public void close() {
        BufferUtil.free(zeros);
        CloseHelper.close(channel);
    }
}
