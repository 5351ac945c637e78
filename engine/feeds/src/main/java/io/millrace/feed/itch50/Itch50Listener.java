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

/**
 * Takes every message of the protocol as the flyweight of its type; one method per type, named as
 * in the specification. A flyweight is valid only during the call.
 */
public interface Itch50Listener {
    /** Type A. */
    void onAddOrder(AddOrderDecoder message);

    /** Type F. */
    void onAddOrderAttributed(AddOrderAttributedDecoder message);

    /** Type E. */
    void onOrderExecuted(OrderExecutedDecoder message);

    /** Type C. */
    void onOrderExecutedWithPrice(OrderExecutedWithPriceDecoder message);

    /** Type X. */
    void onOrderCancel(OrderCancelDecoder message);

    /** Type D. */
    void onOrderDelete(OrderDeleteDecoder message);

    /** Type U. */
    void onOrderReplace(OrderReplaceDecoder message);

    /** Type P. */
    void onTrade(TradeDecoder message);

    /** Type Q. */
    void onCrossTrade(CrossTradeDecoder message);

    /** Type B. */
    void onBrokenTrade(BrokenTradeDecoder message);

    /** Type S. */
    void onSystemEvent(SystemEventDecoder message);

    /** Type R. */
    void onStockDirectory(StockDirectoryDecoder message);

    /** Type H. */
    void onStockTradingAction(StockTradingActionDecoder message);

    /** Type Y. */
    void onRegShoRestriction(RegShoRestrictionDecoder message);

    /** Type L. */
    void onMarketParticipantPosition(MarketParticipantPositionDecoder message);

    /** Type V. */
    void onMwcbDeclineLevel(MwcbDeclineLevelDecoder message);

    /** Type W. */
    void onMwcbStatus(MwcbStatusDecoder message);

    /** Type K. */
    void onIpoQuotingPeriod(IpoQuotingPeriodDecoder message);

    /** Type J. */
    void onLuldAuctionCollar(LuldAuctionCollarDecoder message);

    /** Type h. */
    void onOperationalHalt(OperationalHaltDecoder message);

    /** Type I. */
    void onNetOrderImbalance(NetOrderImbalanceDecoder message);

    /** Type N. */
    void onRetailInterest(RetailInterestDecoder message);

    /** Type O. */
    void onDirectListing(DirectListingDecoder message);
}
