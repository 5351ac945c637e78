// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.feed.transport.CaptureFile;
import io.millrace.simulator.BinaryFileSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickGeneratorTest {
    private static final long START_NS = 1_767_625_200_000_000_000L;

    private final List<Long> overloads = new ArrayList<>();
    private long nowNs = START_NS;

    @Test
    void shouldMakeOneTickOfEachSymbolEveryHundredMilliseconds() {
        List<String> seen = new ArrayList<>();
        TickGenerator generator = generator(TickPlan.mini(10),
            tick -> seen.add(tick.symbol() + "@" + (tick.timeNs() - START_NS) / 1_000_000));
        assertEquals(1, generator.doWork());
        nowNs += 99_999_999;
        assertEquals(0, generator.doWork());
        nowNs++;
        assertEquals(1, generator.doWork());
        assertTrue(generator.isDone());
        assertEquals(List.of("AAPL@0", "GOOGL@0", "TSLA@0", "MSFT@0", "AMZN@0",
            "AAPL@100", "GOOGL@100", "TSLA@100", "MSFT@100", "AMZN@100"), seen);
    }

    @Test
    void shouldMakeAsManyAsAskedInBatches() {
        int[] count = new int[1];
        TickGenerator generator = generator(TickPlan.of(6_005, 0.01, 10), tick -> count[0]++);
        int batches = 0;
        while (!generator.isDone()) {
            batches += generator.doWork();
            nowNs += 10_000_000;
        }
        assertEquals(601, batches);
        assertEquals(6_005, count[0]);
        assertEquals(601, generator.jitter().getTotalCount());
        assertEquals(0, generator.jitter().getMaxValue());
        assertEquals(0, generator.missedDeadlines());
    }

    @Test
    void shouldMeasureHowLateEachBatchBegan() {
        TickGenerator generator = generator(TickPlan.of(3, 0.001, 1), tick -> { });
        generator.doWork();
        nowNs += 1_000_250;
        generator.doWork();
        nowNs = START_NS + 2_000_000;
        generator.doWork();
        assertEquals(250, generator.jitter().getMaxValue());
        assertEquals(0, generator.jitter().getMinValue());
    }

    @Test
    void shouldSayOnceThatItIsOverloadedAfterAHundredMissesInARow() {
        TickGenerator generator = generator(TickPlan.of(500, 0.001, 1), tick -> nowNs += 1_500_000);
        for (int i = 0; i < 99; i++) {
            generator.doWork();
        }
        assertEquals(99, generator.missedDeadlines());
        assertFalse(generator.isOverloaded());
        while (!generator.isDone()) {
            generator.doWork();
        }
        assertTrue(generator.isOverloaded());
        assertEquals(499, generator.missedDeadlines());
        assertEquals(List.of(50_000_000L), overloads);
    }

    @Test
    void shouldForgetMissesWhenADeadlineIsKept() {
        long[] cost = {1_500_000};
        TickGenerator generator = generator(TickPlan.of(1_000, 0.001, 1), tick -> nowNs += cost[0]);
        for (int round = 0; round < 5; round++) {
            cost[0] = 1_500_000;
            for (int i = 0; i < 60; i++) {
                generator.doWork();
            }
            cost[0] = 0;
            for (int i = 0; i < 40; i++) {
                generator.doWork();
            }
            nowNs += 1_000_000;
        }
        assertTrue(generator.missedDeadlines() > 400);
        assertEquals(List.of(), overloads);
    }

    @Test
    void shouldRunToTheEndByItself() {
        int[] count = new int[1];
        TickGenerator generator = new TickGenerator(TickPlan.of(50, 0.0005, 5), System::nanoTime,
            tick -> count[0]++, overloads::add);
        generator.run();
        assertEquals(50, count[0]);
        assertEquals(10, generator.jitter().getTotalCount());
    }

    @Test
    void shouldQuoteBidBelowAskAndTradeAtEither() {
        TickGenerator generator = generator(TickPlan.of(1_000, 0.001, 1_000), tick -> {
            assertTrue(0 < tick.bidPrice() && tick.bidPrice() < tick.askPrice());
            assertTrue(tick.lastPrice() == tick.bidPrice() || tick.lastPrice() == tick.askPrice());
            assertTrue(tick.bidSize() > 0 && tick.askSize() > 0 && tick.lastSize() > 0);
        });
        assertEquals(1, generator.doWork());
    }

    @Test
    void shouldWriteTicksAsADayOfItchThatNeverCrosses(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ticks.itch50");
        TickPlan plan = TickPlan.mini(500);
        try (ItchTickSink sink = new ItchTickSink(plan.symbols(), new BinaryFileSink(file))) {
            TickGenerator generator = generator(plan, sink);
            while (!generator.isDone()) {
                generator.doWork();
                nowNs += plan.intervalNs();
            }
        }
        StringBuilder types = new StringBuilder();
        try (CaptureFile capture = CaptureFile.open(file)) {
            while (capture.next()) {
                types.append((char) capture.buffer().getByte(capture.offset()));
            }
        }
        assertEquals("S" + "RH".repeat(5) + "SS" + "AAP".repeat(5) + "UUP".repeat(495) + "SSS",
            types.toString());
    }

    @Test
    void shouldRefuseEmptyPlans() {
        assertThrows(IllegalArgumentException.class, () -> TickPlan.mini(0));
        assertThrows(IllegalArgumentException.class, () -> TickPlan.of(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> TickPlan.of(1, 1, 0));
        assertNotEquals(TickPlan.mini(1), TickPlan.mini(2));
    }

    private TickGenerator generator(TickPlan plan, TickSink sink) {
        return new TickGenerator(plan, () -> nowNs, sink, overloads::add);
    }
}
