// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.outside;

import static io.millrace.server.outside.Outside.PATIENCE_MS;
import static io.millrace.server.outside.Outside.SINKS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.edge.status.EngineState;
import io.millrace.journal.Journal;
import io.millrace.server.run.EngineProcess;
import io.millrace.server.run.OutsideExchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the engine under load with four sinks on, every fourth time between a sink's commit
 * and the checkpoint: afterwards each sink has what the journal has, each event once.
 */
@Tag("pipeline")
class SinkKillTest {
    private static final boolean IS_FULL = Boolean.getBoolean("millrace.full");
    private static final int KILLS = Integer.getInteger("millrace.kills", IS_FULL ? 50 : 2);
    private static final int MOST_MS = 1_000;

    @TempDir
    private Path root;
    private final Random random = new Random(Long.getLong("millrace.seed", 5));

    @Test
    void shouldHaveEveryEventOnceInEverySinkWhenItIsKilled() throws Exception {
        Outside outside = Outside.fresh(root.resolve("parquet"));
        try (OutsideExchange exchange = new OutsideExchange(options(), 3_600_000_000_000L)) {
            exchange.start();
            List<String> flags = new ArrayList<>(exchange.flags());
            flags.addAll(outside.flags(PATIENCE_MS));
            flags.addAll(List.of("--bridge.kafka.format", "sbe",
                "--bridge.parquet.max-rows", "50000", "--journal.checkpoint-events", "100000"));
            for (int i = 0; i < KILLS; i++) {
                killOnce(i, flags);
            }
            runToTheEnd(exchange, flags);
        }
        new SinkComparison(outside, root).assertEqual();
    }

    private static Map<String, String> options() {
        Map<String, String> options = new HashMap<>(Map.of(
            "feed.multicast-group", "239.77.18.4", "feed.multicast-group-b", "239.77.18.132",
            "simulator.loss-ppm", "1000", "glimpse.enabled", "true",
            "simulator.messages-per-second", IS_FULL ? "10000" : "2000"));
        options.putAll(Map.of("simulator.symbols", "100", "simulator.live-orders", "2000",
            "engine.max-instruments", "128", "engine.max-orders", "20000",
            "engine.max-venues", "2", "engine.inbound-capacity", "65536"));
        return options;
    }

    private void killOnce(int number, List<String> flags) throws Exception {
        String sink = SINKS.get(number / SINKS.size() % SINKS.size());
        boolean isRehearsed = number % SINKS.size() == 1;
        List<String> all = new ArrayList<>(flags);
        if (isRehearsed) {
            all.addAll(List.of("--bridge.rehearsal-pause-ms", "600000"));
        }
        try (EngineProcess engine = new EngineProcess(root, "life-" + number, all)) {
            if (isRehearsed) {
                await(engine, "bridge." + sink + ".pausing");
            } else {
                SINKS.forEach(each -> await(engine, "bridge." + each + ".batches"));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_MS)));
            }
            assertTrue(engine.isAlive(), engine::told);
            engine.kill();
        }
        System.out.println("kill " + number + (isRehearsed
            ? " between the commit of " + sink + " and its checkpoint" : " under load"));
    }

    private static void await(EngineProcess engine, String counter) {
        assertTrue(engine.await(() -> engine.counter(counter) > 0, PATIENCE_MS)
            && engine.isAlive(), () -> counter + " stays 0: " + engine.told());
    }

    private void runToTheEnd(OutsideExchange exchange, List<String> flags) throws Exception {
        try (EngineProcess engine = new EngineProcess(root, "last", flags)) {
            assertTrue(engine.await(() -> engine.isIn(EngineState.RUNNING), PATIENCE_MS),
                engine::told);
            assertTrue(exchange.endWith(engine, Journal.directory(root, OutsideExchange.DATE),
                PATIENCE_MS), engine::told);
            engine.terminate();
            assertEquals(0, engine.exitCode(2 * PATIENCE_MS / 1_000), engine::told);
            System.out.println(engine.out());
            assertEquals(SINKS.size(), engine.out().split(" lag 0,", -1).length - 1,
                engine::told);
        }
    }
}
