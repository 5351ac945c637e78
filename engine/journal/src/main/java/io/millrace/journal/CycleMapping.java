// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.journal.ExcerptDescriptor.MAX_EVENT_LENGTH;
import static io.millrace.journal.ExcerptDescriptor.MAX_LENGTH;
import static io.millrace.journal.ExcerptWalker.WORD_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The pages of a cycle file that the next document is built in, where it will stay. Readers see it
 * once its length word is there, which is written last; then the file's header tells the queue
 * library where the last document stands and which one it is. Owned by the thread that appends.
 *
 * <pre>
 *  header:  ... | writePosition i64 | writePosition &lt;&lt; 32 | number |   of the last document
 * </pre>
 */
final class CycleMapping implements AutoCloseable {
    /** Unmapping a longer one takes longer than an append should. */
    private static final int WINDOW_LENGTH = 1 << 22;
    private static final int PAGE_LENGTH = 1 << 12;
    /** The file's header document is shorter. */
    private static final int HEADER_LENGTH = 1 << 8;
    private static final int NUMBER_BITS = 32;
    private static final int NOT_FOUND = -1;

    private final Path path;
    private final FileChannel channel;
    private final MappedByteBuffer headerBytes;
    private final UnsafeBuffer header;
    private final UnsafeBuffer window = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
    private MappedByteBuffer bytes;
    private long windowStart;
    private int wordOffset;
    private int tailOffset = NOT_FOUND;

    CycleMapping(Path path) {
        this.path = path;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            headerBytes = channel.map(MapMode.READ_WRITE, 0, PAGE_LENGTH);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot map " + path, e);
        }
        header = new UnsafeBuffer(headerBytes);
    }

    /**
     * Looks for the header's words about the last document, which the library has just written.
     *
     * @return false when they are not where they are looked for
     */
    boolean isTailFound(long documentPosition, long number) {
        for (int at = 0; at < HEADER_LENGTH; at += Long.BYTES) {
            if (header.getLong(at, LITTLE_ENDIAN) == documentPosition
                && header.getLong(at + Long.BYTES, LITTLE_ENDIAN)
                == tail(documentPosition, number)) {
                tailOffset = at;
                return true;
            }
        }
        return false;
    }

    /** Makes room for the longest document at a position, whose pages must be there. */
    void moveTo(long position) {
        if (bytes == null
            || position + WORD_LENGTH + MAX_LENGTH > windowStart + WINDOW_LENGTH) {
            unmap();
            windowStart = position & -PAGE_LENGTH;
            try {
                bytes = channel.map(MapMode.READ_WRITE, windowStart, WINDOW_LENGTH);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot map " + path, e);
            }
            window.wrap(bytes);
        }
        wordOffset = (int) (position - windowStart);
        document.wrap(window, wordOffset + WORD_LENGTH, MAX_LENGTH);
    }

    /** The document at the position, behind its length word. */
    UnsafeBuffer document() {
        return document;
    }

    /** Bytes of the document from an offset on. */
    ByteBuffer bytes(int offset, int length) {
        int from = wordOffset + WORD_LENGTH;
        return bytes.limit(from + length).position(from + offset);
    }

    /**
     * Shows the document at the position to readers and to the library, once nothing stands any
     * more where the next length word will be.
     */
    void publish(int length, long number) {
        int rest = Math.min(length + MAX_EVENT_LENGTH, MAX_LENGTH);
        for (int i = length; i < rest; i += Long.BYTES) {
            document.putLong(i, 0);
        }
        window.putIntOrdered(wordOffset, length);
        if (window.getInt(wordOffset) != length) {
            throw new IllegalStateException("a page of " + path + " takes nothing");
        }
        long position = windowStart + wordOffset;
        header.putLongOrdered(tailOffset, position);
        header.putLongOrdered(tailOffset + Long.BYTES, tail(position, number));
    }

    @Override
    public void close() {
        unmap();
        header.wrap(0, 0);
        BufferUtil.free(headerBytes);
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }

    private void unmap() {
        window.wrap(0, 0);
        document.wrap(0, 0);
        BufferUtil.free(bytes);
        bytes = null;
    }

    private static long tail(long position, long number) {
        return (position << NUMBER_BITS) + number;
    }
}
