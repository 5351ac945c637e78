// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import io.millrace.codec.tops16.SystemEventDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.TradingDate;
import io.millrace.feed.VenueDecoder;
import org.agrona.DirectBuffer;

/**
 * A protocol of this venue: its own messages, and those that all of them share. One message in, its
 * events out or one count of why not. Reads each message in place, writes each event in place,
 * allocates nothing. Owned by the ingress thread.
 */
public final class IexDecoder implements VenueDecoder {
    private final EventPublisher publisher;
    private final FeedCounters counters;
    private final IexWriter writer;
    private final OwnMessages own;
    private final IexDispatcher shared;
    private final SystemEventDecoder head = new SystemEventDecoder();

    /**
     * @param publisher writer of the inbound ring
     * @param own       asked first
     */
    public IexDecoder(EventPublisher publisher, FeedCounters counters, IexWriter writer,
                      OwnMessages own) {
        this.publisher = publisher;
        this.counters = counters;
        this.writer = writer;
        this.own = own;
        shared = new IexDispatcher(new IexEvents(writer));
    }

    @Override
    public void tradingDate(TradingDate date) {
        writer.tradingDate(date);
    }

    @Override
    public boolean recall(EventView event) {
        return writer.recall(event);
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                          long receiveTimeNs) {
        counters.onMessage();
        publisher.receiveTimeNs(receiveTimeNs);
        writer.channelSequence(channelSequence);
        int outcome = own.dispatch(buffer, offset, length);
        if (outcome == IexDispatcher.UNKNOWN_TYPE) {
            outcome = shared.dispatch(buffer, offset, length);
        }
        if (outcome == IexDispatcher.TOO_SHORT) {
            counters.onMalformedMessage(Malformation.SHORT_MESSAGE);
        } else if (outcome == IexDispatcher.UNKNOWN_TYPE) {
            counters.onUnknownType(buffer.getByte(offset));
        }
    }

    @Override
    public void onSessionChanged() {
        writer.clear();
    }

    /**
     * {@inheritDoc} Every type has its time at the same place; one that is far from a known day, or
     * that no market had, is none.
     */
    @Override
    public long exchangeTimeNs(DirectBuffer buffer, int offset, int length) {
        if (length < SystemEventDecoder.BLOCK_LENGTH) {
            return EventDescriptor.UNDEFINED;
        }
        long timeNs = head.wrap(buffer, offset, SystemEventDecoder.BLOCK_LENGTH, 0).timestamp();
        TradingDate date = writer.tradingDate();
        boolean isBelieved = date.isKnown() ? date.isNear(timeNs) : TradingDate.isBelieved(timeNs);
        return isBelieved ? timeNs : EventDescriptor.UNDEFINED;
    }
}
