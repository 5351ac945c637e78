// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A read-only window over one file of a queue; the file is never extended and never written.
 * Nothing outside the file's length is mapped or touched. Owned by one reading thread.
 */
final class MappedCycle implements AutoCloseable {
    private static final long PAGE_LENGTH = 4096;

    private final Path path;
    private final FileChannel channel;
    private final long windowLength;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private MappedByteBuffer window;
    private long windowStart;
    private long windowEnd;

    MappedCycle(Path path, long windowLength) {
        this.path = path;
        this.windowLength = windowLength;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + path, e);
        }
    }

    /** Makes a range readable; false when the file ends before it does. */
    boolean ensure(long position, int length) {
        if (position >= windowStart && position + length <= windowEnd) {
            return true;
        }
        return map(position, length);
    }

    private boolean map(long position, int length) {
        try {
            long fileLength = channel.size();
            if (position < 0 || length < 0 || position + length > fileLength) {
                return false;
            }
            unmap();
            long start = position / PAGE_LENGTH * PAGE_LENGTH;
            long end = Math.min(fileLength, Math.max(start + windowLength, position + length));
            window = channel.map(FileChannel.MapMode.READ_ONLY, start, end - start);
            window.order(LITTLE_ENDIAN);
            buffer.wrap(window);
            windowStart = start;
            windowEnd = end;
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot map " + path, e);
        }
    }

    /** The window's memory; {@link #offset(long)} tells where a position stands in it. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Offset of an ensured position within {@link #buffer()}. */
    int offset(long position) {
        return (int) (position - windowStart);
    }

    /** The 32-bit word at an ensured position, ordered after what its writer wrote before it. */
    int word(long position) {
        return buffer.getIntVolatile(offset(position));
    }

    /** CRC32C of an ensured range. */
    int crc(long position, int length) {
        ByteBuffer bytes = window;
        bytes.limit(offset(position) + length).position(offset(position));
        crc.reset();
        crc.update(bytes);
        bytes.clear();
        return (int) crc.getValue();
    }

    /** Length of the file now. */
    long length() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the length of " + path, e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        unmap();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }

    private void unmap() {
        buffer.wrap(0, 0);
        windowStart = 0;
        windowEnd = 0;
        if (window != null) {
            BufferUtil.free(window);
            window = null;
        }
    }
}
