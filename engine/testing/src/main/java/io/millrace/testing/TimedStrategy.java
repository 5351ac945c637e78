// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

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
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;

/**
 * A strategy that is called only from a time on, except for the securities it must know. Owned by
 * the chain's thread.
 */
final class TimedStrategy implements Strategy {
    private final Strategy strategy;
    private final long fromNs;

    TimedStrategy(Strategy strategy, long fromNs) {
        this.strategy = strategy;
        this.fromNs = fromNs;
    }

    @Override
    public String name() {
        return strategy.name();
    }

    @Override
    public void onStart(MarketView market) {
        strategy.onStart(market);
    }

    @Override
    public void onInstrumentDefined(InstrumentDefinedDecoder instrument, MarketView market) {
        strategy.onInstrumentDefined(instrument, market);
    }

    @Override
    public void onOrderAdded(OrderAddedDecoder order, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onOrderAdded(order, market);
        }
    }

    @Override
    public void onOrderExecuted(OrderExecutedDecoder execution, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onOrderExecuted(execution, market);
        }
    }

    @Override
    public void onOrderReduced(OrderReducedDecoder reduction, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onOrderReduced(reduction, market);
        }
    }

    @Override
    public void onOrderDeleted(OrderDeletedDecoder deletion, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onOrderDeleted(deletion, market);
        }
    }

    @Override
    public void onOrderReplaced(OrderReplacedDecoder replacement, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onOrderReplaced(replacement, market);
        }
    }

    @Override
    public void onTrade(TradeDecoder trade, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onTrade(trade, market);
        }
    }

    @Override
    public void onTradingStatus(TradingStatusDecoder status, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onTradingStatus(status, market);
        }
    }

    @Override
    public void onBbo(BboDecoder bbo, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onBbo(bbo, market);
        }
    }

    @Override
    public void onClock(ClockDecoder clock, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onClock(clock, market);
        }
    }

    @Override
    public void onEvent(EventView event, MarketView market) {
        if (market.timeNs() >= fromNs) {
            strategy.onEvent(event, market);
        }
    }

    @Override
    public void onStop(MarketView market) {
        strategy.onStop(market);
    }
}
