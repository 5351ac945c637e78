// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A window of fixed size that slides over a stream of any length. Damage of a compressed stream
 * ends it like the end of the file does, and is told by {@link #problem()}. Used by one thread.
 */
final class CaptureInput implements AutoCloseable {
    /** Bytes of the window: no record that is looked at whole is longer. */
    static final int WINDOW_LENGTH = 1 << 20;

    private final InputStream stream;
    private final byte[] bytes = new byte[WINDOW_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    private int offset;
    private int limit;
    private long position;
    private boolean hasEnded;
    private String problem;

    CaptureInput(InputStream stream) {
        this.stream = stream;
    }

    /**
     * True when this many bytes, at most a window, stand from {@link #offset()} on; false when the
     * stream ends before.
     */
    boolean require(int length) throws IOException {
        if (limit - offset >= length) {
            return true;
        }
        return fill(length);
    }

    /** Moves on by this many bytes, as far as there are any; returns the bytes that were there. */
    long skip(long length) throws IOException {
        long left = length;
        while (left > 0 && (limit > offset || fill(1))) {
            int step = (int) Math.min(left, limit - offset);
            advance(step);
            left -= step;
        }
        return length - left;
    }

    /** Moves on by bytes that {@link #require(int)} has shown to be there. */
    void advance(int length) {
        offset += length;
        position += length;
    }

    /** The window. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where in the window the next byte stands. */
    int offset() {
        return offset;
    }

    /** Bytes that stand in the window now. */
    int available() {
        return limit - offset;
    }

    /** Number of bytes before the next one. */
    long position() {
        return position;
    }

    /** What was wrong with the stream, or null. */
    String problem() {
        return problem;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private boolean fill(int length) throws IOException {
        System.arraycopy(bytes, offset, bytes, 0, limit - offset);
        limit -= offset;
        offset = 0;
        while (limit < length && !hasEnded) {
            int count = read();
            hasEnded = count < 0;
            limit += Math.max(count, 0);
        }
        return limit >= length;
    }

    private int read() throws IOException {
        try {
            return stream.read(bytes, limit, bytes.length - limit);
        } catch (EOFException | ZipException damage) {
            problem = "compressed stream: " + damage.getMessage();
            return -1;
        }
    }
}
