// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.codec.itch50.Timestamp48Decoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.TradingDate;
import io.millrace.feed.VenueDecoder;
import io.millrace.instrument.InstrumentDirectory;
import org.agrona.DirectBuffer;

/**
 * Nasdaq TotalView-ITCH 5.0, all 23 types: one message in, one event out or one count of why not.
 * Reads each message in place, writes each event in place, allocates nothing. Knows only what the
 * day's locates stand for. Owned by the ingress thread.
 */
public final class Itch50Decoder implements VenueDecoder {
    private static final int HEAD_LENGTH = SystemEventDecoder.timestampEncodingOffset()
        + Timestamp48Decoder.ENCODED_LENGTH;

    private final EventPublisher publisher;
    private final FeedCounters counters;
    private final Itch50Writer writer;
    private final Itch50Eligibility eligibility;
    private final Itch50Dispatcher dispatcher;
    private final InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();

    /**
     * @param publisher writer of the inbound ring
     * @param directory gives symbols their permanent ids
     */
    public Itch50Decoder(EventPublisher publisher, FeedChannel channel, FeedCounters counters,
                         InstrumentDirectory directory) {
        this.publisher = publisher;
        this.counters = counters;
        writer = new Itch50Writer(publisher, channel, counters, directory);
        eligibility = new Itch50Eligibility(writer.listings());
        dispatcher = new Itch50Dispatcher(new Itch50Events(writer, eligibility));
    }

    @Override
    public void tradingDate(TradingDate date) {
        writer.tradingDate(date);
        eligibility.clear();
    }

    @Override
    public boolean recall(EventView event) {
        if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            defined.wrap(event.buffer(), event.offset(), event.blockLength(),
                InstrumentDefinedDecoder.SCHEMA_VERSION);
            writer.listings().recall((int) defined.locate(), event.instrumentId(),
                defined.roundLotSize());
        } else if (event.templateId() == SessionEventDecoder.TEMPLATE_ID
            && isMarketClosed(event)) {
            eligibility.onMarketClosed(event.exchangeTimeNs()
                - writer.tradingDate().midnightNs());
        }
        return (event.flags() & (EventFlag.LAST | EventFlag.SNAPSHOT)) != 0;
    }

    private static boolean isMarketClosed(EventView event) {
        return event.exchangeTimeNs() != EventDescriptor.UNDEFINED && event.buffer().getByte(
            event.offset() + SessionEventDecoder.kindEncodingOffset())
            == SessionEventKind.MARKET_CLOSED.value();
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long channelSequence,
                          long receiveTimeNs) {
        counters.onMessage();
        publisher.receiveTimeNs(receiveTimeNs);
        writer.channelSequence(channelSequence);
        int outcome = dispatcher.dispatch(buffer, offset, length);
        if (outcome == Itch50Dispatcher.TOO_SHORT) {
            counters.onMalformedMessage(Malformation.SHORT_MESSAGE);
        } else if (outcome == Itch50Dispatcher.UNKNOWN_TYPE) {
            counters.onUnknownType(buffer.getByte(offset));
        }
    }

    @Override
    public void onSessionChanged() {
        writer.listings().clear();
        eligibility.clear();
    }

    /** {@inheritDoc} Every type has its time at the same place. */
    @Override
    public long exchangeTimeNs(DirectBuffer buffer, int offset, int length) {
        if (length < HEAD_LENGTH) {
            return EventDescriptor.UNDEFINED;
        }
        return writer.epochNs(Itch50Writer.timeOfDayNs(buffer, offset));
    }
}
