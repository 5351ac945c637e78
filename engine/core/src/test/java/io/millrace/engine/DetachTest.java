// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.StrategyChangedDecoder;
import io.millrace.codec.event.StrategyDetachedDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class DetachTest {
    private final ExpandableArrayBuffer inbound = new ExpandableArrayBuffer();
    private int inboundLength;

    @Test
    void shouldDetachAStrategyThatThrowsAndGoOn() {
        Misfit misfit = new Misfit(100, 0);
        Follower follower = new Follower();
        Pipeline pipeline = live(misfit, follower);
        assertEquals(List.of("Misfit EXCEPTION 0"), detached(pipeline));
        assertEquals("100 calls, 1 stop", misfit.callCount + " calls, " + misfit.stopCount
            + " stop");
        assertEquals(pipeline.inboundRing().cursor() + 1, follower.callCount);
        assertEquals(1, pipeline.counters().forEachError((count, first, last, error) ->
            assertTrue(error.contains("event 100"))));
    }

    @Test
    void shouldDetachAStrategyThatIsOverItsBudgetTooOften() {
        Misfit misfit = new Misfit(Integer.MAX_VALUE, 12_000_000);
        Follower follower = new Follower();
        Pipeline pipeline = live(misfit, follower);
        List<String> detached = detached(pipeline);
        assertEquals("1 true", detached.size() + " " + detached.get(0)
            .startsWith("Misfit OVER_BUDGET"));
        assertTrue(misfit.callCount < follower.callCount);
        assertEquals(1, misfit.stopCount);
    }

    @Test
    void shouldDetachAtTheSameEventInAReplayWithoutMeasuring() {
        Misfit misfit = new Misfit(Integer.MAX_VALUE, 12_000_000);
        Pipeline live = live(misfit, new Follower());
        Misfit fastAgain = new Misfit(Integer.MAX_VALUE, 0);
        Pipeline replayed = replay(fastAgain);
        assertEquals(misfit.callCount, fastAgain.callCount);
        assertEquals(outbound(live), outbound(replayed));
    }

    @Test
    void shouldDeriveTheSameInAReplayWithoutAnyStrategy() {
        Pipeline live = live(new Misfit(100, 0), new Follower());
        assertEquals(outbound(live), outbound(replay()));
    }

    private Pipeline live(Strategy... strategies) {
        Pipeline pipeline = new Pipeline(context(RunMode.LIVE, strategies));
        EventReader reader = pipeline.inboundRing().newFreeReader();
        try (Engine engine = new Engine(pipeline)) {
            engine.start();
            OrderFlow flow = new OrderFlow(pipeline.inbound(), 3, Long.MAX_VALUE);
            for (int i = 0; i < 200; i++) {
                flow.publish(5);
                engine.drain();
            }
        }
        EventView event = new EventView();
        for (long sequence = reader.next(); sequence <= reader.available(); sequence++) {
            event.wrap(reader.ring().buffer(), reader.ring().blockOffset(sequence));
            inboundLength += event.copyTo(inbound, inboundLength);
        }
        return pipeline;
    }

    private Pipeline replay(Strategy... strategies) {
        Pipeline pipeline = new Pipeline(context(RunMode.REPLAY, strategies));
        EventView event = new EventView();
        try (Engine engine = new Engine(pipeline)) {
            engine.start();
            for (int offset = 0; offset < inboundLength; offset += event.length()) {
                event.wrap(inbound, offset + EventDescriptor.HEADER_LENGTH);
                pipeline.inbound().copy(inbound, offset, event.length());
            }
            engine.drain();
        }
        return pipeline;
    }

    private static EngineContext context(RunMode mode, Strategy... strategies) {
        EngineContext context = new EngineContext().runMode(mode).maxInstruments(64).maxOrders(8192)
            .fingerprintInterval(64).strategyBudgetNs(10_000_000).strategyOverrunLimit(3);
        for (Strategy strategy : strategies) {
            context.strategy(strategy);
        }
        return context.conclude();
    }

    private static List<String> detached(Pipeline pipeline) {
        List<String> seen = new ArrayList<>();
        StrategyDetachedDecoder detached = new StrategyDetachedDecoder();
        EventView event = new EventView();
        for (long sequence = 0; sequence <= pipeline.outboundRing().cursor(); sequence++) {
            event.wrap(pipeline.outboundRing().buffer(), pipeline.outboundRing()
                .blockOffset(sequence));
            if (event.templateId() == StrategyDetachedDecoder.TEMPLATE_ID) {
                detached.wrap(event.buffer(), event.offset(), StrategyDetachedDecoder.BLOCK_LENGTH,
                    StrategyDetachedDecoder.SCHEMA_VERSION);
                seen.add(detached.strategy() + " " + detached.reason() + " "
                    + detached.overrunCount());
            }
        }
        return seen;
    }

    /** All that was derived, as numbers: comparable whole. */
    private static List<Long> outbound(Pipeline pipeline) {
        List<Long> words = new ArrayList<>();
        EventView event = new EventView();
        for (long sequence = 0; sequence <= pipeline.outboundRing().cursor(); sequence++) {
            event.wrap(pipeline.outboundRing().buffer(), pipeline.outboundRing()
                .blockOffset(sequence));
            for (int i = 0; i < event.blockLength() - Long.BYTES; i += Long.BYTES) {
                words.add(event.buffer().getLong(event.offset() + i));
            }
        }
        return words;
    }

    /** Throws at its n-th event, or spins longer than its budget over each. */
    private static final class Misfit implements Strategy {
        private final int throwAt;
        private final long spinNs;
        private int callCount;
        private int stopCount;

        Misfit(int throwAt, long spinNs) {
            this.throwAt = throwAt;
            this.spinNs = spinNs;
        }

        @Override
        public void onEvent(EventView event, MarketView market) {
            callCount++;
            if (callCount == throwAt) {
                throw new IllegalStateException("event " + callCount);
            }
            long beganNs = System.nanoTime();
            while (System.nanoTime() - beganNs < spinNs) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void onStop(MarketView market) {
            stopCount++;
        }
    }

    /** Counts the events that its neighbour's fate leaves untouched. */
    private static final class Follower implements Strategy {
        private int callCount;

        @Override
        public void onEvent(EventView event, MarketView market) {
            assertTrue(event.templateId() != StrategyChangedDecoder.TEMPLATE_ID || callCount > 0);
            callCount++;
        }
    }
}
