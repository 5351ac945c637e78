// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.event.EventView;
import io.millrace.feed.transport.MessageHandler;
import org.agrona.DirectBuffer;

/** A venue's message protocol: takes messages, publishes events. */
public interface VenueDecoder extends MessageHandler {
    /** Sets the day that the times of the messages to come belong to. */
    void tradingDate(TradingDate date);

    /** Ns since the Unix epoch by the message's own clock, UNDEFINED when it tells none. */
    long exchangeTimeNs(DirectBuffer buffer, int offset, int length);

    /**
     * Learns again from an event that it published in an earlier life of the engine. Before the
     * first message, after the trading date is set.
     *
     * @return false when the event's message was to become another event, which must come again
     */
    boolean recall(EventView event);
}
