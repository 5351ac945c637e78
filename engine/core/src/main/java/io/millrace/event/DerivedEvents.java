// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

/**
 * The chain's way out: the publisher of the outbound ring, plus the memory of what was derived from
 * the event at hand, so that a later stage sees what an earlier one derived. Owned by the chain's
 * thread.
 */
public final class DerivedEvents {
    private final EventPublisher publisher;
    private final EventView view = new EventView();
    private long mark;

    /** @param publisher the single writer of the outbound ring */
    public DerivedEvents(EventPublisher publisher) {
        this.publisher = publisher;
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
}
