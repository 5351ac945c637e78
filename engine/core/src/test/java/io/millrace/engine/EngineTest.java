// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {
    private static final int EVENTS = 200_000;
    private static final int EVENTS_AROUND = 2 + 50;

    @Test
    void shouldDeriveTheSameInEveryThreadingMode() {
        Outcome invoker = run(ThreadingMode.INVOKER, 1024);
        assertEquals(EVENTS + EVENTS_AROUND, invoker.inboundCount());
        assertTrue(invoker.outboundCount() > EVENTS / 20,
            "best bids and offers " + invoker.outboundCount());
        assertEquals(invoker, run(ThreadingMode.SHARED, 1024));
        assertEquals(invoker, run(ThreadingMode.DEDICATED, 1024));
        assertEquals(invoker, run(ThreadingMode.INVOKER, 16));
        assertEquals(invoker, run(ThreadingMode.DEDICATED, 16));
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldLoseNothingWhenStartedAndStoppedAgainAndAgain(ThreadingMode mode) {
        int rounds = 1000;
        for (int round = 1; round <= rounds; round++) {
            Pipeline pipeline = new Pipeline(context(mode, 64));
            RingRecorder inbound = new RingRecorder(pipeline.inboundRing(), 7);
            RingRecorder outbound = new RingRecorder(pipeline.outboundRing(), 5);
            OrderFlow flow = new OrderFlow(pipeline.inbound(), round, Long.MAX_VALUE);
            Engine engine = new Engine(pipeline).ingress(flow).reader("inbound", inbound)
                .reader("outbound", outbound);
            engine.start();
            if (mode == ThreadingMode.INVOKER) {
                flow.publish(round);
            }
            engine.close();
            assertEquals("2 around, 0 holes, closed true, chain done true",
                (inbound.eventCount() - flow.eventCount())
                + " around, " + (inbound.holeCount() + outbound.holeCount()) + " holes, closed "
                + (inbound.isClosed() && outbound.isClosed()) + ", chain done "
                + (pipeline.chain().position() == inbound.eventCount() - 1), "round " + round);
        }
    }

    @Test
    void shouldMarkAStartWhoseClockIsBehindTheLastLife() {
        assertEquals("5000 BAD_TIME", start(5_000, 1_000));
        assertEquals("5000 good", start(5_000, 9_000));
        assertEquals("9000 good", start(Long.MIN_VALUE, 9_000));
    }

    /** Receive time of the first event, and whether it is marked. */
    private static String start(long lastTimeNs, long nowNs) {
        Pipeline pipeline = new Pipeline(new EngineContext().threadingMode(ThreadingMode.INVOKER)
            .maxInstruments(64).maxOrders(1 << 10).maxVenues(2).clock(() -> nowNs).conclude());
        pipeline.inbound().receiveTimeNs(lastTimeNs);
        try (Engine engine = new Engine(pipeline)) {
            engine.start();
            EventView started = new EventView().wrap(pipeline.inboundRing().buffer(),
                pipeline.inboundRing().blockOffset(0));
            return started.receiveTimeNs()
                + ((started.flags() & EventFlag.BAD_TIME) != 0 ? " BAD_TIME" : " good");
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldLetTheCallerPublish(ThreadingMode mode) {
        Pipeline pipeline = new Pipeline(context(mode, 64));
        RingRecorder inbound = new RingRecorder(pipeline.inboundRing(), 7);
        RingRecorder outbound = new RingRecorder(pipeline.outboundRing(), 5);
        OrderFlow flow = new OrderFlow(pipeline.inbound(), 1, Long.MAX_VALUE);
        try (Engine engine = new Engine(pipeline).reader("inbound", inbound)
            .reader("outbound", outbound)) {
            engine.start();
            flow.publish(1000);
            engine.drain();
            assertEquals(1001, inbound.eventCount());
        }
        assertEquals(1002, inbound.eventCount());
    }

    private static Outcome run(ThreadingMode mode, int capacity) {
        Pipeline pipeline = new Pipeline(context(mode, capacity));
        RingRecorder inbound = new RingRecorder(pipeline.inboundRing(), 32);
        RingRecorder outbound = new RingRecorder(pipeline.outboundRing(), 32);
        Engine engine = new Engine(pipeline).head(OrderFlow::defineInstruments)
            .ingress(new OrderFlow(pipeline.inbound(), 42, EVENTS))
            .reader("inbound", inbound).reader("outbound", outbound);
        engine.start();
        engine.awaitIngress();
        engine.close();
        assertEquals(0, inbound.holeCount() + outbound.holeCount());
        return new Outcome(inbound.eventCount(), inbound.checksum(), outbound.eventCount(),
            outbound.checksum());
    }

    private static EngineContext context(ThreadingMode mode, int capacity) {
        return new EngineContext().threadingMode(mode).inboundCapacity(capacity)
            .outboundCapacity(capacity)
            .maxInstruments(64).maxOrders(8192).maxVenues(1).fingerprintInterval(4096).conclude();
    }

    private record Outcome(long inboundCount, long inboundChecksum, long outboundCount,
        long outboundChecksum) {
    }
}
