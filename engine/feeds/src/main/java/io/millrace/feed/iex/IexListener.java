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

/**
 * Takes every message that TOPS and DEEP share as the flyweight of its type; one method per type,
 * named as in the specification. A flyweight is valid only during the call.
 */
public interface IexListener {
    /** Type T. */
    void onTradeReport(TradeReportDecoder message);

    /** Type B. */
    void onTradeBreak(TradeBreakDecoder message);

    /** Type H. */
    void onTradingStatus(TradingStatusDecoder message);

    /** Type O. */
    void onOperationalHaltStatus(OperationalHaltStatusDecoder message);

    /** Type P. */
    void onShortSalePriceTestStatus(ShortSalePriceTestStatusDecoder message);

    /** Type I. */
    void onRetailLiquidityIndicator(RetailLiquidityIndicatorDecoder message);

    /** Type D. */
    void onSecurityDirectory(SecurityDirectoryDecoder message);

    /** Type E. */
    void onSecurityEvent(SecurityEventDecoder message);

    /** Type S. */
    void onSystemEvent(SystemEventDecoder message);

    /** Type X. */
    void onOfficialPrice(OfficialPriceDecoder message);

    /** Type A. */
    void onAuctionInformation(AuctionInformationDecoder message);
}
