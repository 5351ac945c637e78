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
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventView;
import org.agrona.DirectBuffer;

/**
 * Turns one event into the callbacks of one strategy, with reused flyweights. Owned by the chain's
 * thread.
 */
final class StrategyDispatcher {
    private final MarketView market;
    private final DerivedEvents derived;
    private final InstrumentDefinedDecoder instrument = new InstrumentDefinedDecoder();
    private final OrderAddedDecoder added = new OrderAddedDecoder();
    private final OrderExecutedDecoder executed = new OrderExecutedDecoder();
    private final OrderReducedDecoder reduced = new OrderReducedDecoder();
    private final OrderDeletedDecoder deleted = new OrderDeletedDecoder();
    private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final TradingStatusDecoder status = new TradingStatusDecoder();
    private final ClockDecoder clock = new ClockDecoder();
    private final BboDecoder bbo = new BboDecoder();

    StrategyDispatcher(MarketView market, DerivedEvents derived) {
        this.market = market;
        this.derived = derived;
    }

    /** The event itself, then what it means, then what was derived from it. */
    void dispatch(Strategy strategy, EventView event) {
        strategy.onEvent(event, market);
        dispatchKind(strategy, event.templateId(), event.buffer(), event.offset());
        int count = derived.count();
        for (int i = 0; i < count; i++) {
            dispatchDerived(strategy, derived.get(i));
        }
    }

    private void dispatchKind(Strategy strategy, int templateId, DirectBuffer buffer, int offset) {
        switch (templateId) {
            case OrderAddedDecoder.TEMPLATE_ID -> strategy.onOrderAdded(added.wrap(buffer, offset,
                OrderAddedDecoder.BLOCK_LENGTH, OrderAddedDecoder.SCHEMA_VERSION), market);
            case OrderExecutedDecoder.TEMPLATE_ID ->
                strategy.onOrderExecuted(executed.wrap(buffer, offset,
                OrderExecutedDecoder.BLOCK_LENGTH, OrderExecutedDecoder.SCHEMA_VERSION), market);
            case OrderReducedDecoder.TEMPLATE_ID ->
                strategy.onOrderReduced(reduced.wrap(buffer, offset,
                OrderReducedDecoder.BLOCK_LENGTH, OrderReducedDecoder.SCHEMA_VERSION), market);
            case OrderDeletedDecoder.TEMPLATE_ID ->
                strategy.onOrderDeleted(deleted.wrap(buffer, offset,
                OrderDeletedDecoder.BLOCK_LENGTH, OrderDeletedDecoder.SCHEMA_VERSION), market);
            case OrderReplacedDecoder.TEMPLATE_ID ->
                strategy.onOrderReplaced(replaced.wrap(buffer, offset,
                OrderReplacedDecoder.BLOCK_LENGTH, OrderReplacedDecoder.SCHEMA_VERSION), market);
            case TradeDecoder.TEMPLATE_ID -> strategy.onTrade(trade.wrap(buffer, offset,
                TradeDecoder.BLOCK_LENGTH, TradeDecoder.SCHEMA_VERSION), market);
            case TradingStatusDecoder.TEMPLATE_ID ->
                strategy.onTradingStatus(status.wrap(buffer, offset,
                TradingStatusDecoder.BLOCK_LENGTH, TradingStatusDecoder.SCHEMA_VERSION), market);
            case InstrumentDefinedDecoder.TEMPLATE_ID ->
                strategy.onInstrumentDefined(instrument.wrap(buffer, offset,
                InstrumentDefinedDecoder.BLOCK_LENGTH, InstrumentDefinedDecoder.SCHEMA_VERSION),
                market);
            case ClockDecoder.TEMPLATE_ID -> strategy.onClock(clock.wrap(buffer, offset,
                ClockDecoder.BLOCK_LENGTH, ClockDecoder.SCHEMA_VERSION), market);
            default -> { }
        }
    }

    private void dispatchDerived(Strategy strategy, EventView event) {
        if (event.templateId() == BboDecoder.TEMPLATE_ID) {
            strategy.onBbo(bbo.wrap(event.buffer(), event.offset(), BboDecoder.BLOCK_LENGTH,
                BboDecoder.SCHEMA_VERSION), market);
        }
    }
}
