// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.book.BookView;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.Side;
import io.millrace.instrument.Price;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;

/**
 * Follows the orders attributed to one firm and tells when it is beyond a limit: position in an
 * instrument, notional traded in all, price of an order against a collar about the middle of the
 * market. Each limit is told once when it is passed, again after it was kept in between. Runs on
 * the chain's thread.
 */
public final class RiskMonitor implements Strategy {
    /** What can be passed. */
    public enum Limit { POSITION, NOTIONAL, PRICE_COLLAR }

    /** Is told of breaches, on the chain's thread. */
    @FunctionalInterface
    public interface BreachListener {
        /** A limit was passed by the inbound event of this sequence. */
        void onBreach(Limit limit, long sequence, int instrumentId);
    }

    private static final int BASIS_POINTS = 10_000;
    private static final int ATTRIBUTION_LENGTH = OrderAddedDecoder.attributionLength();
    private static final byte BLANK = ' ';

    private final byte[] firm = new byte[ATTRIBUTION_LENGTH];
    private final RiskLimits limits;
    private final BreachListener listener;
    private final Notional notional = new Notional();
    private final long[] positionById;
    private final boolean[] isBeyondById;
    private final FirmOrders orders = new FirmOrders();
    private boolean isNotionalTold;

    /**
     * @param firm           attribution of its orders, one to four characters
     * @param maxInstruments greatest instrument id
     */
    public RiskMonitor(String firm, RiskLimits limits, int maxInstruments,
        BreachListener listener) {
        if (firm.isBlank() || firm.length() > ATTRIBUTION_LENGTH) {
            throw new IllegalArgumentException(
                "firm '" + firm + "' is not of 1 to " + ATTRIBUTION_LENGTH + " characters");
        }
        for (int i = 0; i < ATTRIBUTION_LENGTH; i++) {
            this.firm[i] = i < firm.length() ? (byte) firm.charAt(i) : BLANK;
        }
        this.limits = limits;
        this.listener = listener;
        positionById = new long[maxInstruments + 1];
        isBeyondById = new boolean[maxInstruments + 1];
    }

    @Override
    public void onOrderAdded(OrderAddedDecoder order, MarketView market) {
        for (int i = 0; i < ATTRIBUTION_LENGTH; i++) {
            byte character = order.attribution(i) == 0 ? BLANK : order.attribution(i);
            if (character != firm[i]) {
                return;
            }
        }
        long signedPrice = order.side() == Side.BUY ? order.price() : -order.price();
        follow(order.orderId(), signedPrice, order.size(), market);
    }

    @Override
    public void onOrderReplaced(OrderReplacedDecoder order, MarketView market) {
        long old = orders.remove(venueId(market), order.orderId());
        if (old != Price.UNDEFINED) {
            long price = order.price() == Price.UNDEFINED ? Math.abs(old) : order.price();
            follow(order.newOrderId(), old > 0 ? price : -price, order.size(), market);
        }
    }

    @Override
    public void onOrderDeleted(OrderDeletedDecoder order, MarketView market) {
        orders.remove(venueId(market), order.orderId());
    }

    @Override
    public void onOrderReduced(OrderReducedDecoder order, MarketView market) {
        orders.reduce(venueId(market), order.orderId(), order.size());
    }

    @Override
    public void onOrderExecuted(OrderExecutedDecoder execution, MarketView market) {
        long signedPrice = orders.signedPrice(venueId(market), execution.orderId());
        if (signedPrice == Price.UNDEFINED) {
            return;
        }
        orders.reduce(venueId(market), execution.orderId(), execution.size());
        boolean isOwnPrice = execution.price() == Price.UNDEFINED;
        long price = isOwnPrice ? Math.abs(signedPrice) : execution.price();
        notional.add(price, execution.size());
        positionById[execution.instrumentId()] +=
            signedPrice > 0 ? execution.size() : -execution.size();
        checkPosition(execution.instrumentId(), market);
        if (!isNotionalTold && notional.isAbove(limits.maxNotional())) {
            isNotionalTold = true;
            tell(Limit.NOTIONAL, execution.instrumentId(), market);
        }
    }

    /** Net shares of an instrument, negative when short, 1e-6 shares. */
    public long position(int instrumentId) {
        return positionById[instrumentId];
    }

    /** What was traded on both sides. */
    public Notional notional() {
        return notional;
    }

    /** Orders of the firm that rest. */
    public int openOrders() {
        return orders.count();
    }

    private void follow(long orderId, long signedPrice, long size, MarketView market) {
        orders.put(venueId(market), orderId, signedPrice, size);
        BookView book = market.book(market.event().instrumentId(), venueId(market));
        long bid = book.bestBid();
        long ask = book.bestAsk();
        if (bid == Price.UNDEFINED || ask == Price.UNDEFINED) {
            return;
        }
        long middle = bid + (ask - bid) / 2;
        long distance = Math.abs(Math.abs(signedPrice) - middle);
        if (distance > middle / BASIS_POINTS * limits.collarBasisPoints()) {
            tell(Limit.PRICE_COLLAR, market.event().instrumentId(), market);
        }
    }

    private void checkPosition(int instrumentId, MarketView market) {
        long shares = Math.abs(positionById[instrumentId]) / Price.SIZE_UNIT;
        boolean isBeyond = shares > limits.maxPositionShares();
        if (isBeyond && !isBeyondById[instrumentId]) {
            tell(Limit.POSITION, instrumentId, market);
        }
        isBeyondById[instrumentId] = isBeyond;
    }

    private void tell(Limit limit, int instrumentId, MarketView market) {
        listener.onBreach(limit, market.event().sequence(), instrumentId);
    }

    private static int venueId(MarketView market) {
        return market.event().venueId();
    }
}
