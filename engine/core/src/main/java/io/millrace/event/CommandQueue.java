// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static io.millrace.event.EventDescriptor.COMMON_LENGTH;
import static io.millrace.event.EventDescriptor.EXCHANGE_TIME_OFFSET;
import static io.millrace.event.EventDescriptor.MAX_BLOCK_LENGTH;
import static io.millrace.event.EventDescriptor.MEASUREMENT_LENGTH;

import io.millrace.codec.event.JournalGapEncoder;
import io.millrace.codec.event.SampleKind;
import io.millrace.codec.event.SystemSampleDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The one bounded way by which anything but market data becomes an inbound event: rules,
 * configuration, samples, detached strategies. Any thread offers; the ingress thread drains into
 * the inbound ring, where a command gets its sequence and chain time. A full queue refuses, and the
 * caller is told.
 */
public final class CommandQueue {
    private static final int MIN_LENGTH = COMMON_LENGTH + MEASUREMENT_LENGTH;

    private final ManyToOneRingBuffer queue;
    private final ControlledMessageHandler handler = this::onCommand;
    private final SystemSampleDecoder sample = new SystemSampleDecoder();
    private EventPublisher target;

    /** @param capacity bytes, a power of two */
    public CommandQueue(int capacity) {
        queue = new ManyToOneRingBuffer(new UnsafeBuffer(
            ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    /**
     * Offers an event whose block was encoded by a generated encoder; sequence, receive time and
     * measurement in it do not matter.
     *
     * @return false when the queue is full
     * @throws IllegalArgumentException when no event has a block of this length
     */
    public boolean offer(int templateId, DirectBuffer buffer, int blockOffset, int blockLength) {
        if (blockLength < MIN_LENGTH || blockLength > MAX_BLOCK_LENGTH || blockLength % 8 != 0) {
            throw new IllegalArgumentException("a command's block of " + blockLength
                + " bytes is not a multiple of 8 from " + MIN_LENGTH + " to " + MAX_BLOCK_LENGTH);
        }
        return queue.write(templateId, buffer, blockOffset, blockLength);
    }

    /**
     * Publishes the commands that wait, as far as the ring has room. Ingress thread.
     *
     * @return number of events published
     */
    public int drainTo(EventPublisher publisher) {
        if (queue.producerPosition() == queue.consumerPosition()) {
            return 0;
        }
        target = publisher;
        int count = queue.controlledRead(handler);
        publisher.commit();
        return count;
    }

    /** True when no command waits. Any thread, a moment's truth. */
    public boolean isEmpty() {
        return queue.producerPosition() == queue.consumerPosition();
    }

    private ControlledMessageHandler.Action onCommand(int templateId, MutableDirectBuffer buffer,
        int offset,
                                                      int blockLength) {
        if (!target.hasCapacity(1)) {
            return ControlledMessageHandler.Action.ABORT;
        }
        int block = target.claim(templateId, blockLength);
        target.buffer()
            .putBytes(block + EXCHANGE_TIME_OFFSET, buffer, offset + EXCHANGE_TIME_OFFSET,
            blockLength - EXCHANGE_TIME_OFFSET - MEASUREMENT_LENGTH);
        noticeStep(templateId, block);
        if (templateId == JournalGapEncoder.TEMPLATE_ID) {
            endGap(block);
        }
        return ControlledMessageHandler.Action.CONTINUE;
    }

    /** What follows a step of the clock is marked as the sample that tells of the step is. */
    private void noticeStep(int templateId, int block) {
        if (templateId == SystemSampleDecoder.TEMPLATE_ID) {
            sample.wrap(target.buffer(), block, SystemSampleDecoder.BLOCK_LENGTH,
                SystemSampleDecoder.SCHEMA_VERSION);
            if (sample.kind() == SampleKind.CLOCK_STEP) {
                target.doubtTime(sample.flags().badTime());
            }
        }
    }

    /** A hole in the journal ends where the event that tells of it stands, known only here. */
    private void endGap(int block) {
        target.buffer().putLong(block + JournalGapEncoder.toSequenceEncodingOffset(),
            target.nextSequence() - 1, ByteOrder.LITTLE_ENDIAN);
    }
}
