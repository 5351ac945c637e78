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
import org.agrona.DirectBuffer;

/**
 * Tells the type of a message, checks its length once against the type's, and hands it on as a
 * flyweight over the bytes as they came. A longer message is accepted: the venue may append fields.
 * Has no state besides the flyweights. Used by one thread.
 */
public final class Itch50Dispatcher {
    /** The message was handed on. */
    public static final int DISPATCHED = 0;
    /** The message is shorter than its type, or empty; it was not handed on. */
    public static final int TOO_SHORT = 1;
    /** No message of the specification begins with this byte; it was not handed on. */
    public static final int UNKNOWN_TYPE = 2;

    private final Itch50Listener listener;
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
    private final NetOrderImbalanceDecoder netOrderImbalance = new NetOrderImbalanceDecoder();
    private final RetailInterestDecoder retailInterest = new RetailInterestDecoder();
    private final DirectListingDecoder directListing = new DirectListingDecoder();

    /** @param listener takes the messages */
    public Itch50Dispatcher(Itch50Listener listener) {
        this.listener = listener;
    }

    /** Hands one message on; returns {@link #DISPATCHED} or the reason why not. */
    public int dispatch(DirectBuffer buffer, int offset, int length) {
        if (length < 1) {
            return TOO_SHORT;
        }
        switch (buffer.getByte(offset)) {
            case AddOrderDecoder.TEMPLATE_ID:
                return onAddOrder(buffer, offset, length);
            case AddOrderAttributedDecoder.TEMPLATE_ID:
                return onAddOrderAttributed(buffer, offset, length);
            case OrderExecutedDecoder.TEMPLATE_ID:
                return onOrderExecuted(buffer, offset, length);
            case OrderExecutedWithPriceDecoder.TEMPLATE_ID:
                return onOrderExecutedWithPrice(buffer, offset, length);
            case OrderCancelDecoder.TEMPLATE_ID:
                return onOrderCancel(buffer, offset, length);
            case OrderDeleteDecoder.TEMPLATE_ID:
                return onOrderDelete(buffer, offset, length);
            case OrderReplaceDecoder.TEMPLATE_ID:
                return onOrderReplace(buffer, offset, length);
            case TradeDecoder.TEMPLATE_ID:
                return onTrade(buffer, offset, length);
            case CrossTradeDecoder.TEMPLATE_ID:
                return onCrossTrade(buffer, offset, length);
            case BrokenTradeDecoder.TEMPLATE_ID:
                return onBrokenTrade(buffer, offset, length);
            case SystemEventDecoder.TEMPLATE_ID:
                return onSystemEvent(buffer, offset, length);
            case StockDirectoryDecoder.TEMPLATE_ID:
                return onStockDirectory(buffer, offset, length);
            case StockTradingActionDecoder.TEMPLATE_ID:
                return onStockTradingAction(buffer, offset, length);
            case RegShoRestrictionDecoder.TEMPLATE_ID:
                return onRegShoRestriction(buffer, offset, length);
            case MarketParticipantPositionDecoder.TEMPLATE_ID:
                return onMarketParticipantPosition(buffer, offset, length);
            case MwcbDeclineLevelDecoder.TEMPLATE_ID:
                return onMwcbDeclineLevel(buffer, offset, length);
            case MwcbStatusDecoder.TEMPLATE_ID:
                return onMwcbStatus(buffer, offset, length);
            case IpoQuotingPeriodDecoder.TEMPLATE_ID:
                return onIpoQuotingPeriod(buffer, offset, length);
            case LuldAuctionCollarDecoder.TEMPLATE_ID:
                return onLuldAuctionCollar(buffer, offset, length);
            case OperationalHaltDecoder.TEMPLATE_ID:
                return onOperationalHalt(buffer, offset, length);
            case NetOrderImbalanceDecoder.TEMPLATE_ID:
                return onNetOrderImbalance(buffer, offset, length);
            case RetailInterestDecoder.TEMPLATE_ID:
                return onRetailInterest(buffer, offset, length);
            case DirectListingDecoder.TEMPLATE_ID:
                return onDirectListing(buffer, offset, length);
            default:
                return UNKNOWN_TYPE;
        }
    }

    private int onAddOrder(DirectBuffer buffer, int offset, int length) {
        if (length < AddOrderDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        addOrder.wrap(buffer, offset, AddOrderDecoder.BLOCK_LENGTH, 0);
        listener.onAddOrder(addOrder);
        return DISPATCHED;
    }

    private int onAddOrderAttributed(DirectBuffer buffer, int offset, int length) {
        if (length < AddOrderAttributedDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        addOrderAttributed.wrap(buffer, offset, AddOrderAttributedDecoder.BLOCK_LENGTH, 0);
        listener.onAddOrderAttributed(addOrderAttributed);
        return DISPATCHED;
    }

    private int onOrderExecuted(DirectBuffer buffer, int offset, int length) {
        if (length < OrderExecutedDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        orderExecuted.wrap(buffer, offset, OrderExecutedDecoder.BLOCK_LENGTH, 0);
        listener.onOrderExecuted(orderExecuted);
        return DISPATCHED;
    }

    private int onOrderExecutedWithPrice(DirectBuffer buffer, int offset, int length) {
        if (length < OrderExecutedWithPriceDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        orderExecutedWithPrice.wrap(buffer, offset, OrderExecutedWithPriceDecoder.BLOCK_LENGTH, 0);
        listener.onOrderExecutedWithPrice(orderExecutedWithPrice);
        return DISPATCHED;
    }

    private int onOrderCancel(DirectBuffer buffer, int offset, int length) {
        if (length < OrderCancelDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        orderCancel.wrap(buffer, offset, OrderCancelDecoder.BLOCK_LENGTH, 0);
        listener.onOrderCancel(orderCancel);
        return DISPATCHED;
    }

    private int onOrderDelete(DirectBuffer buffer, int offset, int length) {
        if (length < OrderDeleteDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        orderDelete.wrap(buffer, offset, OrderDeleteDecoder.BLOCK_LENGTH, 0);
        listener.onOrderDelete(orderDelete);
        return DISPATCHED;
    }

    private int onOrderReplace(DirectBuffer buffer, int offset, int length) {
        if (length < OrderReplaceDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        orderReplace.wrap(buffer, offset, OrderReplaceDecoder.BLOCK_LENGTH, 0);
        listener.onOrderReplace(orderReplace);
        return DISPATCHED;
    }

    private int onTrade(DirectBuffer buffer, int offset, int length) {
        if (length < TradeDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        trade.wrap(buffer, offset, TradeDecoder.BLOCK_LENGTH, 0);
        listener.onTrade(trade);
        return DISPATCHED;
    }

    private int onCrossTrade(DirectBuffer buffer, int offset, int length) {
        if (length < CrossTradeDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        crossTrade.wrap(buffer, offset, CrossTradeDecoder.BLOCK_LENGTH, 0);
        listener.onCrossTrade(crossTrade);
        return DISPATCHED;
    }

    private int onBrokenTrade(DirectBuffer buffer, int offset, int length) {
        if (length < BrokenTradeDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        brokenTrade.wrap(buffer, offset, BrokenTradeDecoder.BLOCK_LENGTH, 0);
        listener.onBrokenTrade(brokenTrade);
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

    private int onStockDirectory(DirectBuffer buffer, int offset, int length) {
        if (length < StockDirectoryDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        stockDirectory.wrap(buffer, offset, StockDirectoryDecoder.BLOCK_LENGTH, 0);
        listener.onStockDirectory(stockDirectory);
        return DISPATCHED;
    }

    private int onStockTradingAction(DirectBuffer buffer, int offset, int length) {
        if (length < StockTradingActionDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        stockTradingAction.wrap(buffer, offset, StockTradingActionDecoder.BLOCK_LENGTH, 0);
        listener.onStockTradingAction(stockTradingAction);
        return DISPATCHED;
    }

    private int onRegShoRestriction(DirectBuffer buffer, int offset, int length) {
        if (length < RegShoRestrictionDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        regShoRestriction.wrap(buffer, offset, RegShoRestrictionDecoder.BLOCK_LENGTH, 0);
        listener.onRegShoRestriction(regShoRestriction);
        return DISPATCHED;
    }

    private int onMarketParticipantPosition(DirectBuffer buffer, int offset, int length) {
        if (length < MarketParticipantPositionDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        marketParticipantPosition.wrap(buffer, offset,
            MarketParticipantPositionDecoder.BLOCK_LENGTH, 0);
        listener.onMarketParticipantPosition(marketParticipantPosition);
        return DISPATCHED;
    }

    private int onMwcbDeclineLevel(DirectBuffer buffer, int offset, int length) {
        if (length < MwcbDeclineLevelDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        mwcbDeclineLevel.wrap(buffer, offset, MwcbDeclineLevelDecoder.BLOCK_LENGTH, 0);
        listener.onMwcbDeclineLevel(mwcbDeclineLevel);
        return DISPATCHED;
    }

    private int onMwcbStatus(DirectBuffer buffer, int offset, int length) {
        if (length < MwcbStatusDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        mwcbStatus.wrap(buffer, offset, MwcbStatusDecoder.BLOCK_LENGTH, 0);
        listener.onMwcbStatus(mwcbStatus);
        return DISPATCHED;
    }

    private int onIpoQuotingPeriod(DirectBuffer buffer, int offset, int length) {
        if (length < IpoQuotingPeriodDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        ipoQuotingPeriod.wrap(buffer, offset, IpoQuotingPeriodDecoder.BLOCK_LENGTH, 0);
        listener.onIpoQuotingPeriod(ipoQuotingPeriod);
        return DISPATCHED;
    }

    private int onLuldAuctionCollar(DirectBuffer buffer, int offset, int length) {
        if (length < LuldAuctionCollarDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        luldAuctionCollar.wrap(buffer, offset, LuldAuctionCollarDecoder.BLOCK_LENGTH, 0);
        listener.onLuldAuctionCollar(luldAuctionCollar);
        return DISPATCHED;
    }

    private int onOperationalHalt(DirectBuffer buffer, int offset, int length) {
        if (length < OperationalHaltDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        operationalHalt.wrap(buffer, offset, OperationalHaltDecoder.BLOCK_LENGTH, 0);
        listener.onOperationalHalt(operationalHalt);
        return DISPATCHED;
    }

    private int onNetOrderImbalance(DirectBuffer buffer, int offset, int length) {
        if (length < NetOrderImbalanceDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        netOrderImbalance.wrap(buffer, offset, NetOrderImbalanceDecoder.BLOCK_LENGTH, 0);
        listener.onNetOrderImbalance(netOrderImbalance);
        return DISPATCHED;
    }

    private int onRetailInterest(DirectBuffer buffer, int offset, int length) {
        if (length < RetailInterestDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        retailInterest.wrap(buffer, offset, RetailInterestDecoder.BLOCK_LENGTH, 0);
        listener.onRetailInterest(retailInterest);
        return DISPATCHED;
    }

    private int onDirectListing(DirectBuffer buffer, int offset, int length) {
        if (length < DirectListingDecoder.BLOCK_LENGTH) {
            return TOO_SHORT;
        }
        directListing.wrap(buffer, offset, DirectListingDecoder.BLOCK_LENGTH, 0);
        listener.onDirectListing(directListing);
        return DISPATCHED;
    }
}
