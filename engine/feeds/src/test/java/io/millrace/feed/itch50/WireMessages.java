// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import io.millrace.codec.itch50.AddOrderAttributedEncoder;
import io.millrace.codec.itch50.AddOrderEncoder;
import io.millrace.codec.itch50.BrokenTradeEncoder;
import io.millrace.codec.itch50.CrossTradeEncoder;
import io.millrace.codec.itch50.DirectListingEncoder;
import io.millrace.codec.itch50.IpoQuotingPeriodEncoder;
import io.millrace.codec.itch50.LuldAuctionCollarEncoder;
import io.millrace.codec.itch50.MarketParticipantPositionEncoder;
import io.millrace.codec.itch50.MwcbDeclineLevelEncoder;
import io.millrace.codec.itch50.MwcbStatusEncoder;
import io.millrace.codec.itch50.NetOrderImbalanceEncoder;
import io.millrace.codec.itch50.OperationalHaltEncoder;
import io.millrace.codec.itch50.OrderCancelEncoder;
import io.millrace.codec.itch50.OrderDeleteEncoder;
import io.millrace.codec.itch50.OrderExecutedEncoder;
import io.millrace.codec.itch50.OrderExecutedWithPriceEncoder;
import io.millrace.codec.itch50.OrderReplaceEncoder;
import io.millrace.codec.itch50.RegShoRestrictionEncoder;
import io.millrace.codec.itch50.RetailInterestEncoder;
import io.millrace.codec.itch50.StockDirectoryEncoder;
import io.millrace.codec.itch50.StockTradingActionEncoder;
import io.millrace.codec.itch50.SystemEventEncoder;
import io.millrace.codec.itch50.TradeEncoder;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** One valid message of each of the 23 types, at 10:00:00.000000001, for locate 7. */
public final class WireMessages {
    /** Time of day of all messages. */
    public static final long TIME_NS = 36_000_000_000_001L;
    /** Locate of all messages that name a security. */
    public static final int LOCATE = 7;
    /** Security behind the locate. */
    public static final String STOCK = "AAPL    ";

    private WireMessages() {
    }

    /** All of them, the directory message first. */
    public static List<byte[]> all() {
        return List.of(stockDirectory(100), systemEvent('Q'), stockTradingAction(),
            regShoRestriction(), marketParticipantPosition(), mwcbDeclineLevel(600_000_000_000L),
            mwcbStatus(), ipoQuotingPeriod(), luldAuctionCollar(), operationalHalt(),
            addOrder(1001, 'B', 300, 1_893_200), addOrderAttributed(1002), orderExecuted(1001, 100),
            orderExecutedWithPrice(1002, 'N'), orderCancel(1001, 50), orderDelete(1001),
            orderReplace(1002, 1003), trade(200), crossTrade(4_312_900, 'C'), brokenTrade(9001),
            netOrderImbalance(100), retailInterest(), directListing());
    }

    /** Type R. */
    public static byte[] stockDirectory(int roundLot) {
        return build(StockDirectoryEncoder.BLOCK_LENGTH, LOCATE, b -> new StockDirectoryEncoder()
            .wrap(b, 0).messageType((byte) 'R').stock(STOCK).marketCategory((byte) 'Q')
            .financialStatusIndicator((byte) 'N').roundLotSize(roundLot).roundLotsOnly((byte) 'N')
            .issueClassification((byte) 'C').issueSubType("Z ").authenticity((byte) 'P')
            .shortSaleThresholdIndicator((byte) 'N').ipoFlag((byte) 'N')
            .luldReferencePriceTier((byte) '1').etpFlag((byte) 'N').etpLeverageFactor(1)
            .inverseIndicator((byte) 'N'));
    }

    /** Type S. */
    public static byte[] systemEvent(char code) {
        return build(SystemEventEncoder.BLOCK_LENGTH, 0, b -> new SystemEventEncoder().wrap(b, 0)
            .messageType((byte) 'S').eventCode((byte) code));
    }

    /** Type H. */
    public static byte[] stockTradingAction() {
        return build(StockTradingActionEncoder.BLOCK_LENGTH, LOCATE, b ->
            new StockTradingActionEncoder().wrap(b, 0).messageType((byte) 'H').stock(STOCK)
                .tradingState((byte) 'P').reserved((byte) ' ').reasonCode("LUDP"));
    }

    /** Type Y. */
    public static byte[] regShoRestriction() {
        return build(RegShoRestrictionEncoder.BLOCK_LENGTH, LOCATE, b ->
            new RegShoRestrictionEncoder().wrap(b, 0).messageType((byte) 'Y').stock(STOCK)
                .regShoAction((byte) '1'));
    }

    /** Type L. */
    public static byte[] marketParticipantPosition() {
        return build(MarketParticipantPositionEncoder.BLOCK_LENGTH, LOCATE, b ->
            new MarketParticipantPositionEncoder().wrap(b, 0).messageType((byte) 'L').mpid("MAXM")
                .stock(STOCK).primaryMarketMaker((byte) 'Y').marketMakerMode((byte) 'N')
                .marketParticipantState((byte) 'A'));
    }

    /** Type V. */
    public static byte[] mwcbDeclineLevel(long level1) {
        return build(MwcbDeclineLevelEncoder.BLOCK_LENGTH, 0, b -> new MwcbDeclineLevelEncoder()
            .wrap(b, 0).messageType((byte) 'V').level1(level1).level2(561_300_000_000L)
            .level3(516_100_000_000L));
    }

    /** Type W. */
    public static byte[] mwcbStatus() {
        return build(MwcbStatusEncoder.BLOCK_LENGTH, 0, b -> new MwcbStatusEncoder().wrap(b, 0)
            .messageType((byte) 'W').breachedLevel((byte) '2'));
    }

    /** Type K. */
    public static byte[] ipoQuotingPeriod() {
        return build(IpoQuotingPeriodEncoder.BLOCK_LENGTH, LOCATE, b ->
            new IpoQuotingPeriodEncoder().wrap(b, 0).messageType((byte) 'K').stock(STOCK)
                .ipoQuotationReleaseTime(36_600).ipoQuotationReleaseQualifier((byte) 'A')
                .ipoPrice(150_000));
    }

    /** Type J. */
    public static byte[] luldAuctionCollar() {
        return build(LuldAuctionCollarEncoder.BLOCK_LENGTH, LOCATE, b ->
            new LuldAuctionCollarEncoder().wrap(b, 0).messageType((byte) 'J').stock(STOCK)
                .auctionCollarReferencePrice(1_000_000).upperAuctionCollarPrice(1_050_000)
                .lowerAuctionCollarPrice(950_000).auctionCollarExtension(2));
    }

    /** Type h. */
    public static byte[] operationalHalt() {
        return build(OperationalHaltEncoder.BLOCK_LENGTH, LOCATE, b ->
            new OperationalHaltEncoder().wrap(b, 0).messageType((byte) 'h').stock(STOCK)
                .marketCode((byte) 'Q').operationalHaltAction((byte) 'H'));
    }

    /** Type A. */
    public static byte[] addOrder(long reference, char side, long shares, long price) {
        return build(AddOrderEncoder.BLOCK_LENGTH, LOCATE, b -> new AddOrderEncoder().wrap(b, 0)
            .messageType((byte) 'A').orderReferenceNumber(reference).buySellIndicator((byte) side)
            .shares(shares).stock(STOCK).price(price));
    }

    /** Type F. */
    public static byte[] addOrderAttributed(long reference) {
        return build(AddOrderAttributedEncoder.BLOCK_LENGTH, LOCATE, b ->
            new AddOrderAttributedEncoder().wrap(b, 0).messageType((byte) 'F')
                .orderReferenceNumber(reference).buySellIndicator((byte) 'S').shares(500)
                .stock(STOCK).price(1_895_000).attribution("GSCO"));
    }

    /** Type E. */
    public static byte[] orderExecuted(long reference, long shares) {
        return build(OrderExecutedEncoder.BLOCK_LENGTH, LOCATE, b -> new OrderExecutedEncoder()
            .wrap(b, 0).messageType((byte) 'E').orderReferenceNumber(reference)
            .executedShares(shares).matchNumber(777));
    }

    /** Type C. */
    public static byte[] orderExecutedWithPrice(long reference, char printable) {
        return build(OrderExecutedWithPriceEncoder.BLOCK_LENGTH, LOCATE, b ->
            new OrderExecutedWithPriceEncoder().wrap(b, 0).messageType((byte) 'C')
                .orderReferenceNumber(reference).executedShares(150).matchNumber(9001)
                .printable((byte) printable).executionPrice(1_894_900));
    }

    /** Type X. */
    public static byte[] orderCancel(long reference, long shares) {
        return build(OrderCancelEncoder.BLOCK_LENGTH, LOCATE, b -> new OrderCancelEncoder()
            .wrap(b, 0).messageType((byte) 'X').orderReferenceNumber(reference)
            .canceledShares(shares));
    }

    /** Type D. */
    public static byte[] orderDelete(long reference) {
        return build(OrderDeleteEncoder.BLOCK_LENGTH, LOCATE, b -> new OrderDeleteEncoder()
            .wrap(b, 0).messageType((byte) 'D').orderReferenceNumber(reference));
    }

    /** Type U. */
    public static byte[] orderReplace(long original, long replacement) {
        return build(OrderReplaceEncoder.BLOCK_LENGTH, LOCATE, b -> new OrderReplaceEncoder()
            .wrap(b, 0).messageType((byte) 'U').originalOrderReferenceNumber(original)
            .newOrderReferenceNumber(replacement).shares(150).price(1_893_300));
    }

    /** Type P. */
    public static byte[] trade(long shares) {
        return build(TradeEncoder.BLOCK_LENGTH, LOCATE, b -> new TradeEncoder().wrap(b, 0)
            .messageType((byte) 'P').orderReferenceNumber(0).buySellIndicator((byte) 'B')
            .shares(shares).stock(STOCK).price(1_894_000).matchNumber(778));
    }

    /** Type Q. */
    public static byte[] crossTrade(long shares, char crossType) {
        return build(CrossTradeEncoder.BLOCK_LENGTH, LOCATE, b -> new CrossTradeEncoder()
            .wrap(b, 0).messageType((byte) 'Q').crossShares(shares).stock(STOCK)
            .crossPrice(1_895_000).matchNumber(9001).crossType((byte) crossType));
    }

    /** Type B. */
    public static byte[] brokenTrade(long matchNumber) {
        return build(BrokenTradeEncoder.BLOCK_LENGTH, LOCATE, b -> new BrokenTradeEncoder()
            .wrap(b, 0).messageType((byte) 'B').matchNumber(matchNumber));
    }

    /** Type I. */
    public static byte[] netOrderImbalance(long pairedShares) {
        return build(NetOrderImbalanceEncoder.BLOCK_LENGTH, LOCATE, b ->
            new NetOrderImbalanceEncoder().wrap(b, 0).messageType((byte) 'I')
                .pairedShares(pairedShares).imbalanceShares(40).imbalanceDirection((byte) 'S')
                .stock(STOCK).farPrice(0).nearPrice(1_890_000).currentReferencePrice(1_891_000)
                .crossType((byte) 'O').priceVariationIndicator((byte) 'L'));
    }

    /** Type N. */
    public static byte[] retailInterest() {
        return build(RetailInterestEncoder.BLOCK_LENGTH, LOCATE, b -> new RetailInterestEncoder()
            .wrap(b, 0).messageType((byte) 'N').stock(STOCK).interestFlag((byte) 'A'));
    }

    /** Type O. */
    public static byte[] directListing() {
        return build(DirectListingEncoder.BLOCK_LENGTH, LOCATE, b -> new DirectListingEncoder()
            .wrap(b, 0).messageType((byte) 'O').stock(STOCK).openEligibilityStatus((byte) 'Y')
            .minimumAllowablePrice(100_000).maximumAllowablePrice(200_000)
            .nearExecutionPrice(150_000).nearExecutionTime(TIME_NS)
            .lowerPriceRangeCollar(110_000).upperPriceRangeCollar(190_000));
    }

    /** The message with another time of day. */
    public static byte[] at(long timeOfDayNs, byte[] message) {
        UnsafeBuffer buffer = new UnsafeBuffer(message.clone());
        head(new SystemEventEncoder().wrap(buffer, 0), timeOfDayNs);
        return buffer.byteArray();
    }

    private static byte[] build(int length, int locate, Consumer<UnsafeBuffer> body) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        body.accept(buffer);
        SystemEventEncoder head = new SystemEventEncoder().wrap(buffer, 0);
        head.stockLocate(locate).trackingNumber(0);
        head(head, TIME_NS);
        return buffer.byteArray();
    }

    private static void head(SystemEventEncoder head, long timeOfDayNs) {
        head.timestamp().high((int) (timeOfDayNs >>> 32)).low(timeOfDayNs & 0xFFFF_FFFFL);
    }
}
