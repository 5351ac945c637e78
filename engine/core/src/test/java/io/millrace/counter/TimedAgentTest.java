// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

class TimedAgentTest {
    private final Counters counters = Counters.inMemory();

    @Test
    void shouldCountCyclesThatFoundWorkAndMeasureSomeOfThem() throws Exception {
        Alternating worker = new Alternating(0);
        TimedAgent timed = new TimedAgent(worker, "chain", counters);
        for (int i = 0; i < 20 * TimedAgent.INTERVAL; i++) {
            assertEquals(i % 2 * 3, timed.doWork());
        }
        long cycles = 10L * TimedAgent.INTERVAL;
        assertEquals(List.of(cycles, 3 * cycles, 10L),
            Stream.of("cycles", "work", "samples").map(this::value).toList());
    }

    @Test
    void shouldMeasureMoreWhereMoreIsDone() throws Exception {
        assertTrue(sampledNs("idle", 0) < sampledNs("busy", 200_000));
    }

    @Test
    void shouldPassOnWhatIsThrown() {
        TimedAgent timed = new TimedAgent(new Agent() {
            @Override
            public int doWork() {
                throw new IllegalStateException("stumbled");
            }

            @Override
            public String roleName() {
                return "stumbler";
            }
        }, "chain", counters);
        assertEquals("stumbler", timed.roleName());
        assertThrows(IllegalStateException.class, timed::doWork);
        assertEquals(0, value("cycles"));
    }

    private long value(String name) {
        return counters.value(TimedAgent.label("chain", name));
    }

    private long sampledNs(String role, int turns) throws Exception {
        TimedAgent timed = new TimedAgent(new Alternating(turns), role, counters);
        for (int i = 0; i < 40 * TimedAgent.INTERVAL; i++) {
            timed.doWork();
        }
        return counters.value(TimedAgent.label(role, "sample-ns"));
    }

    /** Finds work every other time. */
    private static final class Alternating implements Agent {
        private final int turns;
        private int calls;
        private double sum;

        Alternating(int turns) {
            this.turns = turns;
        }

        @Override
        public int doWork() {
            for (int i = 0; i < turns; i++) {
                sum += Math.sqrt(i);
            }
            return calls++ % 2 * 3;
        }

        @Override
        public String roleName() {
            return "alternating " + sum;
        }
    }
}
