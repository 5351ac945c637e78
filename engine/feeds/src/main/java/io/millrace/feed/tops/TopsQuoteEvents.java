// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.tops;

import io.millrace.codec.event.QuoteEncoder;
import io.millrace.codec.tops16.QuoteUpdateDecoder;
import io.millrace.feed.Malformation;
import io.millrace.feed.iex.IexWriter;
import io.millrace.instrument.Price;

/**
 * The venue's best bid and offer, as an event. A quote update tells both sides whole, so that it
 * heals what was lost of its symbol. Owned by the ingress thread.
 */
final class TopsQuoteEvents implements TopsListener {
    private final IexWriter writer;
    private final QuoteEncoder quote = new QuoteEncoder();

    TopsQuoteEvents(IexWriter writer) {
        this.writer = writer;
    }

    @Override
    public void onQuoteUpdate(QuoteUpdateDecoder message) {
        if (!IexWriter.isPrice(message.bidPrice()) || !IexWriter.isPrice(message.askPrice())) {
            writer.refuse(Malformation.OVERFLOW);
            return;
        }
        long timeNs = message.timestamp();
        int instrumentId = writer.instrumentId(message.buffer(), message.offset(), timeNs);
        if (instrumentId != IexWriter.UNKNOWN) {
            int offset = writer.claimComplete(QuoteEncoder.TEMPLATE_ID, QuoteEncoder.BLOCK_LENGTH,
                instrumentId, timeNs);
            long bidSize = message.bidSize();
            long askSize = message.askSize();
            quote.wrap(writer.buffer(), offset)
                .bidPrice(price(message.bidPrice(), bidSize))
                .bidSize(bidSize * Price.SIZE_UNIT)
                .askPrice(price(message.askPrice(), askSize))
                .askSize(askSize * Price.SIZE_UNIT)
                .putAttribution((byte) 0, (byte) 0, (byte) 0, (byte) 0);
            publishState(message, bidSize != 0 || askSize != 0);
        }
    }

    /** A halted symbol's quote is none for others to respect, and pre-market none is protected. */
    private void publishState(QuoteUpdateDecoder message, boolean hasSide) {
        boolean isHalted = message.quoteUpdateFlags().unavailable();
        boolean isOutside = message.quoteUpdateFlags().outsideRegularSession();
        quote.quoteConditions().clear()
            .halted(isHalted)
            .outsideRegularSession(isOutside);
        quote.eligibility().clear()
            .nbbo(hasSide && !isHalted)
            .protectedQuote(hasSide && !isHalted && !isOutside);
        writer.published();
    }

    /** A side without shares, or without a price, is empty. */
    private static long price(long price4, long shares) {
        return shares == 0 || price4 == 0 ? Price.UNDEFINED : price4 * Price.FROM_PRICE4;
    }
}
