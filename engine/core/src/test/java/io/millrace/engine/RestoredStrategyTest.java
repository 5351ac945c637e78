// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.StrategyChangedDecoder;
import io.millrace.event.EventView;
import io.millrace.state.StateMemory;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What strategies see of a chain that goes on where another one was. */
class RestoredStrategyTest {
    private static final int EVENTS = 4000;

    private final EventTape tape = EventTape.mixed(4, EVENTS);

    @Test
    void shouldBeginWithTheBooksAsTheyAreAndLeaveOutTheDetached() {
        Pipeline saving = new Pipeline(context().conclude());
        int cut = tape.indexBehind(StrategyChangedDecoder.TEMPLATE_ID, 0);
        tape.play(saving, 0, cut);
        StateMemory memory = StateMemory.growing();
        saving.state().save(memory);

        EngineContext context = context();
        List<String> calls = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            context.strategy(new Recorder("strategy-" + i, calls));
        }
        Pipeline restored = new Pipeline(context.conclude());
        restored.state().restore(memory.source());
        tape.play(restored, cut, cut + 10);
        long startNs = tape.event(cut + 9).receiveTimeNs();
        try (Engine engine = new Engine(restored)) {
            engine.start();
            tape.play(restored, cut + 10, cut + 12);
        }
        List<String> expected = new ArrayList<>();
        for (String what : List.of("start at " + startNs, "event " + (cut + 11),
            "event " + (cut + 12), "stop")) {
            for (int i = 1; i <= 3; i++) {
                if (!("strategy-" + i).equals(detached(cut - 1))) {
                    expected.add("strategy-" + i + " " + what);
                }
            }
        }
        assertEquals(expected, calls);
    }

    @Test
    void shouldTellTheTimeOfTheStateBeforeTheFirstEvent() {
        Pipeline saving = new Pipeline(context().conclude());
        tape.play(saving, 0, 500);
        StateMemory memory = StateMemory.growing();
        saving.state().save(memory);
        Pipeline restored = new Pipeline(context().conclude());
        restored.state().restore(memory.source());
        assertEquals(tape.event(499).receiveTimeNs(), restored.market().timeNs());
    }

    private String detached(int index) {
        EventView event = tape.event(index);
        return new StrategyChangedDecoder().wrap(event.buffer(), event.offset(),
            event.blockLength(), 0).strategy();
    }

    private static EngineContext context() {
        return new EngineContext().runMode(RunMode.REPLAY).maxInstruments(32).maxVenues(3)
            .maxOrders(4000);
    }

    private record Recorder(String name, List<String> calls) implements Strategy {
        @Override
        public void onStart(MarketView market) {
            calls.add(name + " start at " + market.timeNs());
        }

        @Override
        public void onEvent(EventView event, MarketView market) {
            calls.add(name + " event " + event.sequence());
        }

        @Override
        public void onStop(MarketView market) {
            calls.add(name + " stop");
        }
    }
}
