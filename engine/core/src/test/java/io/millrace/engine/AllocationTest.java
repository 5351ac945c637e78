// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.BboDecoder;
import io.millrace.counter.EngineClock;
import io.millrace.event.EventView;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 1,000,000 events, or ten times as many with -Dmillrace.full=true, through every hot thread of a
 * whole engine.
 */
class AllocationTest {
    private static final long EVENTS = Boolean.getBoolean("millrace.full") ? 10_000_000 : 1_000_000;
    private static final long WARM_UP_EVENTS = 300_000;
    private static final long WARM_UP_OUTBOUND = 10_000;
    private static final double MAX_BYTES_PER_EVENT = 0.01;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAllocateNothingOnHotThreads(boolean areTimesCounted) {
        Watcher chain = new Watcher();
        Pipeline pipeline = new Pipeline(new EngineContext().threadingMode(ThreadingMode.DEDICATED)
            .busyTimes(areTimesCounted).clock(new EngineClock()).strategy(chain)
            .maxInstruments(64).maxOrders(8192).maxVenues(1).conclude());
        OrderFlow flow = new OrderFlow(pipeline.inbound(), 7, WARM_UP_EVENTS + EVENTS);
        RingRecorder recordedInbound = new RingRecorder(pipeline.inboundRing(), 256);
        RingRecorder recordedOutbound = new RingRecorder(pipeline.outboundRing(), 256);
        MeteredAgent ingress = new MeteredAgent(flow, flow::eventCount, WARM_UP_EVENTS);
        MeteredAgent inbound =
            new MeteredAgent(recordedInbound, recordedInbound::eventCount, WARM_UP_EVENTS);
        MeteredAgent outbound =
            new MeteredAgent(recordedOutbound, recordedOutbound::eventCount, WARM_UP_OUTBOUND);
        Engine engine = new Engine(pipeline).head(OrderFlow::defineInstruments).ingress(ingress)
            .reader("inbound", inbound).reader("outbound", outbound);
        engine.start();
        engine.awaitIngress();
        engine.close();
        assertEquals(WARM_UP_EVENTS + EVENTS, chain.eventCount - 52);
        assertTrue(chain.bboCount > WARM_UP_OUTBOUND, "best bids and offers " + chain.bboCount);
        assertFlat("ingress", ingress.allocatedBytes());
        assertFlat("chain", chain.meter.allocatedBytes());
        assertFlat("inbound reader", inbound.allocatedBytes());
        assertFlat("outbound reader", outbound.allocatedBytes());
    }

    private static void assertFlat(String thread, long allocatedBytes) {
        System.out.printf("%s: %d bytes in %,d events%n", thread, allocatedBytes, EVENTS);
        assertTrue(allocatedBytes >= 0 && allocatedBytes < EVENTS * MAX_BYTES_PER_EVENT,
            thread + " allocated " + allocatedBytes + " bytes in " + EVENTS + " events");
    }

    /** Measures the chain's thread from within. */
    private static final class Watcher implements Strategy {
        private final AllocationMeter meter = new AllocationMeter();
        private long eventCount;
        private long bboCount;

        @Override
        public void onEvent(EventView event, MarketView market) {
            eventCount++;
            if (eventCount == WARM_UP_EVENTS) {
                meter.begin();
            }
        }

        @Override
        public void onBbo(BboDecoder bbo, MarketView market) {
            bboCount += market.book(bbo.instrumentId(), 1).bidLevelCount() >= 0 ? 1 : 0;
        }

        @Override
        public void onStop(MarketView market) {
            meter.end();
        }
    }
}
