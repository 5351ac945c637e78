// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {
    @ParameterizedTest
    @EnumSource(names = {"SHARED", "DEDICATED"})
    void shouldGoOnWhenAnAgentThrows(ThreadingMode mode) {
        Pipeline pipeline = new Pipeline(context(mode));
        Stumbler flow = new Stumbler(new OrderFlow(pipeline.inbound(), 1, 10_000), 7);
        RingRecorder recorder = new RingRecorder(pipeline.inboundRing(), 16);
        Engine engine = new Engine(pipeline).ingress(flow).reader("recorder", new Stumbler(recorder,
            5));
        engine.start();
        engine.awaitIngress();
        engine.close();
        assertEquals(10_002, recorder.eventCount());
        List<String> errors = new ArrayList<>();
        pipeline.counters().forEachError((count, first, last, error) -> errors.add(error.lines()
            .findFirst().get()));
        assertTrue(errors.contains("java.lang.IllegalStateException: stumbled"), errors.toString());
    }

    @Test
    void shouldStopTheChainAndSayWhyWhenAStageThrows() {
        EngineContext context = context(ThreadingMode.DEDICATED)
            .clock(FailureTest::throwOnChainThread);
        Pipeline pipeline = new Pipeline(context);
        RingRecorder recorder = new RingRecorder(pipeline.inboundRing(), 16);
        Engine engine = new Engine(pipeline).ingress(new OrderFlow(pipeline.inbound(), 1,
            Long.MAX_VALUE))
            .reader("recorder", recorder);
        engine.start();
        engine.awaitIngress();
        Exception failure = assertThrows(IllegalStateException.class, engine::close);
        assertEquals("broken", pipeline.chain().failure().getMessage());
        assertSame(pipeline.chain().failure(), failure.getCause());
        assertEquals(pipeline.inboundRing().cursor() + 1, recorder.eventCount());
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldStopAsWellWhenIngressCannotClose(ThreadingMode mode) {
        Pipeline pipeline = new Pipeline(context(mode));
        RingRecorder inbound = new RingRecorder(pipeline.inboundRing(), 16);
        RingRecorder outbound = new RingRecorder(pipeline.outboundRing(), 16);
        Engine engine = new Engine(pipeline).ingress(new Unclosable())
            .reader("inbound", inbound).reader("outbound", outbound);
        engine.start();
        UnsafeBuffer block = new UnsafeBuffer(new byte[ClockEncoder.BLOCK_LENGTH]);
        pipeline.commands().offer(ClockEncoder.TEMPLATE_ID, block, 0, ClockEncoder.BLOCK_LENGTH);
        if (mode == ThreadingMode.INVOKER) {
            assertThrows(IllegalStateException.class, engine::close);
        }
        engine.close();
        assertEquals("3 1 true true", inbound.eventCount() + " " + outbound.eventCount() + " "
            + inbound.isClosed() + " " + outbound.isClosed());
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldNotStartWithAReaderThatCannot(ThreadingMode mode) {
        Pipeline pipeline = new Pipeline(context(mode));
        Engine engine = new Engine(pipeline).reader("journal", new Unable());
        assertThrows(IllegalStateException.class, engine::start);
        engine.close();
    }

    @Test
    void shouldNotWaitForEverForAReaderThatDoesNotRead() {
        Pipeline pipeline = new Pipeline(context(ThreadingMode.DEDICATED));
        Engine engine = new Engine(pipeline).reader("sleeper", new Sleeper(pipeline.inboundRing()));
        engine.start();
        Exception late = assertThrows(IllegalStateException.class, engine::close);
        assertEquals("[sleeper] had not drained after engine.close-timeout-ms 200",
            late.getMessage());
    }

    @Test
    void shouldRefuseTwoReadersOfOneRole() {
        Engine engine = new Engine(new Pipeline(context(ThreadingMode.INVOKER))).reader("a",
            new Unable());
        assertThrows(IllegalArgumentException.class, () -> engine.reader("a", new Unable()));
    }

    private static long throwOnChainThread() {
        if (Thread.currentThread().getName().equals("chain")) {
            throw new IllegalStateException("broken");
        }
        return 1;
    }

    private static EngineContext context(ThreadingMode mode) {
        return new EngineContext().threadingMode(mode).inboundCapacity(256).maxInstruments(64)
            .maxOrders(8192)
            .maxVenues(1).closeTimeoutMs(mode == ThreadingMode.DEDICATED ? 200 : 10_000).conclude();
    }

    /** Throws in front of every n-th duty cycle. */
    private static final class Stumbler implements Agent {
        private final Agent agent;
        private final int every;
        private int count;

        Stumbler(Agent agent, int every) {
            this.agent = agent;
            this.every = every;
        }

        @Override
        public void onStart() {
            agent.onStart();
        }

        @Override
        public int doWork() throws Exception {
            count++;
            if (count % every == 0) {
                throw new IllegalStateException("stumbled");
            }
            return agent.doWork();
        }

        @Override
        public void onClose() {
            agent.onClose();
        }

        @Override
        public String roleName() {
            return "stumbler";
        }
    }

    private static final class Unclosable implements Agent {
        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public void onClose() {
            throw new IllegalStateException("socket");
        }

        @Override
        public String roleName() {
            return "unclosable";
        }
    }

    private static final class Unable implements Agent {
        @Override
        public void onStart() {
            throw new IllegalStateException("no disk");
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public String roleName() {
            return "unable";
        }
    }

    private static final class Sleeper implements Agent {
        private final EventReader reader;

        Sleeper(EventRing ring) {
            reader = ring.newGatingReader();
        }

        @Override
        public int doWork() {
            return reader.next() <= reader.available() ? 0 : 1;
        }

        @Override
        public String roleName() {
            return "sleeper";
        }
    }
}
