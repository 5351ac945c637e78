// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import io.millrace.event.DerivedEvents;
import io.millrace.event.EventStage;
import io.millrace.event.EventView;

/** Calls the strategies with every event. Owned by the chain's thread. */
public final class StrategyStage implements EventStage {
    private final Strategy[] strategies;
    private final ChainView market;
    private final StrategyDispatcher dispatcher;

    /**
     * @param strategies called in this order
     * @param market     what they may look at
     * @param derived    what earlier stages derived
     */
    public StrategyStage(Strategy[] strategies, ChainView market, DerivedEvents derived) {
        this.strategies = strategies.clone();
        this.market = market;
        dispatcher = new StrategyDispatcher(market, derived);
    }

    /** Before the first event. */
    public void onStart() {
        for (Strategy strategy : strategies) {
            strategy.onStart(market);
        }
    }

    @Override
    public void onEvent(EventView event) {
        market.onEvent(event);
        for (int i = 0; i < strategies.length; i++) {
            dispatcher.dispatch(strategies[i], event);
        }
    }

    /** After the last event. */
    public void onStop() {
        for (Strategy strategy : strategies) {
            strategy.onStop(market);
        }
    }
}
