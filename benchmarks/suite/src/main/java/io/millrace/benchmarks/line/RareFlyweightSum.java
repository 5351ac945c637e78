// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import static io.millrace.benchmarks.line.FlyweightSum.time;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.itch50.AddOrderAttributedDecoder;
import io.millrace.codec.itch50.BrokenTradeDecoder;
import io.millrace.codec.itch50.CrossTradeDecoder;
import io.millrace.codec.itch50.DirectListingDecoder;
import io.millrace.codec.itch50.IpoQuotingPeriodDecoder;
import io.millrace.codec.itch50.LuldAuctionCollarDecoder;
import io.millrace.codec.itch50.MarketParticipantPositionDecoder;
import io.millrace.codec.itch50.MwcbDeclineLevelDecoder;
import io.millrace.codec.itch50.MwcbStatusDecoder;
import io.millrace.codec.itch50.NetOrderImbalanceDecoder;
import io.millrace.codec.itch50.OperationalHaltDecoder;
import io.millrace.codec.itch50.OrderExecutedWithPriceDecoder;
import io.millrace.codec.itch50.RegShoRestrictionDecoder;
import io.millrace.codec.itch50.RetailInterestDecoder;
import io.millrace.codec.itch50.StockDirectoryDecoder;
import io.millrace.codec.itch50.StockTradingActionDecoder;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.codec.itch50.TradeDecoder;
import org.agrona.DirectBuffer;

/**
 * The kinds of message that are few in a day, apart from {@link FlyweightSum} so that its loop
 * stays small enough to be compiled as one. One thread.
 */
final class RareFlyweightSum {
    private final SystemEventDecoder systemEvent = new SystemEventDecoder();
    private final StockDirectoryDecoder stockDirectory = new StockDirectoryDecoder();
    private final StockTradingActionDecoder stockTradingAction = new StockTradingActionDecoder();
    private final RegShoRestrictionDecoder regShoRestriction = new RegShoRestrictionDecoder();
    private final MarketParticipantPositionDecoder marketParticipantPosition =
        new MarketParticipantPositionDecoder();
    private final MwcbDeclineLevelDecoder mwcbDeclineLevel = new MwcbDeclineLevelDecoder();
    private final MwcbStatusDecoder mwcbStatus = new MwcbStatusDecoder();
    private final IpoQuotingPeriodDecoder ipoQuotingPeriod = new IpoQuotingPeriodDecoder();
    private final LuldAuctionCollarDecoder luldAuctionCollar = new LuldAuctionCollarDecoder();
    private final OperationalHaltDecoder operationalHalt = new OperationalHaltDecoder();
    private final AddOrderAttributedDecoder addOrderAttributed = new AddOrderAttributedDecoder();
    private final OrderExecutedWithPriceDecoder orderExecutedWithPrice =
        new OrderExecutedWithPriceDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final CrossTradeDecoder crossTrade = new CrossTradeDecoder();
    private final BrokenTradeDecoder brokenTrade = new BrokenTradeDecoder();
    private final NetOrderImbalanceDecoder netOrderImbalance = new NetOrderImbalanceDecoder();
    private final RetailInterestDecoder retailInterest = new RetailInterestDecoder();
    private final DirectListingDecoder directListing = new DirectListingDecoder();
    private long sum;
    private long crossTradeSum;

    void onMessage(DirectBuffer buffer, int at, int length) {
        switch (buffer.getByte(at)) {
            case 'S' -> sum += isWhole(length, SystemEventDecoder.BLOCK_LENGTH)
                ? systemEvent(systemEvent.wrap(buffer, at, length, 0)) : 0;
            case 'R' -> sum += isWhole(length, StockDirectoryDecoder.BLOCK_LENGTH)
                ? stockDirectory(stockDirectory.wrap(buffer, at, length, 0)) : 0;
            case 'H' -> sum += isWhole(length, StockTradingActionDecoder.BLOCK_LENGTH)
                ? stockTradingAction(stockTradingAction.wrap(buffer, at, length, 0)) : 0;
            case 'Y' -> sum += isWhole(length, RegShoRestrictionDecoder.BLOCK_LENGTH)
                ? regShoRestriction(regShoRestriction.wrap(buffer, at, length, 0)) : 0;
            case 'L' -> sum += isWhole(length, MarketParticipantPositionDecoder.BLOCK_LENGTH)
                ? marketParticipantPosition(marketParticipantPosition.wrap(buffer, at, length, 0))
                : 0;
            case 'V' -> sum += isWhole(length, MwcbDeclineLevelDecoder.BLOCK_LENGTH)
                ? mwcbDeclineLevel(mwcbDeclineLevel.wrap(buffer, at, length, 0)) : 0;
            case 'W' -> sum += isWhole(length, MwcbStatusDecoder.BLOCK_LENGTH)
                ? mwcbStatus(mwcbStatus.wrap(buffer, at, length, 0)) : 0;
            case 'K' -> sum += isWhole(length, IpoQuotingPeriodDecoder.BLOCK_LENGTH)
                ? ipoQuotingPeriod(ipoQuotingPeriod.wrap(buffer, at, length, 0)) : 0;
            case 'J' -> sum += isWhole(length, LuldAuctionCollarDecoder.BLOCK_LENGTH)
                ? luldAuctionCollar(luldAuctionCollar.wrap(buffer, at, length, 0)) : 0;
            case 'h' -> sum += isWhole(length, OperationalHaltDecoder.BLOCK_LENGTH)
                ? operationalHalt(operationalHalt.wrap(buffer, at, length, 0)) : 0;
            case 'F' -> sum += isWhole(length, AddOrderAttributedDecoder.BLOCK_LENGTH)
                ? addOrderAttributed(addOrderAttributed.wrap(buffer, at, length, 0)) : 0;
            case 'C' -> sum += isWhole(length, OrderExecutedWithPriceDecoder.BLOCK_LENGTH)
                ? orderExecutedWithPrice(orderExecutedWithPrice.wrap(buffer, at, length, 0)) : 0;
            case 'P' -> sum += isWhole(length, TradeDecoder.BLOCK_LENGTH)
                ? trade(trade.wrap(buffer, at, length, 0)) : 0;
            case 'Q' -> crossTradeSum += isWhole(length, CrossTradeDecoder.BLOCK_LENGTH)
                ? crossTrade(crossTrade.wrap(buffer, at, length, 0)) : 0;
            case 'B' -> sum += isWhole(length, BrokenTradeDecoder.BLOCK_LENGTH)
                ? brokenTrade(brokenTrade.wrap(buffer, at, length, 0)) : 0;
            case 'I' -> sum += isWhole(length, NetOrderImbalanceDecoder.BLOCK_LENGTH)
                ? netOrderImbalance(netOrderImbalance.wrap(buffer, at, length, 0)) : 0;
            case 'N' -> sum += isWhole(length, RetailInterestDecoder.BLOCK_LENGTH)
                ? retailInterest(retailInterest.wrap(buffer, at, length, 0)) : 0;
            case 'O' -> sum += isWhole(length, DirectListingDecoder.BLOCK_LENGTH)
                ? directListing(directListing.wrap(buffer, at, length, 0)) : 0;
            default -> { }
        }
    }

    long sum() {
        return sum;
    }

    long crossTradeSum() {
        return crossTradeSum;
    }

    private static boolean isWhole(int length, int blockLength) {
        return length >= blockLength;
    }

    private static long systemEvent(SystemEventDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.eventCode();
    }

    private static long stockDirectory(StockDirectoryDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset())
            + text8(message.buffer(),
                message.offset() + StockDirectoryDecoder.stockEncodingOffset())
            + message.marketCategory() + message.financialStatusIndicator()
            + message.roundLotSize() + message.roundLotsOnly() + message.issueClassification()
            + text2(message.buffer(),
                message.offset() + StockDirectoryDecoder.issueSubTypeEncodingOffset())
            + message.authenticity() + message.shortSaleThresholdIndicator() + message.ipoFlag()
            + message.luldReferencePriceTier() + message.etpFlag() + message.etpLeverageFactor()
            + message.inverseIndicator();
    }

    private static long stockTradingAction(StockTradingActionDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset())
            + text8(message.buffer(),
                message.offset() + StockTradingActionDecoder.stockEncodingOffset())
            + message.tradingState() + message.reserved()
            + text4(message.buffer(),
                message.offset() + StockTradingActionDecoder.reasonCodeEncodingOffset());
    }

    private static long regShoRestriction(RegShoRestrictionDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset())
            + text8(message.buffer(),
                message.offset() + RegShoRestrictionDecoder.stockEncodingOffset())
            + message.regShoAction();
    }

    private static long marketParticipantPosition(MarketParticipantPositionDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset())
            + text4(message.buffer(),
                message.offset() + MarketParticipantPositionDecoder.mpidEncodingOffset())
            + text8(message.buffer(),
                message.offset() + MarketParticipantPositionDecoder.stockEncodingOffset())
            + message.primaryMarketMaker() + message.marketMakerMode()
            + message.marketParticipantState();
    }

    private static long mwcbDeclineLevel(MwcbDeclineLevelDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.level1() + message.level2()
            + message.level3();
    }

    private static long mwcbStatus(MwcbStatusDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.breachedLevel();
    }

    private static long ipoQuotingPeriod(IpoQuotingPeriodDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset())
            + text8(message.buffer(),
                message.offset() + IpoQuotingPeriodDecoder.stockEncodingOffset())
            + message.ipoQuotationReleaseTime() + message.ipoQuotationReleaseQualifier()
            + message.ipoPrice();
    }

    private static long luldAuctionCollar(LuldAuctionCollarDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset())
            + text8(message.buffer(),
                message.offset() + LuldAuctionCollarDecoder.stockEncodingOffset())
            + message.auctionCollarReferencePrice() + message.upperAuctionCollarPrice()
            + message.lowerAuctionCollarPrice() + message.auctionCollarExtension();
    }

    private static long operationalHalt(OperationalHaltDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset())
            + text8(message.buffer(),
                message.offset() + OperationalHaltDecoder.stockEncodingOffset())
            + message.marketCode() + message.operationalHaltAction();
    }

    private static long addOrderAttributed(AddOrderAttributedDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.orderReferenceNumber()
            + message.buySellIndicator() + message.shares()
            + text8(message.buffer(),
                message.offset() + AddOrderAttributedDecoder.stockEncodingOffset())
            + message.price()
            + text4(message.buffer(),
                message.offset() + AddOrderAttributedDecoder.attributionEncodingOffset());
    }

    private static long orderExecutedWithPrice(OrderExecutedWithPriceDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.orderReferenceNumber()
            + message.executedShares() + message.matchNumber() + message.printable()
            + message.executionPrice();
    }

    private static long trade(TradeDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.orderReferenceNumber()
            + message.buySellIndicator() + message.shares()
            + text8(message.buffer(), message.offset() + TradeDecoder.stockEncodingOffset())
            + message.price() + message.matchNumber();
    }

    private static long crossTrade(CrossTradeDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.crossShares()
            + text8(message.buffer(), message.offset() + CrossTradeDecoder.stockEncodingOffset())
            + message.crossPrice() + message.matchNumber() + message.crossType();
    }

    private static long brokenTrade(BrokenTradeDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.matchNumber();
    }

    private static long netOrderImbalance(NetOrderImbalanceDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.pairedShares()
            + message.imbalanceShares() + message.imbalanceDirection()
            + text8(message.buffer(),
                message.offset() + NetOrderImbalanceDecoder.stockEncodingOffset())
            + message.farPrice() + message.nearPrice() + message.currentReferencePrice()
            + message.crossType() + message.priceVariationIndicator();
    }

    private static long retailInterest(RetailInterestDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset())
            + text8(message.buffer(),
                message.offset() + RetailInterestDecoder.stockEncodingOffset())
            + message.interestFlag();
    }

    private static long directListing(DirectListingDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset())
            + text8(message.buffer(), message.offset() + DirectListingDecoder.stockEncodingOffset())
            + message.openEligibilityStatus() + message.minimumAllowablePrice()
            + message.maximumAllowablePrice() + message.nearExecutionPrice()
            + message.nearExecutionTime() + message.lowerPriceRangeCollar()
            + message.upperPriceRangeCollar();
    }

    private static long text8(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset, BIG_ENDIAN);
    }

    private static int text4(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset, BIG_ENDIAN);
    }

    private static short text2(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset, BIG_ENDIAN);
    }
}
