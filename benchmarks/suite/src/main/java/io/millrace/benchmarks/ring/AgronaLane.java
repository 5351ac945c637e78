// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's one-to-one ring buffer with messages of eight longs. */
final class AgronaLane implements Lane {
    private static final int LENGTH = 8 * Long.BYTES;
    private static final int CACHE_LINE = 64;

    private final OneToOneRingBuffer ring;

    AgronaLane(int capacity) {
        int bytes = capacity * 2 * LENGTH + RingBufferDescriptor.TRAILER_LENGTH;
        ring = new OneToOneRingBuffer(
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, CACHE_LINE)));
    }

    @Override
    public void send(long value) {
        int offset = ring.tryClaim(1, LENGTH);
        while (offset < 0) {
            Thread.onSpinWait();
            offset = ring.tryClaim(1, LENGTH);
        }
        for (int i = 0; i < Long.BYTES; i++) {
            ring.buffer().putLong(offset + i * Long.BYTES, value + i);
        }
        ring.commit(offset);
    }

    @Override
    public Reader newReader() {
        return new MessageReader(ring);
    }

    private static final class MessageReader implements Reader, MessageHandler {
        private final OneToOneRingBuffer ring;
        private long sum;

        MessageReader(OneToOneRingBuffer ring) {
            this.ring = ring;
        }

        @Override
        public int drain() {
            return ring.read(this, BATCH_LIMIT);
        }

        @Override
        public void onMessage(int type, MutableDirectBuffer buffer, int offset, int length) {
            for (int i = 0; i < LENGTH; i += Long.BYTES) {
                sum += buffer.getLong(offset + i);
            }
        }

        @Override
        public long sum() {
            return sum;
        }
    }
}
