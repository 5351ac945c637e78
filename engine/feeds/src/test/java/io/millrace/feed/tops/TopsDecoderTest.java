// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.tops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.QuoteDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.feed.Malformation;
import io.millrace.feed.TradingDate;
import io.millrace.feed.iex.DecoderBench;
import io.millrace.feed.iex.IexMessages;
import io.millrace.instrument.Price;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TopsDecoderTest {
    private final DecoderBench bench = DecoderBench.tops();

    @Test
    void shouldPublishAllTypes() {
        IexMessages.tops().forEach(bench::decode);
        assertEquals(12, bench.counters.published());
        assertEquals(13, bench.log.count());
        assertEquals(QuoteDecoder.TEMPLATE_ID, bench.last().templateId());
    }

    @Test
    void shouldQuoteBothSides() {
        bench.decode(IexMessages.quoteUpdate(0, 100, 300));
        assertEquals(List.of(189_320_000_000L, 100_000_000L, 189_340_000_000L, 300_000_000L),
            sides());
        assertEquals("last ", DecoderBench.flags(bench.last()));
    }

    @Test
    void shouldLeaveASideWithoutSharesOrPriceEmpty() {
        bench.decode(IexMessages.quoteUpdate(0, 0, 300));
        assertEquals(List.of(Price.UNDEFINED, 0L, 189_340_000_000L, 300_000_000L), sides());
        bench.decode(IexMessages.quoteUpdate(0, 5, 1_893_200, 0, 5));
        assertEquals(Price.UNDEFINED, quote().askPrice());
    }

    @Test
    void shouldTellConditionsAndEligibility() {
        assertEquals(List.of(false, false, true, true), state(0, 100));
        assertEquals(List.of(true, false, false, false), state(0x80, 100));
        assertEquals(List.of(false, true, true, false), state(0x40, 100));
        assertEquals(List.of(false, false, false, false), state(0, 0));
    }

    @Test
    void shouldNotMarkAQuoteBehindALoss() {
        bench.channel.markMaybeBad();
        bench.decode(IexMessages.tradeReport(0, 5, 1), IexMessages.quoteUpdate(0, 1, 1));
        List<EventView> events = bench.log.events();
        assertEquals(List.of("maybeBad ", "last maybeBad ", "last "),
            events.stream().map(DecoderBench::flags).toList());
    }

    @Test
    void shouldRefusePricesThatDoNotFit() {
        bench.decode(IexMessages.quoteUpdate(0, 1, -1, 1, 1),
            IexMessages.quoteUpdate(0, 1, 1, 1L << 50, 1));
        assertEquals(2, bench.counters.malformed(Malformation.OVERFLOW));
        bench.decode(IexMessages.quoteUpdate(0, 0xFFFF_FFFFL, 0, 92_233_720_368_547L, 1));
        assertEquals(9_223_372_036_854_700_000L, quote().askPrice());
        assertEquals(4_294_967_295_000_000L, quote().bidSize());
    }

    @Test
    void shouldNotKnowTheMessagesOfDeep() {
        bench.decode(IexMessages.buyUpdate(1, 1, 1));
        assertEquals(1, bench.counters.unknownType('8'));
    }

    @Test
    void shouldTellTheTimeOfAMessageNearTheDay() {
        byte[] message = IexMessages.systemEvent('R');
        assertEquals(IexMessages.TIME_NS, timeNs(message, message.length));
        assertEquals(EventDescriptor.UNDEFINED, timeNs(message, message.length - 1));
        byte[] far = IexMessages.at(IexMessages.TIME_NS + 400_000_000_000_000L, message);
        assertEquals(EventDescriptor.UNDEFINED, timeNs(far, far.length));
        bench.decoder.tradingDate(TradingDate.unknown());
        assertEquals(IexMessages.TIME_NS + 400_000_000_000_000L, timeNs(far, far.length));
        assertEquals(EventDescriptor.UNDEFINED,
            timeNs(IexMessages.at(Long.MAX_VALUE, message), message.length));
    }

    private long timeNs(byte[] message, int length) {
        return bench.decoder.exchangeTimeNs(new UnsafeBuffer(message), 0, length);
    }

    private List<Object> state(int flags, long shares) {
        bench.decode(IexMessages.quoteUpdate(flags, shares, shares));
        QuoteDecoder quote = quote();
        return List.of(quote.quoteConditions().halted(),
            quote.quoteConditions().outsideRegularSession(), quote.eligibility().nbbo(),
            quote.eligibility().protectedQuote());
    }

    private List<Object> sides() {
        QuoteDecoder quote = quote();
        return List.of(quote.bidPrice(), quote.bidSize(), quote.askPrice(), quote.askSize());
    }

    private QuoteDecoder quote() {
        EventView event = bench.last();
        return new QuoteDecoder().wrap(event.buffer(), event.offset(), event.blockLength(), 0);
    }
}
