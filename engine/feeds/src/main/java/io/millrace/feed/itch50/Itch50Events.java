// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.itch50;

import io.millrace.codec.itch50.AddOrderDecoder;
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

/** Sends each type of message to those who know its event. Owned by the ingress thread. */
final class Itch50Events implements Itch50Listener {
    private final Itch50OrderEvents orders;
    private final Itch50TradeEvents trades;
    private final Itch50StatusEvents status;
    private final Itch50ReferenceEvents reference;

    Itch50Events(Itch50Writer writer, Itch50Eligibility eligibility) {
        orders = new Itch50OrderEvents(writer, eligibility);
        trades = new Itch50TradeEvents(writer, eligibility);
        status = new Itch50StatusEvents(writer, eligibility);
        reference = new Itch50ReferenceEvents(writer);
    }

    @Override
    public void onAddOrder(AddOrderDecoder message) {
        orders.onAddOrder(message);
    }

    @Override
    public void onAddOrderAttributed(AddOrderAttributedDecoder message) {
        orders.onAddOrderAttributed(message);
    }

    @Override
    public void onOrderExecuted(OrderExecutedDecoder message) {
        orders.onOrderExecuted(message);
    }

    @Override
    public void onOrderExecutedWithPrice(OrderExecutedWithPriceDecoder message) {
        orders.onOrderExecutedWithPrice(message);
    }

    @Override
    public void onOrderCancel(OrderCancelDecoder message) {
        orders.onOrderCancel(message);
    }

    @Override
    public void onOrderDelete(OrderDeleteDecoder message) {
        orders.onOrderDelete(message);
    }

    @Override
    public void onOrderReplace(OrderReplaceDecoder message) {
        orders.onOrderReplace(message);
    }

    @Override
    public void onTrade(TradeDecoder message) {
        trades.onTrade(message);
    }

    @Override
    public void onCrossTrade(CrossTradeDecoder message) {
        trades.onCrossTrade(message);
    }

    @Override
    public void onBrokenTrade(BrokenTradeDecoder message) {
        trades.onBrokenTrade(message);
    }

    @Override
    public void onSystemEvent(SystemEventDecoder message) {
        status.onSystemEvent(message);
    }

    @Override
    public void onStockDirectory(StockDirectoryDecoder message) {
        reference.onStockDirectory(message);
    }

    @Override
    public void onStockTradingAction(StockTradingActionDecoder message) {
        status.onStockTradingAction(message);
    }

    @Override
    public void onRegShoRestriction(RegShoRestrictionDecoder message) {
        status.onRegShoRestriction(message);
    }

    @Override
    public void onMarketParticipantPosition(MarketParticipantPositionDecoder message) {
        reference.onMarketParticipantPosition(message);
    }

    @Override
    public void onMwcbDeclineLevel(MwcbDeclineLevelDecoder message) {
        status.onMwcbDeclineLevel(message);
    }

    @Override
    public void onMwcbStatus(MwcbStatusDecoder message) {
        status.onMwcbStatus(message);
    }

    @Override
    public void onIpoQuotingPeriod(IpoQuotingPeriodDecoder message) {
        reference.onIpoQuotingPeriod(message);
    }

    @Override
    public void onLuldAuctionCollar(LuldAuctionCollarDecoder message) {
        reference.onLuldAuctionCollar(message);
    }

    @Override
    public void onOperationalHalt(OperationalHaltDecoder message) {
        status.onOperationalHalt(message);
    }

    @Override
    public void onNetOrderImbalance(NetOrderImbalanceDecoder message) {
        reference.onNetOrderImbalance(message);
    }

    @Override
    public void onRetailInterest(RetailInterestDecoder message) {
        reference.onRetailInterest(message);
    }

    @Override
    public void onDirectListing(DirectListingDecoder message) {
        reference.onDirectListing(message);
    }
}
