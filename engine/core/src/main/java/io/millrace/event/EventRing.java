// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.SLOT_LENGTH;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.SingleProducerSequencer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ring of off-heap slots, one SBE event in each, ordered by a Disruptor sequencer. One thread
 * writes through the ring's {@link EventPublisher}; any number of threads read through an
 * {@link EventReader} each. A gating reader holds the writer back, a free one may be overrun.
 */
public final class EventRing {
    /** Largest number of slots: the slots of one ring stay within one 2 GiB buffer. */
    public static final int MAX_CAPACITY = 1 << 23;

    private final int mask;
    private final UnsafeBuffer buffer;
    private final SingleProducerSequencer sequencer;
    private final List<EventReader> gatingReaders = new CopyOnWriteArrayList<>();

    /**
     * @param capacity number of slots, a power of two from 2 to {@link #MAX_CAPACITY}
     * @throws IllegalArgumentException when the capacity is anything else
     */
    public EventRing(int capacity) {
        if (capacity < 2 || capacity > MAX_CAPACITY || !BitUtil.isPowerOfTwo(capacity)) {
            throw new IllegalArgumentException("ring capacity " + capacity
                + " is not a power of two from 2 to " + MAX_CAPACITY);
        }
        mask = capacity - 1;
        ByteBuffer memory = BufferUtil.allocateDirectAligned(capacity * SLOT_LENGTH, SLOT_LENGTH);
        buffer = new UnsafeBuffer(memory);
        sequencer = new SingleProducerSequencer(capacity, new BusySpinWaitStrategy());
    }

    /** A reader that starts behind the last published event and that the writer waits for. */
    public EventReader newGatingReader() {
        EventReader reader = newFreeReader();
        sequencer.addGatingSequences(reader.sequence());
        gatingReaders.add(reader);
        return reader;
    }

    /** A reader that starts behind the last published event and that nobody waits for. */
    public EventReader newFreeReader() {
        return new EventReader(this, sequencer);
    }

    /** Number of slots. */
    public int capacity() {
        return mask + 1;
    }

    /** The memory of all slots. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Ring sequence of the last published event, -1 before the first. Any thread. */
    public long cursor() {
        return sequencer.getCursor();
    }

    /**
     * Slots that are neither published and unread by a gating reader nor claimed. Any thread, a
     * moment's truth.
     */
    public long remainingCapacity() {
        return sequencer.remainingCapacity();
    }

    /**
     * Most events that any gating reader ever found unread when it looked. Any thread. Allocates:
     * for reports.
     */
    public long highWater() {
        return gatingReaders.stream().mapToLong(EventReader::highWater).max().orElse(0);
    }

    /** Offset of an event's block within {@link #buffer()}. */
    public int blockOffset(long ringSequence) {
        return ((int) ringSequence & mask) * SLOT_LENGTH + HEADER_LENGTH;
    }

    SingleProducerSequencer sequencer() {
        return sequencer;
    }
}
