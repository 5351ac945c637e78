// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.itch50.AddOrderAttributedDecoder;
import io.millrace.codec.itch50.AddOrderDecoder;
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
import io.millrace.codec.itch50.OrderCancelDecoder;
import io.millrace.codec.itch50.OrderDeleteDecoder;
import io.millrace.codec.itch50.OrderExecutedDecoder;
import io.millrace.codec.itch50.OrderExecutedWithPriceDecoder;
import io.millrace.codec.itch50.OrderReplaceDecoder;
import io.millrace.codec.itch50.RegShoRestrictionDecoder;
import io.millrace.codec.itch50.RetailInterestDecoder;
import io.millrace.codec.itch50.StockDirectoryDecoder;
import io.millrace.codec.itch50.StockTradingActionDecoder;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.codec.itch50.TradeDecoder;
import org.agrona.DirectBuffer;

/**
 * Reads every field of every ITCH 5.0 message through the generated flyweights and sums them up.
 * Text fields count as big-endian integers. One thread.
 */
public final class FlyweightSum {
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
    private final AddOrderDecoder addOrder = new AddOrderDecoder();
    private final AddOrderAttributedDecoder addOrderAttributed = new AddOrderAttributedDecoder();
    private final OrderExecutedDecoder orderExecuted = new OrderExecutedDecoder();
    private final OrderExecutedWithPriceDecoder orderExecutedWithPrice =
        new OrderExecutedWithPriceDecoder();
    private final OrderCancelDecoder orderCancel = new OrderCancelDecoder();
    private final OrderDeleteDecoder orderDelete = new OrderDeleteDecoder();
    private final OrderReplaceDecoder orderReplace = new OrderReplaceDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final CrossTradeDecoder crossTrade = new CrossTradeDecoder();
    private final BrokenTradeDecoder brokenTrade = new BrokenTradeDecoder();
    private final NetOrderImbalanceDecoder netOrderImbalance = new NetOrderImbalanceDecoder();
    private final RetailInterestDecoder retailInterest = new RetailInterestDecoder();
    private final DirectListingDecoder directListing = new DirectListingDecoder();
    private long sum;
    private long crossTradeSum;

    /** Reads one message; one that is too short for its type is left out. */
    public void onMessage(DirectBuffer buffer, int offset, int length) {
        switch (buffer.getByte(offset)) {
            case 'S' -> systemEvent(buffer, offset, length);
            case 'R' -> stockDirectory(buffer, offset, length);
            case 'H' -> stockTradingAction(buffer, offset, length);
            case 'Y' -> regShoRestriction(buffer, offset, length);
            case 'L' -> marketParticipantPosition(buffer, offset, length);
            case 'V' -> mwcbDeclineLevel(buffer, offset, length);
            case 'W' -> mwcbStatus(buffer, offset, length);
            case 'K' -> ipoQuotingPeriod(buffer, offset, length);
            case 'J' -> luldAuctionCollar(buffer, offset, length);
            case 'h' -> operationalHalt(buffer, offset, length);
            case 'A' -> addOrder(buffer, offset, length);
            case 'F' -> addOrderAttributed(buffer, offset, length);
            case 'E' -> orderExecuted(buffer, offset, length);
            case 'C' -> orderExecutedWithPrice(buffer, offset, length);
            case 'X' -> orderCancel(buffer, offset, length);
            case 'D' -> orderDelete(buffer, offset, length);
            case 'U' -> orderReplace(buffer, offset, length);
            case 'P' -> trade(buffer, offset, length);
            case 'Q' -> crossTrade(buffer, offset, length);
            case 'B' -> brokenTrade(buffer, offset, length);
            case 'I' -> netOrderImbalance(buffer, offset, length);
            case 'N' -> retailInterest(buffer, offset, length);
            case 'O' -> directListing(buffer, offset, length);
            default -> { }
        }
    }

    /** Sum of all fields so far, those of cross trades apart. */
    public long sum() {
        return sum;
    }

    /** Sum of the fields of cross trades; juncture 1.0.0 takes half of their shares for all. */
    public long crossTradeSum() {
        return crossTradeSum;
    }

    private void systemEvent(DirectBuffer buffer, int offset, int length) {
        if (length < SystemEventDecoder.BLOCK_LENGTH) {
            return;
        }
        systemEvent.wrap(buffer, offset, length, 0);
        sum += systemEvent.stockLocate() + systemEvent.trackingNumber()
            + systemEvent.timestamp().high() + systemEvent.timestamp().low()
            + systemEvent.eventCode();
    }

    private void stockDirectory(DirectBuffer buffer, int offset, int length) {
        if (length < StockDirectoryDecoder.BLOCK_LENGTH) {
            return;
        }
        stockDirectory.wrap(buffer, offset, length, 0);
        sum += stockDirectory.stockLocate() + stockDirectory.trackingNumber()
            + stockDirectory.timestamp().high() + stockDirectory.timestamp().low()
            + text8(buffer, offset + StockDirectoryDecoder.stockEncodingOffset())
            + stockDirectory.marketCategory() + stockDirectory.financialStatusIndicator()
            + stockDirectory.roundLotSize() + stockDirectory.roundLotsOnly()
            + stockDirectory.issueClassification()
            + text2(buffer, offset + StockDirectoryDecoder.issueSubTypeEncodingOffset())
            + stockDirectory.authenticity() + stockDirectory.shortSaleThresholdIndicator()
            + stockDirectory.ipoFlag() + stockDirectory.luldReferencePriceTier()
            + stockDirectory.etpFlag() + stockDirectory.etpLeverageFactor()
            + stockDirectory.inverseIndicator();
    }

    private void stockTradingAction(DirectBuffer buffer, int offset, int length) {
        if (length < StockTradingActionDecoder.BLOCK_LENGTH) {
            return;
        }
        stockTradingAction.wrap(buffer, offset, length, 0);
        sum += stockTradingAction.stockLocate() + stockTradingAction.trackingNumber()
            + stockTradingAction.timestamp().high() + stockTradingAction.timestamp().low()
            + text8(buffer, offset + StockTradingActionDecoder.stockEncodingOffset())
            + stockTradingAction.tradingState() + stockTradingAction.reserved()
            + text4(buffer, offset + StockTradingActionDecoder.reasonCodeEncodingOffset());
    }

    private void regShoRestriction(DirectBuffer buffer, int offset, int length) {
        if (length < RegShoRestrictionDecoder.BLOCK_LENGTH) {
            return;
        }
        regShoRestriction.wrap(buffer, offset, length, 0);
        sum += regShoRestriction.stockLocate() + regShoRestriction.trackingNumber()
            + regShoRestriction.timestamp().high() + regShoRestriction.timestamp().low()
            + text8(buffer, offset + RegShoRestrictionDecoder.stockEncodingOffset())
            + regShoRestriction.regShoAction();
    }

    private void marketParticipantPosition(DirectBuffer buffer, int offset, int length) {
        if (length < MarketParticipantPositionDecoder.BLOCK_LENGTH) {
            return;
        }
        marketParticipantPosition.wrap(buffer, offset, length, 0);
        sum += marketParticipantPosition.stockLocate() + marketParticipantPosition.trackingNumber()
            + marketParticipantPosition.timestamp().high()
            + marketParticipantPosition.timestamp().low()
            + text4(buffer, offset + MarketParticipantPositionDecoder.mpidEncodingOffset())
            + text8(buffer, offset + MarketParticipantPositionDecoder.stockEncodingOffset())
            + marketParticipantPosition.primaryMarketMaker()
            + marketParticipantPosition.marketMakerMode()
            + marketParticipantPosition.marketParticipantState();
    }

    private void mwcbDeclineLevel(DirectBuffer buffer, int offset, int length) {
        if (length < MwcbDeclineLevelDecoder.BLOCK_LENGTH) {
            return;
        }
        mwcbDeclineLevel.wrap(buffer, offset, length, 0);
        sum += mwcbDeclineLevel.stockLocate() + mwcbDeclineLevel.trackingNumber()
            + mwcbDeclineLevel.timestamp().high() + mwcbDeclineLevel.timestamp().low()
            + mwcbDeclineLevel.level1() + mwcbDeclineLevel.level2() + mwcbDeclineLevel.level3();
    }

    private void mwcbStatus(DirectBuffer buffer, int offset, int length) {
        if (length < MwcbStatusDecoder.BLOCK_LENGTH) {
            return;
        }
        mwcbStatus.wrap(buffer, offset, length, 0);
        sum += mwcbStatus.stockLocate() + mwcbStatus.trackingNumber()
            + mwcbStatus.timestamp().high() + mwcbStatus.timestamp().low()
            + mwcbStatus.breachedLevel();
    }

    private void ipoQuotingPeriod(DirectBuffer buffer, int offset, int length) {
        if (length < IpoQuotingPeriodDecoder.BLOCK_LENGTH) {
            return;
        }
        ipoQuotingPeriod.wrap(buffer, offset, length, 0);
        sum += ipoQuotingPeriod.stockLocate() + ipoQuotingPeriod.trackingNumber()
            + ipoQuotingPeriod.timestamp().high() + ipoQuotingPeriod.timestamp().low()
            + text8(buffer, offset + IpoQuotingPeriodDecoder.stockEncodingOffset())
            + ipoQuotingPeriod.ipoQuotationReleaseTime()
            + ipoQuotingPeriod.ipoQuotationReleaseQualifier() + ipoQuotingPeriod.ipoPrice();
    }

    private void luldAuctionCollar(DirectBuffer buffer, int offset, int length) {
        if (length < LuldAuctionCollarDecoder.BLOCK_LENGTH) {
            return;
        }
        luldAuctionCollar.wrap(buffer, offset, length, 0);
        sum += luldAuctionCollar.stockLocate() + luldAuctionCollar.trackingNumber()
            + luldAuctionCollar.timestamp().high() + luldAuctionCollar.timestamp().low()
            + text8(buffer, offset + LuldAuctionCollarDecoder.stockEncodingOffset())
            + luldAuctionCollar.auctionCollarReferencePrice()
            + luldAuctionCollar.upperAuctionCollarPrice()
            + luldAuctionCollar.lowerAuctionCollarPrice()
            + luldAuctionCollar.auctionCollarExtension();
    }

    private void operationalHalt(DirectBuffer buffer, int offset, int length) {
        if (length < OperationalHaltDecoder.BLOCK_LENGTH) {
            return;
        }
        operationalHalt.wrap(buffer, offset, length, 0);
        sum += operationalHalt.stockLocate() + operationalHalt.trackingNumber()
            + operationalHalt.timestamp().high() + operationalHalt.timestamp().low()
            + text8(buffer, offset + OperationalHaltDecoder.stockEncodingOffset())
            + operationalHalt.marketCode() + operationalHalt.operationalHaltAction();
    }

    private void addOrder(DirectBuffer buffer, int offset, int length) {
        if (length < AddOrderDecoder.BLOCK_LENGTH) {
            return;
        }
        addOrder.wrap(buffer, offset, length, 0);
        sum += addOrder.stockLocate() + addOrder.trackingNumber() + addOrder.timestamp().high()
            + addOrder.timestamp().low() + addOrder.orderReferenceNumber()
            + addOrder.buySellIndicator() + addOrder.shares()
            + text8(buffer, offset + AddOrderDecoder.stockEncodingOffset()) + addOrder.price();
    }

    private void addOrderAttributed(DirectBuffer buffer, int offset, int length) {
        if (length < AddOrderAttributedDecoder.BLOCK_LENGTH) {
            return;
        }
        addOrderAttributed.wrap(buffer, offset, length, 0);
        sum += addOrderAttributed.stockLocate() + addOrderAttributed.trackingNumber()
            + addOrderAttributed.timestamp().high() + addOrderAttributed.timestamp().low()
            + addOrderAttributed.orderReferenceNumber() + addOrderAttributed.buySellIndicator()
            + addOrderAttributed.shares()
            + text8(buffer, offset + AddOrderAttributedDecoder.stockEncodingOffset())
            + addOrderAttributed.price()
            + text4(buffer, offset + AddOrderAttributedDecoder.attributionEncodingOffset());
    }

    private void orderExecuted(DirectBuffer buffer, int offset, int length) {
        if (length < OrderExecutedDecoder.BLOCK_LENGTH) {
            return;
        }
        orderExecuted.wrap(buffer, offset, length, 0);
        sum += orderExecuted.stockLocate() + orderExecuted.trackingNumber()
            + orderExecuted.timestamp().high() + orderExecuted.timestamp().low()
            + orderExecuted.orderReferenceNumber() + orderExecuted.executedShares()
            + orderExecuted.matchNumber();
    }

    private void orderExecutedWithPrice(DirectBuffer buffer, int offset, int length) {
        if (length < OrderExecutedWithPriceDecoder.BLOCK_LENGTH) {
            return;
        }
        orderExecutedWithPrice.wrap(buffer, offset, length, 0);
        sum += orderExecutedWithPrice.stockLocate() + orderExecutedWithPrice.trackingNumber()
            + orderExecutedWithPrice.timestamp().high() + orderExecutedWithPrice.timestamp().low()
            + orderExecutedWithPrice.orderReferenceNumber()
            + orderExecutedWithPrice.executedShares() + orderExecutedWithPrice.matchNumber()
            + orderExecutedWithPrice.printable() + orderExecutedWithPrice.executionPrice();
    }

    private void orderCancel(DirectBuffer buffer, int offset, int length) {
        if (length < OrderCancelDecoder.BLOCK_LENGTH) {
            return;
        }
        orderCancel.wrap(buffer, offset, length, 0);
        sum += orderCancel.stockLocate() + orderCancel.trackingNumber()
            + orderCancel.timestamp().high() + orderCancel.timestamp().low()
            + orderCancel.orderReferenceNumber() + orderCancel.canceledShares();
    }

    private void orderDelete(DirectBuffer buffer, int offset, int length) {
        if (length < OrderDeleteDecoder.BLOCK_LENGTH) {
            return;
        }
        orderDelete.wrap(buffer, offset, length, 0);
        sum += orderDelete.stockLocate() + orderDelete.trackingNumber()
            + orderDelete.timestamp().high() + orderDelete.timestamp().low()
            + orderDelete.orderReferenceNumber();
    }

    private void orderReplace(DirectBuffer buffer, int offset, int length) {
        if (length < OrderReplaceDecoder.BLOCK_LENGTH) {
            return;
        }
        orderReplace.wrap(buffer, offset, length, 0);
        sum += orderReplace.stockLocate() + orderReplace.trackingNumber()
            + orderReplace.timestamp().high() + orderReplace.timestamp().low()
            + orderReplace.originalOrderReferenceNumber() + orderReplace.newOrderReferenceNumber()
            + orderReplace.shares() + orderReplace.price();
    }

    private void trade(DirectBuffer buffer, int offset, int length) {
        if (length < TradeDecoder.BLOCK_LENGTH) {
            return;
        }
        trade.wrap(buffer, offset, length, 0);
        sum += trade.stockLocate() + trade.trackingNumber() + trade.timestamp().high()
            + trade.timestamp().low() + trade.orderReferenceNumber() + trade.buySellIndicator()
            + trade.shares() + text8(buffer, offset + TradeDecoder.stockEncodingOffset())
            + trade.price() + trade.matchNumber();
    }

    private void crossTrade(DirectBuffer buffer, int offset, int length) {
        if (length < CrossTradeDecoder.BLOCK_LENGTH) {
            return;
        }
        crossTrade.wrap(buffer, offset, length, 0);
        crossTradeSum += crossTrade.stockLocate() + crossTrade.trackingNumber()
            + crossTrade.timestamp().high() + crossTrade.timestamp().low()
            + crossTrade.crossShares()
            + text8(buffer, offset + CrossTradeDecoder.stockEncodingOffset())
            + crossTrade.crossPrice() + crossTrade.matchNumber() + crossTrade.crossType();
    }

    private void brokenTrade(DirectBuffer buffer, int offset, int length) {
        if (length < BrokenTradeDecoder.BLOCK_LENGTH) {
            return;
        }
        brokenTrade.wrap(buffer, offset, length, 0);
        sum += brokenTrade.stockLocate() + brokenTrade.trackingNumber()
            + brokenTrade.timestamp().high() + brokenTrade.timestamp().low()
            + brokenTrade.matchNumber();
    }

    private void netOrderImbalance(DirectBuffer buffer, int offset, int length) {
        if (length < NetOrderImbalanceDecoder.BLOCK_LENGTH) {
            return;
        }
        netOrderImbalance.wrap(buffer, offset, length, 0);
        sum += netOrderImbalance.stockLocate() + netOrderImbalance.trackingNumber()
            + netOrderImbalance.timestamp().high() + netOrderImbalance.timestamp().low()
            + netOrderImbalance.pairedShares() + netOrderImbalance.imbalanceShares()
            + netOrderImbalance.imbalanceDirection()
            + text8(buffer, offset + NetOrderImbalanceDecoder.stockEncodingOffset())
            + netOrderImbalance.farPrice() + netOrderImbalance.nearPrice()
            + netOrderImbalance.currentReferencePrice() + netOrderImbalance.crossType()
            + netOrderImbalance.priceVariationIndicator();
    }

    private void retailInterest(DirectBuffer buffer, int offset, int length) {
        if (length < RetailInterestDecoder.BLOCK_LENGTH) {
            return;
        }
        retailInterest.wrap(buffer, offset, length, 0);
        sum += retailInterest.stockLocate() + retailInterest.trackingNumber()
            + retailInterest.timestamp().high() + retailInterest.timestamp().low()
            + text8(buffer, offset + RetailInterestDecoder.stockEncodingOffset())
            + retailInterest.interestFlag();
    }

    private void directListing(DirectBuffer buffer, int offset, int length) {
        if (length < DirectListingDecoder.BLOCK_LENGTH) {
            return;
        }
        directListing.wrap(buffer, offset, length, 0);
        sum += directListing.stockLocate() + directListing.trackingNumber()
            + directListing.timestamp().high() + directListing.timestamp().low()
            + text8(buffer, offset + DirectListingDecoder.stockEncodingOffset())
            + directListing.openEligibilityStatus() + directListing.minimumAllowablePrice()
            + directListing.maximumAllowablePrice() + directListing.nearExecutionPrice()
            + directListing.nearExecutionTime() + directListing.lowerPriceRangeCollar()
            + directListing.upperPriceRangeCollar();
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
