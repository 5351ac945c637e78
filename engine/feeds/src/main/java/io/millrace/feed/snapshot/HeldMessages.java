// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Live messages, and holes between them, in their order, off-heap and bounded. Used by one thread,
 * which is both ends of the ring.
 *
 * <pre>
 *  message:  | sequence int64 | receive time int64 | bytes |
 *  hole:     | from int64     | to int64           |
 * </pre>
 */
final class HeldMessages {
    /** Least memory: the longest message fits an eighth of it. */
    static final int MIN_LENGTH_BYTES = 1 << 20;
    /** Most memory. */
    static final int MAX_LENGTH_BYTES = 1 << 30;

    private static final int MESSAGE = 1;
    private static final int HOLE = 2;
    private static final int SECOND_OFFSET = Long.BYTES;
    private static final int HEAD_LENGTH = 2 * Long.BYTES;
    private static final int CACHE_LINE = 64;

    /** Takes what was held. The buffer is valid during the call. */
    interface Handler {
        /** A message. */
        void onHeldMessage(DirectBuffer buffer, int offset, int length, long sequence,
                           long receiveTimeNs);

        /** Messages that will never come, before the next one held. */
        void onHeldHole(long from, long to);
    }

    private final OneToOneRingBuffer ring;
    private final MessageHandler reader = this::onRead;
    private Handler handler;

    /** @param lengthBytes a power of two */
    HeldMessages(int lengthBytes) {
        if (!BitUtil.isPowerOfTwo(lengthBytes) || lengthBytes < MIN_LENGTH_BYTES
            || lengthBytes > MAX_LENGTH_BYTES) {
            throw new IllegalArgumentException("held messages in " + lengthBytes + " bytes: not a"
                + " power of two from " + MIN_LENGTH_BYTES + " to " + MAX_LENGTH_BYTES);
        }
        ring = new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            lengthBytes + RingBufferDescriptor.TRAILER_LENGTH, CACHE_LINE)));
    }

    /** Holds a message behind the others; false when there is no room. */
    boolean add(DirectBuffer source, int offset, int length, long sequence, long receiveTimeNs) {
        int index = ring.tryClaim(MESSAGE, HEAD_LENGTH + length);
        if (index <= 0) {
            return false;
        }
        ring.buffer().putLong(index, sequence);
        ring.buffer().putLong(index + SECOND_OFFSET, receiveTimeNs);
        ring.buffer().putBytes(index + HEAD_LENGTH, source, offset, length);
        ring.commit(index);
        return true;
    }

    /** Holds the place of messages that will never come; false when there is no room. */
    boolean addHole(long from, long to) {
        int index = ring.tryClaim(HOLE, HEAD_LENGTH);
        if (index <= 0) {
            return false;
        }
        ring.buffer().putLong(index, from);
        ring.buffer().putLong(index + SECOND_OFFSET, to);
        ring.commit(index);
        return true;
    }

    /** Gives the first one to a handler and forgets it; there must be one. */
    void takeFirst(Handler taker) {
        handler = taker;
        int count = 0;
        while (count == 0 && ring.size() > 0) {
            count = ring.read(reader, 1);
        }
    }

    boolean isEmpty() {
        return ring.size() == 0;
    }

    /** Bytes held now. */
    int lengthBytes() {
        return ring.size();
    }

    /** True when more than half of the memory is in use. */
    boolean isMoreThanHalfFull() {
        return ring.size() > ring.capacity() / 2;
    }

    private void onRead(int type, MutableDirectBuffer buffer, int index, int length) {
        long first = buffer.getLong(index);
        long second = buffer.getLong(index + SECOND_OFFSET);
        if (type == HOLE) {
            handler.onHeldHole(first, second);
        } else {
            handler.onHeldMessage(buffer, index + HEAD_LENGTH, length - HEAD_LENGTH, first, second);
        }
    }
}
