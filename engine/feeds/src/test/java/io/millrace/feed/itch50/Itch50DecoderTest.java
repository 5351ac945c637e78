// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.AuctionInfoDecoder;
import io.millrace.codec.event.AuctionInfoKind;
import io.millrace.codec.event.BreakerKind;
import io.millrace.codec.event.ImbalanceDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.MarketWideBreakerDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.ParticipantPositionDecoder;
import io.millrace.codec.event.PriceBandDecoder;
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
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.EventLog;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.Malformation;
import io.millrace.feed.TradingDate;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Price;
import io.millrace.instrument.Venue;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Itch50DecoderTest {
    private static final long MIDNIGHT_NS = 1_772_773_200_000_000_000L;
    private static final long PRICE = 189_320_000_000L;
    private static final int ALL = 0b111;
    private static final int VOLUME = 0b001;

    private final EventLog log = new EventLog();
    private final FeedCounters counters = new FeedCounters();
    private final InstrumentDirectory directory = new InstrumentDirectory(4);
    private final Itch50Decoder decoder = new Itch50Decoder(log.publisher(),
        new FeedChannel(Venue.XNAS, 9, EventFlag.SIMULATED), counters, directory);
    private long sequence = 100;

    @BeforeEach
    void setDate() {
        decoder.tradingDate(TradingDate.of(LocalDate.of(2026, 3, 6)));
    }

    @Test
    void shouldPublishOneEventPerTypeInOrder() {
        WireMessages.all().forEach(this::decode);
        assertEquals(List.of(1, 20, 12, 14, 32, 15, 15, 17, 13, 12, 2, 2, 3, 3, 4, 5, 6, 9, 9, 10,
            16, 17, 17), log.events().stream().map(EventView::templateId)
            .collect(Collectors.toList()));
        assertEquals(23, counters.published());
        assertTrue(counters.isBalanced());
    }

    @Test
    void shouldFillTheCommonFields() {
        EventView event = last(WireMessages.stockDirectory(100));
        assertEquals(List.of(1L, 55L, MIDNIGHT_NS + WireMessages.TIME_NS, 1, 1, 9, 101L,
                EventFlag.LAST | EventFlag.SIMULATED),
            List.of(event.sequence(), event.receiveTimeNs(), event.exchangeTimeNs(),
                event.instrumentId(), event.venueId(), event.channelId(), event.originSequence(),
                event.flags()));
    }

    @Test
    void shouldDefineAnInstrument() {
        EventView event = last(WireMessages.stockDirectory(40));
        InstrumentDefinedDecoder defined = wrap(new InstrumentDefinedDecoder()::wrap, event);
        assertEquals("AAPL", defined.symbol());
        assertEquals(List.of(7L, 40L, 1L, "Z ", 'Q', 'N', 'C', '1', 'N', 'N', 'N'),
            List.of(defined.locate(), defined.roundLotSize(), defined.etpLeverageFactor(),
                defined.issueSubType(), (char) defined.listingMarket(),
                (char) defined.financialStatus(), (char) defined.issueClassification(),
                (char) defined.luldTier(), (char) defined.shortSaleThreshold(),
                (char) defined.ipoFlag(), (char) defined.inverse()));
        assertEquals(List.of(true, false, false, false), List.of(defined.definition().newSymbol(),
            defined.definition().test(), defined.definition().etp(),
            defined.definition().roundLotsOnly()));
        defined.wrap(last(WireMessages.stockDirectory(40)).buffer(), 8,
            InstrumentDefinedDecoder.BLOCK_LENGTH, 0);
        assertEquals(false, defined.definition().newSymbol());
    }

    @Test
    void shouldAddOrders() {
        decode(WireMessages.stockDirectory(100));
        OrderAddedDecoder added = wrap(new OrderAddedDecoder()::wrap,
            last(WireMessages.addOrder(1001, 'B', 300, 1_893_200)));
        assertEquals(List.of(1, 1001L, PRICE, 300_000_000L, Side.BUY, ""),
            List.of(added.instrumentId(), added.orderId(), added.price(), added.size(),
                added.side(), added.attribution()));
        wrap(added::wrap, last(WireMessages.addOrderAttributed(1002)));
        assertEquals(List.of(1002L, 189_500_000_000L, 500_000_000L, Side.SELL, "GSCO"),
            List.of(added.orderId(), added.price(), added.size(), added.side(),
                added.attribution()));
    }

    @Test
    void shouldScaleTheGreatestPriceAndSize() {
        decode(WireMessages.stockDirectory(100));
        OrderAddedDecoder added = wrap(new OrderAddedDecoder()::wrap,
            last(WireMessages.addOrder(-1, 'S', 0xFFFF_FFFFL, 0xFFFF_FFFFL)));
        assertEquals(List.of(-1L, 429_496_729_500_000L, 4_294_967_295_000_000L),
            List.of(added.orderId(), added.price(), added.size()));
    }

    @Test
    void shouldExecuteOrders() {
        decode(WireMessages.stockDirectory(100));
        OrderExecutedDecoder executed = wrap(new OrderExecutedDecoder()::wrap,
            last(WireMessages.orderExecuted(1001, 100)));
        assertEquals(List.of(1001L, Price.UNDEFINED, 100_000_000L, 777L, 0, ALL, false),
            fields(executed));
        wrap(executed::wrap, last(WireMessages.orderExecutedWithPrice(1001, 'Y')));
        assertEquals(List.of(1001L, 189_490_000_000L, 150_000_000L, 9001L, 0, ALL, false),
            fields(executed));
        wrap(executed::wrap, last(WireMessages.orderExecutedWithPrice(1001, 'N')));
        assertEquals(List.of(1001L, 189_490_000_000L, 150_000_000L, 9001L, 0, 0, true),
            fields(executed));
    }

    @Test
    void shouldReduceDeleteAndReplaceOrders() {
        decode(WireMessages.stockDirectory(100));
        OrderReducedDecoder reduced = wrap(new OrderReducedDecoder()::wrap,
            last(WireMessages.orderCancel(1001, 50)));
        assertEquals(List.of(1001L, 50_000_000L), List.of(reduced.orderId(), reduced.size()));
        OrderDeletedDecoder deleted = wrap(new OrderDeletedDecoder()::wrap,
            last(WireMessages.orderDelete(1001)));
        assertEquals(1001L, deleted.orderId());
        OrderReplacedDecoder replaced = wrap(new OrderReplacedDecoder()::wrap,
            last(WireMessages.orderReplace(1002, 1003)));
        assertEquals(List.of(1002L, 1003L, 189_330_000_000L, 150_000_000L, Side.UNKNOWN),
            List.of(replaced.orderId(), replaced.newOrderId(), replaced.price(), replaced.size(),
                replaced.side()));
    }

    @Test
    void shouldPublishTrades() {
        decode(WireMessages.stockDirectory(100));
        assertEquals(List.of(189_400_000_000L, 200_000_000L, 778L, TradeKind.HIDDEN, 0, ALL),
            trade(WireMessages.trade(200)));
        assertEquals(List.of(189_500_000_000L, 4_312_900_000_000L, 9001L, TradeKind.CLOSING_CROSS,
            1 << 4 | 1 << 6, ALL), trade(WireMessages.crossTrade(4_312_900, 'C')));
        assertEquals(List.of(189_500_000_000L, 0L, 9001L, TradeKind.OPENING_CROSS,
            1 << 4 | 1 << 5, 0), trade(WireMessages.crossTrade(0, 'O')));
        assertEquals(List.of(189_500_000_000L, 5_000_000L, 9001L, TradeKind.REOPENING_CROSS,
            1 << 4 | 1 << 7, ALL), trade(WireMessages.crossTrade(5, 'H')));
        assertEquals(List.of(189_500_000_000L, 5_000_000L, 9001L, TradeKind.EXTENDED_CLOSE_CROSS,
            1 << 4 | 1 << 1, VOLUME), trade(WireMessages.crossTrade(5, 'A')));
        TradeBrokenDecoder broken = wrap(new TradeBrokenDecoder()::wrap,
            last(WireMessages.brokenTrade(9001)));
        assertEquals(List.of(9001L, Price.UNDEFINED, Price.UNDEFINED, 20_260_306L),
            List.of(broken.tradeId(), broken.price(), broken.size(), broken.tradingDate()));
    }

    @Test
    void shouldDeriveConditionsFromTimeAndRoundLot() {
        decode(WireMessages.stockDirectory(40));
        int extended = 1 << 1;
        int oddLot = 1 << 2;
        assertEquals(List.of(0, ALL), conditions(34_200_000_000_000L, 40));
        assertEquals(List.of(oddLot, VOLUME), conditions(34_200_000_000_000L, 39));
        assertEquals(List.of(extended, VOLUME), conditions(34_199_999_999_999L, 40));
        assertEquals(List.of(0, ALL), conditions(57_599_999_999_999L, 40));
        assertEquals(List.of(extended | oddLot, VOLUME), conditions(57_600_000_000_000L, 1));
        decode(WireMessages.at(46_800_000_000_000L, WireMessages.systemEvent('M')));
        assertEquals(List.of(0, ALL), conditions(46_799_999_999_999L, 40));
        assertEquals(List.of(extended, VOLUME), conditions(46_800_000_000_000L, 40));
    }

    @Test
    void shouldPublishHaltsAndRestrictions() {
        decode(WireMessages.stockDirectory(100));
        TradingStatusDecoder status = wrap(new TradingStatusDecoder()::wrap,
            last(WireMessages.stockTradingAction()));
        assertEquals(List.of(TradingState.PAUSED, StatusScope.REGULATORY, "LUDP",
            EventDescriptor.UNDEFINED), List.of(status.state(), status.scope(), status.reason(),
            status.resumeTimeNs()));
        wrap(status::wrap, last(WireMessages.operationalHalt()));
        assertEquals(List.of(TradingState.HALTED, StatusScope.OPERATIONAL, 'Q'),
            List.of(status.state(), status.scope(), (char) status.venueCode()));
        ShortSaleRestrictionDecoder restriction = wrap(new ShortSaleRestrictionDecoder()::wrap,
            last(WireMessages.regShoRestriction()));
        assertEquals(List.of(RestrictionState.TRIGGERED, Price.UNDEFINED, '1'),
            List.of(restriction.state(), restriction.triggerPrice(), (char) restriction.detail()));
    }

    @Test
    void shouldPublishMarketWideEvents() {
        SessionEventDecoder session = wrap(new SessionEventDecoder()::wrap,
            last(WireMessages.systemEvent('Q')));
        assertEquals(List.of(SessionEventKind.MARKET_OPENED, 'Q', 20_260_306L,
            EventDescriptor.NO_INSTRUMENT), List.of(session.kind(), (char) session.code(),
            session.tradingDate(), session.instrumentId()));
        MarketWideBreakerDecoder breaker = wrap(new MarketWideBreakerDecoder()::wrap,
            last(WireMessages.mwcbDeclineLevel(600_000_000_000L)));
        assertEquals(List.of(6_000_000_000_000L, 5_613_000_000_000L, 5_161_000_000_000L,
            BreakerKind.LEVELS), List.of(breaker.level1Price(), breaker.level2Price(),
            breaker.level3Price(), breaker.kind()));
        wrap(breaker::wrap, last(WireMessages.mwcbStatus()));
        assertEquals(List.of((short) 2, BreakerKind.BREACHED, Price.UNDEFINED),
            List.of(breaker.breachedLevel(), breaker.kind(), breaker.level1Price()));
    }

    @Test
    void shouldPublishAuctionsAndImbalances() {
        decode(WireMessages.stockDirectory(100));
        ImbalanceDecoder imbalance = wrap(new ImbalanceDecoder()::wrap,
            last(WireMessages.netOrderImbalance(100)));
        assertEquals(List.of(100_000_000L, 40_000_000L, Price.UNDEFINED, 189_000_000_000L,
            189_100_000_000L, 'S', 'O', 'L'), List.of(imbalance.pairedSize(),
            imbalance.imbalanceSize(), imbalance.farPrice(), imbalance.nearPrice(),
            imbalance.referencePrice(), (char) imbalance.direction(),
            (char) imbalance.auctionType(), (char) imbalance.priceVariation()));
        PriceBandDecoder band = wrap(new PriceBandDecoder()::wrap,
            last(WireMessages.luldAuctionCollar()));
        assertEquals(List.of(100_000_000_000L, 105_000_000_000L, 95_000_000_000L, 2L),
            List.of(band.referencePrice(), band.upperPrice(), band.lowerPrice(),
                band.extensionCount()));
        AuctionInfoDecoder auction = wrap(new AuctionInfoDecoder()::wrap,
            last(WireMessages.ipoQuotingPeriod()));
        assertEquals(List.of(AuctionInfoKind.IPO_RELEASE, 15_000_000_000L,
            MIDNIGHT_NS + 36_600_000_000_000L, 'A'), List.of(auction.kind(), auction.price(),
            auction.timeNs(), (char) auction.code()));
        wrap(auction::wrap, last(WireMessages.retailInterest()));
        assertEquals(List.of(AuctionInfoKind.RETAIL_INTEREST, 'A', Price.UNDEFINED),
            List.of(auction.kind(), (char) auction.code(), auction.price()));
        wrap(auction::wrap, last(WireMessages.directListing()));
        assertEquals(List.of(10_000_000_000L, 20_000_000_000L, 11_000_000_000L, 19_000_000_000L,
            15_000_000_000L, MIDNIGHT_NS + WireMessages.TIME_NS), List.of(auction.lowerPrice(),
            auction.upperPrice(), auction.lowerCollarPrice(), auction.upperCollarPrice(),
            auction.indicativePrice(), auction.timeNs()));
        ParticipantPositionDecoder position = wrap(new ParticipantPositionDecoder()::wrap,
            last(WireMessages.marketParticipantPosition()));
        assertEquals(List.of("MAXM", 'Y', 'N', 'A'), List.of(position.attribution(),
            (char) position.primary(), (char) position.mode(), (char) position.state()));
    }

    @Test
    void shouldDefineASecurityFirstSeenInAnOrder() {
        decode(WireMessages.addOrder(1, 'B', 100, 10_000));
        decode(WireMessages.orderDelete(1));
        List<EventView> events = log.events();
        assertEquals(List.of(1, 2, 5),
            events.stream().map(EventView::templateId).collect(Collectors.toList()));
        assertEquals(List.of(0, EventFlag.LAST, EventFlag.LAST), events.stream()
            .map(event -> event.flags() & EventFlag.LAST).collect(Collectors.toList()));
        assertEquals("AAPL", directory.symbol(1));
        assertEquals(2, counters.published());
        assertTrue(counters.isBalanced());
    }

    @Test
    void shouldIgnoreAnOrderOfAnUnknownLocate() {
        for (byte[] message : List.of(WireMessages.orderDelete(1), WireMessages.orderCancel(1, 1),
            WireMessages.orderExecuted(1, 1), WireMessages.orderExecutedWithPrice(1, 'Y'),
            WireMessages.orderReplace(1, 2), WireMessages.brokenTrade(1))) {
            decode(message);
        }
        assertEquals(0, log.count());
        assertEquals(6, counters.unknownLocate());
        assertTrue(counters.isBalanced());
    }

    @Test
    void shouldForgetLocatesWhenTheSessionChanges() {
        decode(WireMessages.stockDirectory(100));
        decoder.onSessionChanged();
        decode(WireMessages.orderDelete(1));
        assertEquals(1, counters.unknownLocate());
    }

    @Test
    void shouldCountSecuritiesThatFindNoRoom() {
        for (int i = 0; i < 6; i++) {
            UnsafeBuffer message = new UnsafeBuffer(WireMessages.stockDirectory(100));
            message.putByte(2, (byte) i);
            message.putByte(11, (byte) ('A' + i));
            decode(message.byteArray());
        }
        assertEquals(4, log.count());
        assertEquals(2, counters.directoryFull());
        assertTrue(counters.isBalanced());
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        decode(WireMessages.stockDirectory(100));
        decode(WireMessages.addOrder(1, 'X', 100, 10_000));
        decode(WireMessages.orderExecutedWithPrice(1, '?'));
        decode(WireMessages.mwcbDeclineLevel(Long.MAX_VALUE / 10 + 1));
        decode(WireMessages.mwcbDeclineLevel(-1));
        decode(WireMessages.crossTrade(Long.MAX_VALUE / 1_000_000 + 1, 'O'));
        decode(WireMessages.netOrderImbalance(-1));
        UnsafeBuffer unnamed = new UnsafeBuffer(WireMessages.stockDirectory(100));
        unnamed.setMemory(11, 8, (byte) ' ');
        decode(unnamed.byteArray());
        decode(new byte[] {'Z', 1, 2});
        decode(new byte[0]);
        assertEquals(1, log.count());
        assertEquals(List.of(2L, 4L, 1L, 1L, 1L), List.of(counters.malformed(Malformation.BAD_CODE),
            counters.malformed(Malformation.OVERFLOW), counters.malformed(Malformation.BAD_SYMBOL),
            counters.malformed(Malformation.SHORT_MESSAGE), counters.unknownType('Z')));
        assertTrue(counters.isBalanced());
    }

    @Test
    void shouldAcceptALongerMessageAndIgnoreItsTail() {
        byte[] message = WireMessages.stockDirectory(100);
        byte[] longer = Arrays.copyOf(message, message.length + 9);
        assertEquals(1, last(longer).instrumentId());
    }

    @Test
    void shouldFlagATimeThatNoDayHas() {
        EventView event = last(WireMessages.at(86_400_000_000_000L, WireMessages.systemEvent('O')));
        assertEquals(EventDescriptor.UNDEFINED, event.exchangeTimeNs());
        assertEquals(EventFlag.BAD_TIME, event.flags() & EventFlag.BAD_TIME);
        event = last(WireMessages.at(86_399_999_999_999L, WireMessages.systemEvent('O')));
        assertEquals(MIDNIGHT_NS + 86_399_999_999_999L, event.exchangeTimeNs());
        assertEquals(0, event.flags() & EventFlag.BAD_TIME);
    }

    @Test
    void shouldFlagAnUnknownDay() {
        decoder.tradingDate(TradingDate.unknown());
        EventView event = last(WireMessages.systemEvent('O'));
        assertEquals(18_000_000_000_000L + WireMessages.TIME_NS, event.exchangeTimeNs());
        assertEquals(EventFlag.BAD_TIME, event.flags() & EventFlag.BAD_TIME);
    }

    @Test
    void shouldTellTheTimeOfAMessage() {
        UnsafeBuffer message = new UnsafeBuffer(WireMessages.orderDelete(1));
        assertEquals(MIDNIGHT_NS + WireMessages.TIME_NS, decoder.exchangeTimeNs(message, 0, 19));
        assertEquals(EventDescriptor.UNDEFINED, decoder.exchangeTimeNs(message, 0, 10));
    }

    private static List<Object> fields(OrderExecutedDecoder executed) {
        return List.of(executed.orderId(), executed.price(), executed.size(), executed.tradeId(),
            (int) executed.conditions().getRaw(), executed.eligibility().getRaw() & 0xFF,
            executed.executionFlags().nonPrintable());
    }

    private List<Object> trade(byte[] message) {
        TradeDecoder trade = wrap(new TradeDecoder()::wrap, last(message));
        return List.of(trade.price(), trade.size(), trade.tradeId(), trade.kind(),
            (int) trade.conditions().getRaw(), trade.eligibility().getRaw() & 0xFF);
    }

    private List<Integer> conditions(long timeOfDayNs, long shares) {
        OrderExecutedDecoder executed = wrap(new OrderExecutedDecoder()::wrap,
            last(WireMessages.at(timeOfDayNs, WireMessages.orderExecuted(1, shares))));
        return List.of((int) executed.conditions().getRaw(),
            executed.eligibility().getRaw() & 0xFF);
    }

    private EventView last(byte[] message) {
        decode(message);
        return log.events().get(log.events().size() - 1);
    }

    private void decode(byte[] message) {
        decoder.onMessage(new UnsafeBuffer(message), 0, message.length, ++sequence, 55);
    }

    private static <T> T wrap(Flyweight<T> flyweight, EventView event) {
        return flyweight.wrap(event.buffer(), event.offset(), event.blockLength(), 0);
    }

    /** The one method that all generated decoders share. */
    private interface Flyweight<T> {
        T wrap(DirectBuffer buffer, int offset, int blockLength, int version);
    }
}
