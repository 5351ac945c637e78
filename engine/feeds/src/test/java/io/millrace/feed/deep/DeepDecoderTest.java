// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.deep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventView;
import io.millrace.feed.Malformation;
import io.millrace.feed.iex.DecoderBench;
import io.millrace.feed.iex.IexMessages;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeepDecoderTest {
    private final DecoderBench bench = DecoderBench.deep();

    @Test
    void shouldPublishAllTypes() {
        IexMessages.deep().forEach(bench::decode);
        assertEquals(13, bench.counters.published());
        assertEquals(14, bench.log.count());
    }

    @Test
    void shouldChangeLevels() {
        bench.decode(IexMessages.buyUpdate(1, 1_893_200, 100));
        assertEquals(List.of(Side.BUY, 189_320_000_000L, 100_000_000L, 0L), level());
        bench.decode(IexMessages.sellUpdate(1, 1_893_500, 0));
        assertEquals(List.of(Side.SELL, 189_350_000_000L, 0L, 0L), level());
        bench.decode(IexMessages.sellUpdate(1, 92_233_720_368_547L, 0xFFFF_FFFFL));
        assertEquals(List.of(Side.SELL, 9_223_372_036_854_700_000L, 4_294_967_295_000_000L, 0L),
            level());
    }

    @Test
    void shouldCompleteAnUpdateByTheEventFlagAlone() {
        define("AAPL");
        bench.decode(IexMessages.tradeReport(0, 5, 1), IexMessages.sellUpdate(0, 3, 0),
            IexMessages.tradeReport(0, 5, 1), IexMessages.tradingStatus('T'),
            IexMessages.sellUpdate(0, 4, 0), IexMessages.buyUpdate(1, 5, 9),
            IexMessages.tradeReport(0, 5, 1));
        assertEquals(List.of("9 last ", "7 ", "9 ", "12 ", "7 ", "7 last ", "9 last "), kinds(1));
    }

    @Test
    void shouldTestOnlyTheFirstBitOfTheEventFlags() {
        define("AAPL");
        bench.decode(IexMessages.buyUpdate(0xFE, 1, 1), IexMessages.buyUpdate(0xFF, 1, 1));
        assertEquals(List.of("7 ", "7 last "), kinds(1));
    }

    @Test
    void shouldKeepTheUpdatesOfSymbolsApart() {
        define("AAPL");
        define("IBM");
        bench.decode(IexMessages.of("AAPL", IexMessages.buyUpdate(0, 1, 1)),
            IexMessages.of("IBM", IexMessages.buyUpdate(1, 1, 1)),
            IexMessages.of("IBM", IexMessages.tradeReport(0, 1, 1)),
            IexMessages.systemEvent('R'),
            IexMessages.of("AAPL", IexMessages.buyUpdate(1, 1, 1)));
        assertEquals(List.of("7 ", "7 last ", "9 last ", "20 last ", "7 last "), kinds(2));
    }

    @Test
    void shouldForgetAnUpdateWithItsSession() {
        bench.decode(IexMessages.buyUpdate(0, 1, 1));
        bench.decoder.onSessionChanged();
        bench.decode(IexMessages.tradeReport(0, 1, 1));
        assertEquals("last ", DecoderBench.flags(bench.last()));
    }

    @Test
    void shouldRefusePricesThatDoNotFit() {
        bench.decode(IexMessages.buyUpdate(1, -1, 1), IexMessages.sellUpdate(1, 1L << 60, 1));
        assertEquals(2, bench.counters.malformed(Malformation.OVERFLOW));
        assertEquals(0, bench.log.count());
    }

    @Test
    void shouldNotKnowTheMessagesOfTops() {
        bench.decode(IexMessages.quoteUpdate(0, 1, 1));
        assertEquals(1, bench.counters.unknownType('Q'));
    }

    private void define(String symbol) {
        bench.decode(IexMessages.of(symbol, IexMessages.securityDirectory(0, 0)));
    }

    private List<String> kinds(int from) {
        List<EventView> events = bench.log.events();
        return events.subList(from, events.size()).stream()
            .map(event -> event.templateId() + " " + DecoderBench.flags(event)).toList();
    }

    private List<Object> level() {
        EventView event = bench.last();
        LevelChangedDecoder level = new LevelChangedDecoder().wrap(event.buffer(), event.offset(),
            event.blockLength(), 0);
        return List.of(level.side(), level.price(), level.size(), level.orderCount());
    }
}
