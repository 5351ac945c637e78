// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import io.millrace.codec.event.ChangeAction;
import io.millrace.codec.event.StrategyChangedDecoder;
import io.millrace.codec.event.StrategyDetachedEncoder;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventStage;
import io.millrace.event.EventView;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import org.agrona.MutableDirectBuffer;

/**
 * Calls the strategies with every event, one after the other. What leaves the chain depends on
 * inbound events alone, never on a strategy: one that throws is no longer called, one that is slow
 * goes on, and both are detached, with a StrategyDetached event, by the inbound StrategyChanged
 * event that {@link StrategyWatch} asked for. Owned by the chain's thread.
 */
public final class StrategyStage implements EventStage {
    private final AttachedStrategy[] strategies;
    private final ChainView market;
    private final DerivedEvents derived;
    private final StrategyWatch watch;
    private final StrategyDispatcher dispatcher;
    private final DetachedNames detachedNames = new DetachedNames();
    private final StrategyChangedDecoder changed = new StrategyChangedDecoder();
    private final StrategyDetachedEncoder detached = new StrategyDetachedEncoder();

    /**
     * @param names      of the strategies, at most 16 ASCII characters, all different
     * @param strategies called in this order
     * @param market     what they may look at
     * @param derived    what earlier stages derived
     * @param watch      measures them
     */
    public StrategyStage(String[] names, Strategy[] strategies, ChainView market,
        DerivedEvents derived,
                         StrategyWatch watch) {
        this.strategies = new AttachedStrategy[strategies.length];
        for (int i = 0; i < strategies.length; i++) {
            this.strategies[i] = new AttachedStrategy(names[i], strategies[i]);
        }
        this.market = market;
        this.derived = derived;
        this.watch = watch;
        dispatcher = new StrategyDispatcher(market, derived);
    }

    /** Before the first event that strategies are called with; those detached before stay so. */
    public void onStart() {
        for (AttachedStrategy attached : strategies) {
            if (attached.isDetached) {
                continue;
            }
            attached.isStarted = true;
            attached.isCalled = true;
            try {
                attached.strategy.onStart(market);
            } catch (Throwable thrown) {
                onThrown(attached, thrown);
            }
        }
    }

    @Override
    public void onEvent(EventView event) {
        market.onEvent(event);
        if (strategies.length > 0) {
            if (watch.isMeasured()) {
                callMeasured(event);
            } else {
                for (int i = 0; i < strategies.length; i++) {
                    call(strategies[i], event);
                }
            }
        }
        if (event.templateId() == StrategyChangedDecoder.TEMPLATE_ID) {
            onChanged(event);
        }
    }

    /** After the last event. */
    public void onStop() {
        for (AttachedStrategy attached : strategies) {
            detach(attached);
        }
    }

    /** Saves who was detached. Between two events. */
    public void save(StateWriter writer) {
        detachedNames.save(writer);
    }

    /** Becomes what was saved. Before the start. */
    public void restore(StateReader reader) {
        detachedNames.restore(reader);
        for (AttachedStrategy attached : strategies) {
            attached.isDetached = detachedNames.has(attached.name);
        }
    }

    private void callMeasured(EventView event) {
        long beganNs = watch.nowNs();
        for (int i = 0; i < strategies.length; i++) {
            call(strategies[i], event);
            long endedNs = watch.nowNs();
            watch.onMeasured(strategies[i], endedNs - beganNs);
            beganNs = endedNs;
        }
    }

    private void call(AttachedStrategy attached, EventView event) {
        if (!attached.isCalled) {
            return;
        }
        try {
            dispatcher.dispatch(attached.strategy, event);
        } catch (Throwable thrown) {
            onThrown(attached, thrown);
        }
    }

    private void onThrown(AttachedStrategy attached, Throwable thrown) {
        attached.isCalled = false;
        watch.onThrown(attached, thrown);
    }

    private void onChanged(EventView event) {
        changed.wrap(event.buffer(), event.offset(), StrategyChangedDecoder.BLOCK_LENGTH,
            StrategyChangedDecoder.SCHEMA_VERSION);
        if (byteAt(event, StrategyChangedDecoder.actionEncodingOffset())
            != ChangeAction.REMOVED.value()) {
            return;
        }
        if (!detachedNames.add(event.buffer(),
            event.offset() + StrategyChangedDecoder.strategyEncodingOffset())) {
            watch.onForgotten();
        }
        for (AttachedStrategy attached : strategies) {
            if (isNamed(attached.name)) {
                detach(attached);
            }
        }
        publishDetached(event);
    }

    private void publishDetached(EventView event) {
        int offset = derived.claim(StrategyDetachedEncoder.TEMPLATE_ID,
            StrategyDetachedEncoder.BLOCK_LENGTH, event);
        MutableDirectBuffer buffer = derived.publisher().buffer();
        buffer.putBytes(offset + StrategyDetachedEncoder.strategyEncodingOffset(), event.buffer(),
            event.offset() + StrategyChangedDecoder.strategyEncodingOffset(),
            StrategyChangedDecoder.strategyLength());
        detached.wrap(buffer, offset).overrunCount(changed.overrunCount())
            .worstNs(changed.worstNs());
        buffer.putByte(offset + StrategyDetachedEncoder.reasonEncodingOffset(),
            byteAt(event, StrategyChangedDecoder.reasonEncodingOffset()));
    }

    private static byte byteAt(EventView event, int fieldOffset) {
        return event.buffer().getByte(event.offset() + fieldOffset);
    }

    private boolean isNamed(String name) {
        for (int i = 0; i < StrategyChangedDecoder.strategyLength(); i++) {
            if (changed.strategy(i) != (i < name.length() ? name.charAt(i) : 0)) {
                return false;
            }
        }
        return true;
    }

    private void detach(AttachedStrategy attached) {
        attached.isCalled = false;
        if (attached.isDetached) {
            return;
        }
        attached.isDetached = true;
        if (!attached.isStarted) {
            return;
        }
        try {
            attached.strategy.onStop(market);
        } catch (Throwable thrown) {
            watch.onThrown(attached, thrown);
        }
    }
}
