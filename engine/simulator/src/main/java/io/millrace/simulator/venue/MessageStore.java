// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The newest messages of a session by number, off the heap and of fixed size: when it is full the
 * oldest messages give way. Owned by the venue's thread.
 */
final class MessageStore {
    /** Bytes that are kept for a message on average. */
    static final int MEAN_MESSAGE_LENGTH = 48;

    private static final int STREAM_OFFSET = Integer.BYTES;
    private static final int RECORD_HEADER = Integer.BYTES + Long.BYTES;

    private final UnsafeBuffer bytes;
    private final long[] positions;
    private final int mask;
    private long end;
    private long streamLength;
    private long first;
    private long next;

    /** @param messages kept at least, of the mean length */
    MessageStore(int messages) {
        int rows = BitUtil.findNextPositivePowerOfTwo(messages + 1);
        positions = new long[rows];
        mask = rows - 1;
        bytes = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(Math.multiplyExact(messages, MEAN_MESSAGE_LENGTH)
                + 1_024, 64));
        reset();
    }

    /** Begins a session: its first message has number 1. */
    void reset() {
        end = 0;
        streamLength = 0;
        first = 1;
        next = 1;
        positions[1 & mask] = 0;
    }

    /** Number of the oldest message kept. */
    long first() {
        return first;
    }

    /** Number that the next message will have. */
    long next() {
        return next;
    }

    void append(DirectBuffer source, int offset, int length) {
        int capacity = bytes.capacity();
        int index = (int) (end % capacity);
        long start = index + RECORD_HEADER + length <= capacity ? end : end + capacity - index;
        end = start + RECORD_HEADER + length;
        positions[(int) next & mask] = start;
        while (first < next && (next - first >= mask
            || end - positions[(int) first & mask] > capacity)) {
            first++;
        }
        int at = (int) (start % capacity);
        bytes.putInt(at, length);
        bytes.putLong(at + STREAM_OFFSET, streamLength);
        bytes.putBytes(at + RECORD_HEADER, source, offset, length);
        streamLength += Short.BYTES + length;
        next++;
    }

    /** Bytes of a message, or -1 when it is not kept. */
    int length(long sequence) {
        return sequence < first || sequence >= next ? -1
            : bytes.getInt(at(sequence));
    }

    /** Copies a message that is kept; returns its length. */
    int copy(long sequence, MutableDirectBuffer target, int offset) {
        int at = at(sequence);
        int length = bytes.getInt(at);
        target.putBytes(offset, bytes, at + RECORD_HEADER, length);
        return length;
    }

    /** Bytes of all the session's messages before one that is kept, each with its length's two. */
    long streamOffset(long sequence) {
        return sequence == next ? streamLength : bytes.getLong(at(sequence) + STREAM_OFFSET);
    }

    private int at(long sequence) {
        return (int) (positions[(int) sequence & mask] % bytes.capacity());
    }
}
