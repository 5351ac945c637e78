// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.event.EventView;
import org.agrona.DirectBuffer;

/**
 * Lets through to a decoder what the role of its feed asks for, told by the first byte of a
 * message, and counts the rest. Owned by the ingress thread.
 */
public final class RoleFilter implements VenueDecoder {
    private static final int TYPES = 256;

    private final VenueDecoder decoder;
    private final FeedCounters counters;
    private final boolean[] isPassed = new boolean[TYPES];

    /**
     * @param decoder    of the feed
     * @param counters   of the feed
     * @param tradeTypes of messages that are trades or break them
     * @param definition type of the message that defines a security, which every role needs
     */
    public RoleFilter(VenueDecoder decoder, FeedCounters counters, FeedRole role,
                      String tradeTypes, char definition) {
        this.decoder = decoder;
        this.counters = counters;
        for (int type = 0; type < TYPES; type++) {
            boolean isTrade = tradeTypes.indexOf(type) >= 0;
            isPassed[type] = isTrade ? role.givesTrades() : role.givesBooks();
        }
        isPassed[definition] = role != FeedRole.NONE;
    }

    @Override
    public void tradingDate(TradingDate date) {
        decoder.tradingDate(date);
    }

    @Override
    public long exchangeTimeNs(DirectBuffer buffer, int offset, int length) {
        return decoder.exchangeTimeNs(buffer, offset, length);
    }

    @Override
    public boolean recall(EventView event) {
        return decoder.recall(event);
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                          long receiveTimeNs) {
        if (isPassed[buffer.getByte(offset) & 0xFF]) {
            decoder.onMessage(buffer, offset, length, channelSequence, receiveTimeNs);
        } else {
            counters.onMessage();
            counters.onWithheld();
        }
    }

    @Override
    public void onSessionChanged() {
        decoder.onSessionChanged();
    }
}
