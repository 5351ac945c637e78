// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A window over one file of a queue. The file's bytes are copied piece by piece, which costs half
 * of what faulting its pages in would, and a file that becomes shorter has an end and no signal.
 * Pieces grow while they are read one behind the other; whoever seeks or waits at the end reads
 * little. Owned by one reading thread.
 */
final class CycleWindow implements AutoCloseable {
    private static final int FIRST_PIECE_LENGTH = 1 << 12;
    /** Stays in a core's own cache from the copy to the reader. */
    private static final int MAX_PIECE_LENGTH = 1 << 18;

    private final Path path;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes;
    private int pieceLength = FIRST_PIECE_LENGTH;
    private long windowStart;
    private long windowEnd;

    CycleWindow(Path path) {
        this.path = path;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + path, e);
        }
        allocate(MAX_PIECE_LENGTH);
    }

    /** Makes a range readable; false when the file ends before it does. */
    boolean ensure(long position, int length) {
        if (position >= windowStart && position + length <= windowEnd) {
            return true;
        }
        return position >= 0 && length >= 0 && read(position, length);
    }

    private boolean read(long position, int length) {
        boolean isNext = position >= windowStart && position <= windowEnd && windowEnd > 0;
        pieceLength = isNext ? Math.min(2 * pieceLength, MAX_PIECE_LENGTH) : FIRST_PIECE_LENGTH;
        if (length > bytes.capacity()) {
            allocate(length);
        }
        bytes.clear().limit(Math.max(pieceLength, length));
        windowStart = position;
        try {
            while (bytes.position() < Math.max(length, 1)
                && channel.read(bytes, position + bytes.position()) > 0) {
                continue;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        } finally {
            windowEnd = position + bytes.position();
            bytes.clear();
        }
        return position + length <= windowEnd;
    }

    /** Forgets what was read, so that the next look at a position sees what stands there now. */
    void refresh() {
        windowStart = 0;
        windowEnd = 0;
    }

    /** The window's memory; {@link #offset(long)} tells where a position stands in it. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Offset of an ensured position within {@link #buffer()}. */
    int offset(long position) {
        return (int) (position - windowStart);
    }

    /** The 32-bit word at an ensured position. */
    int word(long position) {
        return buffer.getInt(offset(position), LITTLE_ENDIAN);
    }

    /**
     * The first position, from an ensured one on in steps of eight bytes, at which something stands
     * or the window ends.
     */
    long behindZeros(long position) {
        int limit = (int) (windowEnd - windowStart) - Long.BYTES;
        int at = offset(position);
        while (at <= limit && buffer.getLong(at) == 0) {
            at += Long.BYTES;
        }
        return windowStart + at;
    }

    /** CRC32C of an ensured range. */
    int crc(long position, int length) {
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

    @Override
    public void close() {
        buffer.wrap(0, 0);
        BufferUtil.free(bytes);
        refresh();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }

    private void allocate(int length) {
        if (bytes != null) {
            BufferUtil.free(bytes);
        }
        bytes = ByteBuffer.allocateDirect(length);
        buffer.wrap(bytes);
    }
}
