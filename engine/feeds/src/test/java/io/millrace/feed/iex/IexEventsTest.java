// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.AuctionInfoDecoder;
import io.millrace.codec.event.AuctionInfoKind;
import io.millrace.codec.event.ImbalanceDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.OfficialPriceDecoder;
import io.millrace.codec.event.OfficialPriceKind;
import io.millrace.codec.event.RestrictionState;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.ShortSaleRestrictionDecoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.StatusScope;
import io.millrace.codec.event.TradeBrokenDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.codec.event.TradeKind;
import io.millrace.codec.event.TradingState;
import io.millrace.codec.event.TradingStatusDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.feed.Malformation;
import io.millrace.instrument.Price;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** The messages that TOPS and DEEP share. */
class IexEventsTest {
    private static final int ALL = 0b111;
    private static final int VOLUME = 0b001;

    private final DecoderBench bench = DecoderBench.tops();

    /** How every event decoder is wrapped. */
    private interface Wrap<T> {
        T wrap(DirectBuffer buffer, int offset, int blockLength, int version);
    }

    @Test
    void shouldPublishTheEventsOfEveryTypeInOrder() {
        IexMessages.shared().forEach(bench::decode);
        assertEquals(List.of(1, 20, 20, 12, 12, 14, 17, 9, 10, 18, 16, 17),
            bench.log.events().stream().map(EventView::templateId).toList());
        assertEquals(11, bench.counters.published());
    }

    @Test
    void shouldCarryTheCommonFields() {
        bench.decode(IexMessages.securityDirectory(0, 0), IexMessages.systemEvent('R'),
            IexMessages.tradeReport(0, 100, 1));
        EventView trade = bench.last();
        assertEquals(List.of(1, 4, 9, IexMessages.TIME_NS, 102L, "last "),
            List.of(trade.instrumentId(), trade.venueId(), trade.channelId(),
                trade.exchangeTimeNs(), trade.originSequence(), DecoderBench.flags(trade)));
        assertEquals(EventDescriptor.NO_INSTRUMENT, bench.log.events().get(1).instrumentId());
    }

    @Test
    void shouldDefineSecurities() {
        bench.decode(IexMessages.securityDirectory(0xE0, 1_890_000));
        InstrumentDefinedDecoder defined = wrap(new InstrumentDefinedDecoder()::wrap);
        assertEquals(List.of("AAPL", 189_000_000_000L, 40L, '1', (short) 4),
            List.of(defined.symbol().trim(), defined.previousClosePrice(), defined.roundLotSize(),
                (char) defined.luldTier(), defined.priceScale()));
        assertEquals(List.of(true, true, true, true), List.of(defined.definition().newSymbol(),
            defined.definition().test(), defined.definition().whenIssued(),
            defined.definition().etp()));
        bench.decode(IexMessages.securityDirectory(0x20, 0));
        wrap(defined::wrap);
        assertEquals(List.of(false, false, false, true), List.of(defined.definition().newSymbol(),
            defined.definition().test(), defined.definition().whenIssued(),
            defined.definition().etp()));
        assertEquals(Price.UNDEFINED, defined.previousClosePrice());
    }

    @Test
    void shouldDefineASecurityAtItsFirstSight() {
        bench.decode(IexMessages.tradeReport(0, 100, 1), IexMessages.tradeReport(0, 100, 1));
        assertEquals(List.of("1 ", "9 last ", "9 last "), bench.log.events().stream()
            .map(event -> event.templateId() + " " + DecoderBench.flags(event)).toList());
        EventView first = bench.log.events().get(0);
        InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder().wrap(first.buffer(),
            first.offset(), first.blockLength(), 0);
        assertEquals(List.of("AAPL", 100L, true, Price.UNDEFINED),
            List.of(defined.symbol().trim(), defined.roundLotSize(),
                defined.definition().newSymbol(), defined.previousClosePrice()));
        assertEquals(2, bench.counters.published());
    }

    @Test
    void shouldDefineAgainInANewSession() {
        bench.decode(IexMessages.tradeReport(0, 100, 1));
        bench.decoder.onSessionChanged();
        bench.decode(IexMessages.tradeReport(0, 100, 1));
        assertEquals(List.of(1, 9, 1, 9),
            bench.log.events().stream().map(EventView::templateId).toList());
        assertEquals(1, bench.directory.count());
    }

    @Test
    void shouldPublishTradesWithTheirConditions() {
        assertEquals(List.of(189_330_000_000L, 5_000_000L, 4_242L, 0b0_0100, VOLUME),
            trade(0x20, 5));
        assertEquals(List.of(189_330_000_000L, 100_000_000L, 4_242L, 0b0_0000, ALL),
            trade(0x07, 100));
        assertEquals(List.of(189_330_000_000L, 100_000_000L, 4_242L, 0b0_1001, ALL),
            trade(0x90, 100));
        assertEquals(List.of(189_330_000_000L, 100_000_000L, 4_242L, 0b0_0010, VOLUME),
            trade(0x40, 100));
        assertEquals(TradeKind.REGULAR, wrap(new TradeDecoder()::wrap).kind());
        assertEquals(List.of(189_330_000_000L, 100_000_000L, 4_242L, 0b1_0000, ALL),
            trade(0x08, 100));
        assertEquals(TradeKind.OTHER, wrap(new TradeDecoder()::wrap).kind());
        assertEquals(Side.UNKNOWN, wrap(new TradeDecoder()::wrap).side());
    }

    @Test
    void shouldBreakTrades() {
        bench.decode(IexMessages.tradeBreak(0xC0, 1_893_300));
        TradeBrokenDecoder broken = wrap(new TradeBrokenDecoder()::wrap);
        assertEquals(List.of(4_242L, 189_330_000_000L, 5_000_000L, 20_231_114L, true, true, false),
            List.of(broken.tradeId(), broken.price(), broken.size(), broken.tradingDate(),
                broken.conditions().intermarketSweep(), broken.conditions().extendedHours(),
                broken.conditions().oddLot()));
    }

    @Test
    void shouldTellOfficialPrices() {
        bench.decode(IexMessages.officialPrice('Q', 1_895_000));
        OfficialPriceDecoder official = wrap(new OfficialPriceDecoder()::wrap);
        assertEquals(List.of(189_500_000_000L, OfficialPriceKind.OPEN, Price.UNDEFINED),
            List.of(official.price(), official.kind(), official.size()));
        bench.decode(IexMessages.officialPrice('M', 0));
        wrap(official::wrap);
        assertEquals(List.of(Price.UNDEFINED, OfficialPriceKind.CLOSE),
            List.of(official.price(), official.kind()));
    }

    @Test
    void shouldTellTradingStates() {
        assertEquals(List.of(TradingState.HALTED, TradingState.ORDER_ACCEPTANCE,
            TradingState.PAUSED, TradingState.TRADING, TradingState.UNKNOWN),
            "HOPT?".chars().mapToObj(code -> state(IexMessages.tradingStatus((char) code),
                StatusScope.REGULATORY, "T1")).toList());
        assertEquals(List.of(TradingState.HALTED, TradingState.TRADING, TradingState.UNKNOWN),
            "ON?".chars().mapToObj(code -> state(IexMessages.operationalHaltStatus((char) code),
                StatusScope.OPERATIONAL, "")).toList());
    }

    @Test
    void shouldTellShortSaleRestrictions() {
        assertEquals(List.of(RestrictionState.NONE, RestrictionState.TRIGGERED,
            RestrictionState.CONTINUED, RestrictionState.TRIGGERED),
            List.of(restriction(0, 'D'), restriction(1, 'A'), restriction(1, 'C'),
                restriction(1, 'N')));
    }

    @Test
    void shouldTellMilestones() {
        assertEquals(List.of(SessionEventKind.MESSAGES_STARTED, SessionEventKind.SYSTEM_STARTED,
            SessionEventKind.MARKET_OPENED, SessionEventKind.MARKET_CLOSED,
            SessionEventKind.SYSTEM_ENDED, SessionEventKind.MESSAGES_ENDED,
            SessionEventKind.VENUE_OTHER),
            "OSRMEC?".chars().mapToObj(code -> session(IexMessages.systemEvent((char) code)))
                .toList());
        assertEquals(List.of(SessionEventKind.OPENING_DONE, SessionEventKind.CLOSING_DONE,
            SessionEventKind.VENUE_OTHER),
            "OC?".chars().mapToObj(code -> session(IexMessages.securityEvent((char) code)))
                .toList());
        assertEquals(1, bench.last().instrumentId());
    }

    @Test
    void shouldTellRetailInterest() {
        bench.decode(IexMessages.retailLiquidityIndicator('C'));
        AuctionInfoDecoder info = wrap(new AuctionInfoDecoder()::wrap);
        assertEquals(List.of(AuctionInfoKind.RETAIL_INTEREST, 'C', Price.UNDEFINED),
            List.of(info.kind(), (char) info.code(), info.price()));
    }

    @Test
    void shouldTellAuctionsInTwoEvents() {
        bench.decode(IexMessages.securityDirectory(0, 0), IexMessages.auctionInformation(0));
        List<EventView> events = bench.log.events();
        assertEquals(List.of("16 ", "17 last "), events.subList(1, 3).stream()
            .map(event -> event.templateId() + " " + DecoderBench.flags(event)).toList());
        ImbalanceDecoder imbalance = new ImbalanceDecoder().wrap(events.get(1).buffer(),
            events.get(1).offset(), events.get(1).blockLength(), 0);
        assertEquals(List.of(1_000_000_000L, 40_000_000L, 189_600_000_000L, Price.UNDEFINED,
            189_400_000_000L, 1_700_000_400_000_000_000L, 'S', 'C'),
            List.of(imbalance.pairedSize(), imbalance.imbalanceSize(), imbalance.farPrice(),
                imbalance.nearPrice(), imbalance.referencePrice(), imbalance.auctionTimeNs(),
                (char) imbalance.direction(), (char) imbalance.auctionType()));
        AuctionInfoDecoder info = wrap(new AuctionInfoDecoder()::wrap);
        assertEquals(List.of(AuctionInfoKind.AUCTION_BOOK, 189_300_000_000L, Price.UNDEFINED,
            190_000_000_000L, (short) 200, 'C'),
            List.of(info.kind(), info.price(), info.lowerCollarPrice(), info.upperCollarPrice(),
                info.extensionCount(), (char) info.auctionType()));
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        bench.decode(IexMessages.tradeReport(0, 1, -1), IexMessages.tradeReport(0, 1, 1L << 60),
            IexMessages.tradeBreak(0, -1), IexMessages.officialPrice('Q', Long.MIN_VALUE),
            IexMessages.securityDirectory(0, -1), IexMessages.auctionInformation(-1));
        assertEquals(6, bench.counters.malformed(Malformation.OVERFLOW));
        bench.decode(IexMessages.officialPrice('?', 1),
            IexMessages.shortSalePriceTestStatus(2, ' '));
        assertEquals(2, bench.counters.malformed(Malformation.BAD_CODE));
        bench.decode(IexMessages.of("", IexMessages.securityEvent('O')),
            IexMessages.of("A B", IexMessages.securityDirectory(0, 0)),
            IexMessages.of("\u0001", IexMessages.tradeReport(0, 1, 1)));
        assertEquals(3, bench.counters.malformed(Malformation.BAD_SYMBOL));
        assertEquals(0, bench.log.count());
        assertEquals(0, bench.directory.count());
    }

    @Test
    void shouldCountUnknownTypesAndAFullDirectory() {
        bench.decode(new byte[] {'z', 1, 2});
        assertEquals(1, bench.counters.unknownType('z'));
        for (String symbol : List.of("A", "B", "C", "D", "E", "A")) {
            bench.decode(IexMessages.of(symbol, IexMessages.tradeReport(0, 1, 1)));
        }
        assertEquals(1, bench.counters.directoryFull());
        assertEquals(5, bench.counters.published());
    }

    @Test
    void shouldAcceptLongerMessages() {
        bench.decode(Arrays.copyOf(IexMessages.tradeReport(0, 100, 1), 60));
        assertEquals(1, bench.counters.published());
    }

    @Test
    void shouldFlagATimeThatNoMarketHad() {
        bench.decode(IexMessages.at(-5, IexMessages.systemEvent('R')));
        assertEquals(EventDescriptor.UNDEFINED, bench.last().exchangeTimeNs());
        assertEquals("last badTime ", DecoderBench.flags(bench.last()));
    }

    private List<Object> trade(int flags, long shares) {
        bench.decode(IexMessages.tradeReport(flags, shares, 1_893_300));
        TradeDecoder trade = wrap(new TradeDecoder()::wrap);
        EventView event = bench.last();
        return List.of(trade.price(), trade.size(), trade.tradeId(),
            event.buffer().getInt(event.offset() + TradeDecoder.conditionsEncodingOffset()),
            (int) event.buffer()
                .getByte(event.offset() + TradeDecoder.eligibilityEncodingOffset()));
    }

    private TradingState state(byte[] message, StatusScope scope, String reason) {
        bench.decode(message);
        TradingStatusDecoder status = wrap(new TradingStatusDecoder()::wrap);
        assertEquals(List.of(scope, reason, (char) message[1]),
            List.of(status.scope(), status.reason().trim(), (char) status.code()));
        return status.state();
    }

    private RestrictionState restriction(int inEffect, char detail) {
        bench.decode(IexMessages.shortSalePriceTestStatus(inEffect, detail));
        ShortSaleRestrictionDecoder restriction = wrap(new ShortSaleRestrictionDecoder()::wrap);
        assertEquals((byte) detail, restriction.detail());
        return restriction.state();
    }

    private SessionEventKind session(byte[] message) {
        bench.decode(message);
        SessionEventDecoder session = wrap(new SessionEventDecoder()::wrap);
        assertEquals(List.of(message[1], 20_231_114L),
            List.of(session.code(), session.tradingDate()));
        return session.kind();
    }

    /** The last event as what it is. */
    private <T> T wrap(Wrap<T> decoder) {
        EventView event = bench.last();
        return decoder.wrap(event.buffer(), event.offset(), event.blockLength(), 0);
    }
}
