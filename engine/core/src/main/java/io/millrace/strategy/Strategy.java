// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.ClockDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.codec.event.TradingStatusDecoder;
import io.millrace.event.EventView;

/**
 * What an embedder implements. The same class runs live, in replay, inline and under the JUnit
 * extension. All callbacks come on the chain's thread, in the order of events; flyweights and views
 * are valid during the callback only. A strategy that throws, or is over its time budget too often,
 * is detached, and the engine goes on; it stays detached until the next trading date, restarts of
 * the engine included, unless it gets another name.
 *
 * <p>What a strategy knows is in no checkpoint of the engine. After a restart it begins anew with
 * onStart, the books and the chain time as they were; events from before it does not see. One that
 * needs its past keeps it itself, or reads the journal.
 */
public interface Strategy {
    /** Name in reports, alerts and counters, at most 16 ASCII characters. */
    default String name() {
        String name = getClass().getSimpleName();
        return name.length() > 16 ? name.substring(0, 16) : name;
    }

    /** Before the first event that it sees; after a restart the books are full already. */
    default void onStart(MarketView market) {
    }

    /** A security became known, or its reference data changed. */
    default void onInstrumentDefined(InstrumentDefinedDecoder instrument, MarketView market) {
    }

    /** A displayed order entered a book. */
    default void onOrderAdded(OrderAddedDecoder order, MarketView market) {
    }

    /** A resting order was executed. */
    default void onOrderExecuted(OrderExecutedDecoder execution, MarketView market) {
    }

    /** A resting order lost size without a trade. */
    default void onOrderReduced(OrderReducedDecoder reduction, MarketView market) {
    }

    /** A resting order left its book. */
    default void onOrderDeleted(OrderDeletedDecoder deletion, MarketView market) {
    }

    /** A resting order gave way to a new one. */
    default void onOrderReplaced(OrderReplacedDecoder replacement, MarketView market) {
    }

    /** A print that is not the execution of a displayed order. */
    default void onTrade(TradeDecoder trade, MarketView market) {
    }

    /** The trading state of an instrument changed. */
    default void onTradingStatus(TradingStatusDecoder status, MarketView market) {
    }

    /** A venue's best bid or offer changed; after the callback of the event that caused it. */
    default void onBbo(BboDecoder bbo, MarketView market) {
    }

    /** Chain time moved on without market data. */
    default void onClock(ClockDecoder clock, MarketView market) {
    }

    /** Every inbound event, before its own callback. */
    default void onEvent(EventView event, MarketView market) {
    }

    /** After the last event, or when the strategy was detached. */
    default void onStop(MarketView market) {
    }
}
