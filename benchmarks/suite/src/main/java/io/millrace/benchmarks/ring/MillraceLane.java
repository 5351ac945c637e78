// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import org.agrona.concurrent.UnsafeBuffer;

/** Our slot ring with whole events of one kind, each committed on its own. */
final class MillraceLane implements Lane {
    private final EventRing ring;
    private final EventReader position;
    private final EventPublisher publisher;
    private final int templateId;
    private final int blockLength;

    MillraceLane(int capacity, int templateId, int blockLength) {
        this.templateId = templateId;
        this.blockLength = blockLength;
        ring = new EventRing(capacity);
        position = ring.newGatingReader();
        publisher = new EventPublisher(ring, Thread::onSpinWait, null, 1);
        publisher.receiveTimeNs(0);
    }

    @Override
    public void send(long value) {
        int block = publisher.claim(templateId, blockLength);
        publisher.common(block, value, 1, 1, 1, EventFlag.LAST, value);
        int end = block + blockLength - EventDescriptor.MEASUREMENT_LENGTH;
        for (int at = block + EventDescriptor.COMMON_LENGTH; at < end; at += Long.BYTES) {
            publisher.buffer().putLong(at, value + at, LITTLE_ENDIAN);
        }
        publisher.commit();
    }

    @Override
    public Reader newReader() {
        return new SlotReader(ring, position, blockLength);
    }

    private static final class SlotReader implements Reader {
        private final EventRing ring;
        private final EventReader position;
        private final int contentLength;
        private long sum;

        SlotReader(EventRing ring, EventReader position, int blockLength) {
            this.ring = ring;
            this.position = position;
            contentLength = blockLength - EventDescriptor.MEASUREMENT_LENGTH;
        }

        @Override
        public int drain() {
            long next = position.next();
            long available = Math.min(position.available(), next + BATCH_LIMIT - 1);
            if (available < next) {
                return 0;
            }
            long total = 0;
            for (long sequence = next; sequence <= available; sequence++) {
                total += sum(ring.buffer(), ring.blockOffset(sequence));
            }
            position.release(available);
            sum += total;
            return (int) (available - next + 1);
        }

        @Override
        public long sum() {
            return sum;
        }

        private long sum(UnsafeBuffer buffer, int block) {
            long total = 0;
            for (int at = block; at < block + contentLength; at += Long.BYTES) {
                total += buffer.getLong(at, LITTLE_ENDIAN);
            }
            return total;
        }
    }
}
