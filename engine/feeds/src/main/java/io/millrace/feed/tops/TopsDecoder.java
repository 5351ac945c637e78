// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.tops;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import io.millrace.feed.VenueDecoder;
import io.millrace.feed.iex.IexDecoder;
import io.millrace.feed.iex.IexWriter;
import io.millrace.instrument.InstrumentDirectory;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * IEX TOPS 1.6 and 1.5, all 12 types: the venue's best bid and offer, trades and states. Owned by
 * the ingress thread.
 */
public final class TopsDecoder implements VenueDecoder {
    /** Whose segments hold these messages. */
    public static final Set<MessageProtocol> PROTOCOLS =
        Set.of(MessageProtocol.TOPS_1_5, MessageProtocol.TOPS_1_6);

    private final IexDecoder messages;

    /**
     * @param publisher writer of the inbound ring
     * @param directory gives symbols their permanent ids
     */
    public TopsDecoder(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                       InstrumentDirectory directory) {
        IexWriter writer = new IexWriter(publisher, channel, counters, directory);
        messages = new IexDecoder(publisher, counters, writer,
            new TopsDispatcher(new TopsQuoteEvents(writer)));
    }

    @Override
    public void tradingDate(TradingDate date) {
        messages.tradingDate(date);
    }

    @Override
    public boolean recall(EventView event) {
        return messages.recall(event);
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                          long receiveTimeNs) {
        messages.onMessage(buffer, offset, length, channelSequence, receiveTimeNs);
    }

    @Override
    public void onSessionChanged() {
        messages.onSessionChanged();
    }

    @Override
    public long exchangeTimeNs(DirectBuffer buffer, int offset, int length) {
        return messages.exchangeTimeNs(buffer, offset, length);
    }
}
