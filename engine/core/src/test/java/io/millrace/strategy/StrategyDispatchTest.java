// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.BboEncoder;
import io.millrace.codec.event.ClockDecoder;
import io.millrace.codec.event.ClockEncoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.counter.Counters;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyDispatchTest {
    private final List<String> calls = new ArrayList<>();
    private final EventPublisher inbound = publisher();
    private final DerivedEvents derived = new DerivedEvents(publisher());
    private final ChainView market = new ChainView((instrumentId, venueId) -> null, 16);
    private final StrategyWatch watch = new StrategyWatch(() -> 0, 0, 1, null,
        Counters.inMemory().counter("overruns"), error -> { });
    private final Strategy[] strategies = {new Caller("a"), new Caller("b")};
    private final StrategyStage stage = new StrategyStage(new String[] {"a", "b"}, strategies,
        market, derived, watch);

    @Test
    void shouldCallOneStrategyAfterTheOtherAndWhatWasDerivedLast() {
        stage.onStart();
        EventView event = publish(OrderDeletedEncoder.TEMPLATE_ID,
            OrderDeletedEncoder.BLOCK_LENGTH);
        derived.onCause();
        derived.claim(BboEncoder.TEMPLATE_ID, BboEncoder.BLOCK_LENGTH, event);
        stage.onEvent(event);
        stage.onStop();
        assertEquals(List.of("a start", "b start", "a event 5", "a deleted", "a bbo of 1",
            "b event 5",
            "b deleted", "b bbo of 1", "a stop", "b stop"), calls);
    }

    @Test
    void shouldLearnSymbolsFromEventsBeforeAStrategySeesThem() {
        start();
        EventView event = publish(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH);
        new InstrumentDefinedEncoder().wrap(inbound.buffer(), event.offset()).symbol("ACME");
        derived.onCause();
        stage.onEvent(event);
        assertEquals(List.of("a event 1", "a defined 3 ACME", "b event 1", "b defined 3 ACME"),
            calls);
        assertEquals("3 0", market.instrumentId("ACME") + " " + market.instrumentId("OTHER"));
    }

    @Test
    void shouldTellChainTimeAndTheEventAtHand() {
        start();
        inbound.receiveTimeNs(77);
        EventView event = publish(ClockEncoder.TEMPLATE_ID, ClockEncoder.BLOCK_LENGTH);
        assertEquals(0, market.timeNs());
        derived.onCause();
        stage.onEvent(event);
        assertEquals("77 1", market.timeNs() + " " + market.event().sequence());
        assertEquals(List.of("a event 25", "a clock", "b event 25", "b clock"), calls);
    }

    @Test
    void shouldCallNobodyBeforeTheStart() {
        derived.onCause();
        stage.onEvent(publish(ClockEncoder.TEMPLATE_ID, ClockEncoder.BLOCK_LENGTH));
        stage.onStop();
        assertEquals(List.of(), calls);
    }

    private void start() {
        stage.onStart();
        calls.clear();
    }

    private EventView publish(int templateId, int blockLength) {
        int offset = inbound.claim(templateId, blockLength);
        inbound.common(offset, 0, 3, 1, 1, 0, 0);
        return new EventView().wrap(inbound.buffer(), offset);
    }

    private static EventPublisher publisher() {
        return new EventPublisher(new EventRing(16), Thread::onSpinWait, null, 16);
    }

    private final class Caller implements Strategy {
        private final String name;

        Caller(String name) {
            this.name = name;
        }

        @Override
        public void onStart(MarketView market) {
            calls.add(name + " start");
        }

        @Override
        public void onEvent(EventView event, MarketView market) {
            calls.add(name + " event " + event.templateId());
        }

        @Override
        public void onInstrumentDefined(InstrumentDefinedDecoder instrument, MarketView market) {
            calls.add(name + " defined " + instrument.instrumentId() + " "
                + market.symbol(instrument.instrumentId()));
        }

        @Override
        public void onOrderDeleted(OrderDeletedDecoder deletion, MarketView market) {
            calls.add(name + " deleted");
        }

        @Override
        public void onBbo(BboDecoder bbo, MarketView market) {
            calls.add(name + " bbo of " + bbo.causeSequence());
        }

        @Override
        public void onClock(ClockDecoder clock, MarketView market) {
            calls.add(name + " clock");
        }

        @Override
        public void onStop(MarketView market) {
            calls.add(name + " stop");
        }
    }
}
