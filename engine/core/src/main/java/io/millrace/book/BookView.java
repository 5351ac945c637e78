// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

/**
 * Read-only face of one instrument's book on one venue. Level 0 is the best. Valid during the
 * callback, on the chain's thread only. Prices are 1e-9, sizes 1e-6; what is not there is
 * {@link io.millrace.instrument.Price#UNDEFINED}.
 */
public interface BookView {
    /** Highest bid price, or undefined when there is no bid. */
    long bestBid();

    /** Total displayed size at the highest bid, 0 when there is no bid. */
    long bestBidSize();

    /** Lowest ask price, or undefined when there is no ask. */
    long bestAsk();

    /** Total displayed size at the lowest ask, 0 when there is no ask. */
    long bestAskSize();

    /** Number of bid levels. */
    int bidLevelCount();

    /** Number of ask levels. */
    int askLevelCount();

    /** Price of the index-th best bid level, from 0. */
    long bidPrice(int index);

    /** Total displayed size of the index-th best bid level. */
    long bidSize(int index);

    /** Price of the index-th best ask level, from 0. */
    long askPrice(int index);

    /** Total displayed size of the index-th best ask level. */
    long askSize(int index);

    /** Visits the orders of the index-th best bid level in time priority; returns their number. */
    int forEachBidOrder(int index, OrderVisitor visitor);

    /** Visits the orders of the index-th best ask level in time priority; returns their number. */
    int forEachAskOrder(int index, OrderVisitor visitor);

    /**
     * False while an update of several events is on its way. Whoever looks then sees the best of
     * each side as it was before the update, no level behind it and no orders: what a book goes
     * through within an update could never be traded on.
     */
    boolean isWhole();

    /**
     * True while events are missing or refused, so that the book may be wrong; of a book without
     * any event, while the venue's are missing, since its own may be among them.
     */
    boolean isStale();

    /** Callback over the orders of a level. */
    @FunctionalInterface
    interface OrderVisitor {
        /** One resting order: its venue's id and its remaining size (1e-6). */
        void onOrder(long orderId, long size);
    }
}
