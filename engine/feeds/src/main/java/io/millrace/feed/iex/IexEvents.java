// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import io.millrace.codec.tops16.AuctionInformationDecoder;
import io.millrace.codec.tops16.OfficialPriceDecoder;
import io.millrace.codec.tops16.OperationalHaltStatusDecoder;
import io.millrace.codec.tops16.RetailLiquidityIndicatorDecoder;
import io.millrace.codec.tops16.SecurityDirectoryDecoder;
import io.millrace.codec.tops16.SecurityEventDecoder;
import io.millrace.codec.tops16.ShortSalePriceTestStatusDecoder;
import io.millrace.codec.tops16.SystemEventDecoder;
import io.millrace.codec.tops16.TradeBreakDecoder;
import io.millrace.codec.tops16.TradeReportDecoder;
import io.millrace.codec.tops16.TradingStatusDecoder;

/** Sends each type of message to those who know its event. Owned by the ingress thread. */
final class IexEvents implements IexListener {
    private final IexTradeEvents trades;
    private final IexStatusEvents status;
    private final IexReferenceEvents reference;

    IexEvents(IexWriter writer) {
        trades = new IexTradeEvents(writer);
        status = new IexStatusEvents(writer);
        reference = new IexReferenceEvents(writer);
    }

    @Override
    public void onTradeReport(TradeReportDecoder message) {
        trades.onTradeReport(message);
    }

    @Override
    public void onTradeBreak(TradeBreakDecoder message) {
        trades.onTradeBreak(message);
    }

    @Override
    public void onTradingStatus(TradingStatusDecoder message) {
        status.onTradingStatus(message);
    }

    @Override
    public void onOperationalHaltStatus(OperationalHaltStatusDecoder message) {
        status.onOperationalHaltStatus(message);
    }

    @Override
    public void onShortSalePriceTestStatus(ShortSalePriceTestStatusDecoder message) {
        status.onShortSalePriceTestStatus(message);
    }

    @Override
    public void onRetailLiquidityIndicator(RetailLiquidityIndicatorDecoder message) {
        reference.onRetailLiquidityIndicator(message);
    }

    @Override
    public void onSecurityDirectory(SecurityDirectoryDecoder message) {
        reference.onSecurityDirectory(message);
    }

    @Override
    public void onSecurityEvent(SecurityEventDecoder message) {
        status.onSecurityEvent(message);
    }

    @Override
    public void onSystemEvent(SystemEventDecoder message) {
        status.onSystemEvent(message);
    }

    @Override
    public void onOfficialPrice(OfficialPriceDecoder message) {
        trades.onOfficialPrice(message);
    }

    @Override
    public void onAuctionInformation(AuctionInformationDecoder message) {
        reference.onAuctionInformation(message);
    }
}
