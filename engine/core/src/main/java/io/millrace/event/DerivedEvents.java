// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.SLOT_LENGTH;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The chain's way out: the publisher of the outbound ring, plus the memory of what was derived from
 * the event at hand, so that a later stage sees what an earlier one derived. When one event derives
 * more than the ring holds, what is about to be overwritten is kept aside. Owned by the chain's
 * thread.
 */
public final class DerivedEvents {
    private final EventPublisher publisher;
    private final EventView view = new EventView();
    private final int capacity;
    private final UnsafeBuffer overflow;
    private long mark;

    /** @param publisher the single writer of the outbound ring, which holds all that one derives */
    public DerivedEvents(EventPublisher publisher) {
        this(publisher, 0);
    }

    /**
     * @param publisher    the single writer of the outbound ring
     * @param mostPerCause events that one inbound event may derive
     */
    public DerivedEvents(EventPublisher publisher, int mostPerCause) {
        this.publisher = publisher;
        capacity = publisher.ring().capacity();
        overflow = new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            Math.max(0, mostPerCause - capacity) * SLOT_LENGTH, SLOT_LENGTH));
        mark = publisher.claimed();
    }

    /** Begins a new inbound event: nothing was derived from it yet. */
    public void onCause() {
        mark = publisher.claimed();
    }

    /**
     * Claims a derived event that inherits time, venue, channel, flags and instrument from its
     * cause.
     *
     * @return offset of the block within {@link #publisher()}'s buffer
     */
    public int claim(int templateId, int blockLength, EventView cause) {
        int overrun = count() - capacity;
        if (overrun >= 0) {
            keep(overrun);
        }
        publisher.receiveTimeNs(cause.receiveTimeNs());
        int offset = publisher.claim(templateId, blockLength);
        publisher.common(offset, cause.exchangeTimeNs(), cause.instrumentId(), cause.venueId(),
            cause.channelId(),
            cause.flags(), cause.sequence());
        return offset;
    }

    /** Number of events derived so far from the event at hand. */
    public int count() {
        return (int) (publisher.claimed() - mark);
    }

    /** The index-th event, from 0, derived from the event at hand; the view is reused. */
    public EventView get(int index) {
        if (index < count() - capacity) {
            return view.wrap(overflow, index * SLOT_LENGTH + HEADER_LENGTH);
        }
        return view.wrap(publisher.buffer(), publisher.ring().blockOffset(mark + 1 + index));
    }

    /** Shows what was derived to the readers of the outbound ring. */
    public void commit() {
        publisher.commit();
    }

    /** The single writer of the outbound ring. */
    public EventPublisher publisher() {
        return publisher;
    }

    /** Copies the event whose slot the next claim takes, although its cause is still at hand. */
    private void keep(int index) {
        if (index * SLOT_LENGTH >= overflow.capacity()) {
            throw new IllegalStateException("one event derived more than " + count() + " others");
        }
        int offset = publisher.ring().blockOffset(mark + 1 + index);
        overflow.putBytes(index * SLOT_LENGTH, publisher.buffer(), offset - HEADER_LENGTH,
            SLOT_LENGTH);
    }
}
