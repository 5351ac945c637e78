// SPDX-License-Identifier: Apache-2.0
package io.millrace.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.DetachReason;
import io.millrace.codec.event.StrategyChangedDecoder;
import io.millrace.counter.Counters;
import io.millrace.event.CommandQueue;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StrategyWatchTest {
    private static final long BUDGET_NS = 1000;

    private final Counters counters = Counters.inMemory();
    private final CommandQueue commands = new CommandQueue(4096);
    private final AttachedStrategy strategy = new AttachedStrategy("slow", new Strategy() { });
    private long nowNs;

    @Test
    void shouldReadTheClockOnceInSixteenEventsWhileAllAreFast() {
        long[] readings = {0};
        StrategyWatch watch = watch(commands, () -> {
            readings[0]++;
            return readings[0];
        });
        for (int i = 0; i < 1600; i++) {
            assertEquals(false, watch.isMeasured());
        }
        assertEquals(100, readings[0]);
    }

    @Test
    void shouldMeasureEachEventOnceSixteenTogetherWereTooSlow() {
        StrategyWatch watch = watch(commands, () -> nowNs);
        List<Integer> measured = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) {
            nowNs += i <= 16 ? BUDGET_NS : 1;
            if (watch.isMeasured()) {
                measured.add(i);
            }
        }
        assertEquals("4096 from 17 to 4112", measured.size() + " from " + measured.get(0) + " to "
            + measured.get(4095));
    }

    @Test
    void shouldAskForADetachOnceWhenTheLimitIsReached() {
        StrategyWatch watch = watch(commands, () -> nowNs);
        watch.onMeasured(strategy, BUDGET_NS);
        watch.onMeasured(strategy, BUDGET_NS + 5);
        watch.onMeasured(strategy, BUDGET_NS + 1);
        assertTrue(commands.isEmpty());
        watch.onMeasured(strategy, 1L << 40);
        watch.onMeasured(strategy, BUDGET_NS + 1);
        assertEquals(List.of("slow 3 overruns, worst 4294967294, OVER_BUDGET"), commands());
        assertEquals(4, counters.value("overruns"));
    }

    @Test
    void shouldAskForADetachOfAStrategyThatThrows() {
        watch(commands, () -> nowNs).onThrown(strategy, new IllegalStateException("wrong sign"));
        assertEquals(List.of("slow 0 overruns, worst 0, EXCEPTION"), commands());
        assertEquals(1, counters.forEachError((count, first, last, error) ->
            assertTrue(error.contains("wrong sign"))));
    }

    @Test
    void shouldAskAgainWhenTheQueueWasFull() {
        CommandQueue full = new CommandQueue(4096);
        StrategyWatch watch = watch(full, () -> nowNs);
        assertTrue(fill(full) > 0);
        watch.onThrown(strategy, new IllegalStateException());
        assertEquals(false, strategy.isDetachRequested);
        full.drainTo(publisher());
        watch.onThrown(strategy, new IllegalStateException());
        assertTrue(strategy.isDetachRequested);
    }

    @Test
    void shouldNeitherMeasureNorAskInAReplay() {
        StrategyWatch watch = watch(null, () -> {
            throw new IllegalStateException("clock was read");
        });
        for (int i = 0; i < 100; i++) {
            assertEquals(false, watch.isMeasured());
        }
        watch.onThrown(strategy, new IllegalStateException());
        assertEquals(false, strategy.isDetachRequested);
    }

    private StrategyWatch watch(CommandQueue commands, NanoClock clock) {
        return new StrategyWatch(clock, BUDGET_NS, 3, commands, counters.counter("overruns"),
            counters::onError);
    }

    private List<String> commands() {
        EventPublisher publisher = publisher();
        commands.drainTo(publisher);
        List<String> seen = new ArrayList<>();
        StrategyChangedDecoder changed = new StrategyChangedDecoder();
        for (long sequence = 0; sequence <= publisher.ring().cursor(); sequence++) {
            changed.wrap(publisher.buffer(), publisher.ring().blockOffset(sequence),
                StrategyChangedDecoder.BLOCK_LENGTH, StrategyChangedDecoder.SCHEMA_VERSION);
            DetachReason reason = changed.reason();
            seen.add(changed.strategy() + " " + changed.overrunCount() + " overruns, worst "
                + changed.worstNs() + ", "
                + reason);
        }
        return seen;
    }

    private static int fill(CommandQueue queue) {
        UnsafeBuffer block = new UnsafeBuffer(new byte[48]);
        int count = 0;
        while (queue.offer(25, block, 0, 48)) {
            count++;
        }
        return count;
    }

    private static EventPublisher publisher() {
        return new EventPublisher(new EventRing(128), Thread::onSpinWait, null, 1);
    }
}
