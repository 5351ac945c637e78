// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.peer;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50.AddOrder;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.AddOrderMPID;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.BrokenTrade;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.CrossTrade;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.IPOQuotingPeriodUpdate;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.LULDAuctionCollar;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.MWCBDeclineLevel;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.MWCBStatus;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.MarketParticipantPosition;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.NOII;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.OperationalHalt;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.OrderCancel;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.OrderDelete;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.OrderExecuted;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.OrderExecutedWithPrice;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.OrderReplace;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.RPII;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.RegSHORestriction;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.StockDirectory;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.StockTradingAction;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.SystemEvent;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50.Trade;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Listener;

/** Sums every field that juncture's parser hands over. One thread. */
final class JunctureSum implements ITCH50Listener {
    private long sum;
    private long crossTradeSum;

    /** Sum of all fields so far, those of cross trades apart. */
    long sum() {
        return sum;
    }

    /** Sum of the fields of cross trades, whose eight bytes of shares are read as four. */
    long crossTradeSum() {
        return crossTradeSum;
    }

    @Override
    public void systemEvent(SystemEvent message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.eventCode;
    }

    @Override
    public void stockDirectory(StockDirectory message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.stock + message.marketCategory
            + message.financialStatusIndicator + message.roundLotSize + message.roundLotsOnly
            + message.issueClassification + message.issueSubType + message.authenticity
            + message.shortSaleThresholdIndicator + message.ipoFlag
            + message.luldReferencePriceTier + message.etpFlag + message.etpLeverageFactor
            + message.inverseIndicator;
    }

    @Override
    public void stockTradingAction(StockTradingAction message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.stock + message.tradingState + message.reserved
            + message.reason;
    }

    @Override
    public void regSHORestriction(RegSHORestriction message) {
        sum += message.locateCode + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.stock + message.regSHOAction;
    }

    @Override
    public void marketParticipantPosition(MarketParticipantPosition message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.mpid + message.stock + message.primaryMarketMaker
            + message.marketMakerMode + message.marketParticipantState;
    }

    @Override
    public void mwcbDeclineLevel(MWCBDeclineLevel message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.level1 + message.level2 + message.level3;
    }

    @Override
    public void mwcbStatus(MWCBStatus message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.breachedLevel;
    }

    @Override
    public void ipoQuotingPeriodUpdate(IPOQuotingPeriodUpdate message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.stock + message.ipoQuotationReleaseTime
            + message.ipoQuotationReleaseQualifier + message.ipoPrice;
    }

    @Override
    public void luldAuctionCollar(LULDAuctionCollar message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.stock + message.auctionCollarReferencePrice
            + message.upperAuctionCollarPrice + message.lowerAuctionCollarPrice
            + message.auctionCollarExtension;
    }

    @Override
    public void operationalHalt(OperationalHalt message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.stock + message.marketCode
            + message.operationalHaltAction;
    }

    @Override
    public void addOrder(AddOrder message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.orderReferenceNumber + message.buySellIndicator
            + message.shares + message.stock + message.price;
    }

    @Override
    public void addOrderMPID(AddOrderMPID message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.orderReferenceNumber + message.buySellIndicator
            + message.shares + message.stock + message.price + message.attribution;
    }

    @Override
    public void orderExecuted(OrderExecuted message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.orderReferenceNumber + message.executedShares
            + message.matchNumber;
    }

    @Override
    public void orderExecutedWithPrice(OrderExecutedWithPrice message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.orderReferenceNumber + message.executedShares
            + message.matchNumber + message.printable + message.executionPrice;
    }

    @Override
    public void orderCancel(OrderCancel message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.orderReferenceNumber + message.canceledShares;
    }

    @Override
    public void orderDelete(OrderDelete message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.orderReferenceNumber;
    }

    @Override
    public void orderReplace(OrderReplace message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.originalOrderReferenceNumber
            + message.newOrderReferenceNumber + message.shares + message.price;
    }

    @Override
    public void trade(Trade message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.orderReferenceNumber + message.buySellIndicator
            + message.shares + message.stock + message.price + message.matchNumber;
    }

    @Override
    public void crossTrade(CrossTrade message) {
        crossTradeSum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.shares + message.stock + message.crossPrice
            + message.matchNumber + message.crossType;
    }

    @Override
    public void brokenTrade(BrokenTrade message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.matchNumber;
    }

    @Override
    public void noii(NOII message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.pairedShares + message.imbalanceShares
            + message.imbalanceDirection + message.stock + message.farPrice + message.nearPrice
            + message.currentReferencePrice + message.crossType + message.priceVariationIndicator;
    }

    @Override
    public void rpii(RPII message) {
        sum += message.stockLocate + message.trackingNumber + message.timestampHigh
            + message.timestampLow + message.stock + message.interestFlag;
    }
}
