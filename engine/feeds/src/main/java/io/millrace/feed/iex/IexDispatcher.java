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
import org.agrona.DirectBuffer;

/**
 * Tells the type of a message that TOPS and DEEP share byte for byte, checks its length once
 * against the type's, and hands it on as a flyweight over the bytes as they came. A longer message
 * is accepted: the venue may append fields. Has no state besides the flyweights. Used by one
 * thread.
 */
public final class IexDispatcher {
    /** The message was handed on. */
    public static final int DISPATCHED = 0;
    /** The message is shorter than its type, or empty; it was not handed on. */
    public static final int TOO_SHORT = 1;
    /** No message of the specification begins with this byte; it was not handed on. */
    public static final int UNKNOWN_TYPE = 2;

    private final IexListener listener;
    private final TradeReportDecoder tradeReport = new TradeReportDecoder();
    private final TradeBreakDecoder tradeBreak = new TradeBreakDecoder();
    private final TradingStatusDecoder tradingStatus = new TradingStatusDecoder();
    private final OperationalHaltStatusDecoder operationalHaltStatus =
        new OperationalHaltStatusDecoder();
    private final ShortSalePriceTestStatusDecoder shortSalePriceTestStatus =
        new ShortSalePriceTestStatusDecoder();
    private final RetailLiquidityIndicatorDecoder retailLiquidityIndicator =
        new RetailLiquidityIndicatorDecoder();
    private final SecurityDirectoryDecoder securityDirectory = new SecurityDirectoryDecoder();
    private final SecurityEventDecoder securityEvent = new SecurityEventDecoder();
    private final SystemEventDecoder systemEvent = new SystemEventDecoder();
    private final OfficialPriceDecoder officialPrice = new OfficialPriceDecoder();
    private final AuctionInformationDecoder auctionInformation = new AuctionInformationDecoder();

    /** @param listener takes the messages */
    public IexDispatcher(IexListener listener) {
        this.listener = listener;
    }

    /** Hands one message on; returns {@link #DISPATCHED} or the reason why not. */
    public int dispatch(DirectBuffer buffer, int offset, int length) {
        if (length < 1) {
            return TOO_SHORT;
        }
        switch (buffer.getByte(offset)) {
            case TradeReportDecoder.TEMPLATE_ID:
                return onTradeReport(buffer, offset, length);
            case TradeBreakDecoder.TEMPLATE_ID:
                return onTradeBreak(buffer, offset, length);
            case TradingStatusDecoder.TEMPLATE_ID:
                return onTradingStatus(buffer, offset, length);
            case OperationalHaltStatusDecoder.TEMPLATE_ID:
                return onOperationalHaltStatus(buffer, offset, length);
            case ShortSalePriceTestStatusDecoder.TEMPLATE_ID:
                return onShortSalePriceTestStatus(buffer, offset, length);
            case RetailLiquidityIndicatorDecoder.TEMPLATE_ID:
                return onRetailLiquidityIndicator(buffer, offset, length);
            case SecurityDirectoryDecoder.TEMPLATE_ID:
                return onSecurityDirectory(buffer, offset, length);
            case SecurityEventDecoder.TEMPLATE_ID:
                return onSecurityEvent(buffer, offset, length);
            case SystemEventDecoder.TEMPLATE_ID:
                return onSystemEvent(buffer, offset, length);
            case OfficialPriceDecoder.TEMPLATE_ID:
                return onOfficialPrice(buffer, offset, length);
            case AuctionInformationDecoder.TEMPLATE_ID:
                return onAuctionInformation(buffer, offset, length);
            default:
                return UNKNOWN_TYPE;
        }
    }

    private int onTradeReport(DirectBuffer buffer, int offset, int length) {
        if (length < TradeReportDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        tradeReport.wrap(buffer, offset, TradeReportDecoder.BLOCK_LENGTH, 0);
        listener.onTradeReport(tradeReport);
        return DISPATCHED;
    }

    private int onTradeBreak(DirectBuffer buffer, int offset, int length) {
        if (length < TradeBreakDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        tradeBreak.wrap(buffer, offset, TradeBreakDecoder.BLOCK_LENGTH, 0);
        listener.onTradeBreak(tradeBreak);
        return DISPATCHED;
    }

    private int onTradingStatus(DirectBuffer buffer, int offset, int length) {
        if (length < TradingStatusDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        tradingStatus.wrap(buffer, offset, TradingStatusDecoder.BLOCK_LENGTH, 0);
        listener.onTradingStatus(tradingStatus);
        return DISPATCHED;
    }

    private int onOperationalHaltStatus(DirectBuffer buffer, int offset, int length) {
        if (length < OperationalHaltStatusDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        operationalHaltStatus.wrap(buffer, offset, OperationalHaltStatusDecoder.BLOCK_LENGTH, 0);
        listener.onOperationalHaltStatus(operationalHaltStatus);
        return DISPATCHED;
    }

    private int onShortSalePriceTestStatus(DirectBuffer buffer, int offset, int length) {
        if (length < ShortSalePriceTestStatusDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        shortSalePriceTestStatus.wrap(buffer, offset,
            ShortSalePriceTestStatusDecoder.BLOCK_LENGTH, 0);
        listener.onShortSalePriceTestStatus(shortSalePriceTestStatus);
        return DISPATCHED;
    }

    private int onRetailLiquidityIndicator(DirectBuffer buffer, int offset, int length) {
        if (length < RetailLiquidityIndicatorDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        retailLiquidityIndicator.wrap(buffer, offset,
            RetailLiquidityIndicatorDecoder.BLOCK_LENGTH, 0);
        listener.onRetailLiquidityIndicator(retailLiquidityIndicator);
        return DISPATCHED;
    }

    private int onSecurityDirectory(DirectBuffer buffer, int offset, int length) {
        if (length < SecurityDirectoryDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        securityDirectory.wrap(buffer, offset, SecurityDirectoryDecoder.BLOCK_LENGTH, 0);
        listener.onSecurityDirectory(securityDirectory);
        return DISPATCHED;
    }

    private int onSecurityEvent(DirectBuffer buffer, int offset, int length) {
        if (length < SecurityEventDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        securityEvent.wrap(buffer, offset, SecurityEventDecoder.BLOCK_LENGTH, 0);
        listener.onSecurityEvent(securityEvent);
        return DISPATCHED;
    }

    private int onSystemEvent(DirectBuffer buffer, int offset, int length) {
        if (length < SystemEventDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        systemEvent.wrap(buffer, offset, SystemEventDecoder.BLOCK_LENGTH, 0);
        listener.onSystemEvent(systemEvent);
        return DISPATCHED;
    }

    private int onOfficialPrice(DirectBuffer buffer, int offset, int length) {
        if (length < OfficialPriceDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        officialPrice.wrap(buffer, offset, OfficialPriceDecoder.BLOCK_LENGTH, 0);
        listener.onOfficialPrice(officialPrice);
        return DISPATCHED;
    }

    private int onAuctionInformation(DirectBuffer buffer, int offset, int length) {
        if (length < AuctionInformationDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        auctionInformation.wrap(buffer, offset, AuctionInformationDecoder.BLOCK_LENGTH, 0);
        listener.onAuctionInformation(auctionInformation);
        return DISPATCHED;
    }
}
