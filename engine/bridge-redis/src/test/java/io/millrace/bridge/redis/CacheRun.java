// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.counter.Counters;
import io.millrace.testing.AgentRun;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A bridge from a made-up day to Redis, on the test's thread. */
final class CacheRun {
    static final int QUOTE_TTL_MS = 60_000;

    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    private final Path root;
    private final Counters counters = Counters.inMemory();

    CacheRun(Path root) {
        this.root = root;
    }

    MadeUpDay begin() {
        return MadeUpDay.begin(root, DATE);
    }

    RedisContext redis() {
        return new RedisContext().clientId(root.toString()).quoteTtlMs(QUOTE_TTL_MS)
            .counters(counters);
    }

    Bridge bridge(RedisContext redis) throws IOException {
        return new Bridge(new BridgeContext().journalRoot(root).counters(counters)
            .batchEvents(1_000).lingerMs(1).longestRetryMs(300), RedisSink.factory(redis));
    }

    long counter(String name) {
        return counters.value("bridge.redis." + name);
    }

    void until(Bridge bridge, BooleanSupplier isDone) {
        AgentRun.run(bridge, isDone);
    }

    BooleanSupplier isAtEnd(MadeUpDay day) {
        return () -> day.isTaken(counters, "bridge.redis");
    }

    /** The bid of each security's last quote. */
    Map<String, String> journaled() {
        return MadeUpDay.lastBids(root, DATE);
    }

    void assertConflated() {
        assertTrue(counter("conflated") > 0);
        assertEquals(counter("offered"),
            counter("written") + counter("conflated") + counter("left-out"));
    }
}
