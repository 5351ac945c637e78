// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codec.event.ClockDecoder;
import io.millrace.codec.event.ClockEncoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InlineEngineTest {
    @Test
    void shouldShowEveryEventBetweenStartAndStopToTheStrategy() {
        Recorder recorder = new Recorder();
        try (Engine engine = Engine.inline(recorder)) {
            EventPublisher inbound = engine.pipeline().inbound();
            for (int i = 1; i <= 3; i++) {
                inbound.receiveTimeNs(i * 1000L);
                int offset = inbound.claim(ClockEncoder.TEMPLATE_ID, ClockEncoder.BLOCK_LENGTH);
                inbound.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT, 0,
                    0,
                    EventFlag.LAST, 0);
            }
            engine.drain();
        }
        assertEquals(List.of("start", "event 1 " + SessionEventDecoder.TEMPLATE_ID + " at 0",
            "event 2 " + ClockDecoder.TEMPLATE_ID + " at 1000", "clock",
            "event 3 " + ClockDecoder.TEMPLATE_ID + " at 2000", "clock",
            "event 4 " + ClockDecoder.TEMPLATE_ID + " at 3000", "clock",
            "event 5 " + SessionEventDecoder.TEMPLATE_ID + " at 3000", "stop"), recorder.calls);
    }

    private static final class Recorder implements Strategy {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void onStart(MarketView market) {
            calls.add("start");
        }

        @Override
        public void onEvent(EventView event, MarketView market) {
            calls.add("event " + event.sequence() + " " + event.templateId() + " at "
                + market.timeNs());
        }

        @Override
        public void onClock(ClockDecoder clock, MarketView market) {
            calls.add("clock");
        }

        @Override
        public void onStop(MarketView market) {
            calls.add("stop");
        }
    }
}
