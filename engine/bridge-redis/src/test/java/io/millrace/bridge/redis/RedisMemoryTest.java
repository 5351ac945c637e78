// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.testing.LocalServers;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A real server whose memory is nearly full. */
class RedisMemoryTest {
    private static final String FILLER = "millrace-test:filler";
    private static final int FILLER_BYTES = 64 << 20;
    private static final int EVENTS = 5_000;
    private static final long EIGHTH_MS = CacheRun.QUOTE_TTL_MS / 8;

    @TempDir
    private Path root;

    @Test
    void shouldSpareAFullServerAndGiveAllBackWhenItHasMemoryAgain() throws IOException {
        LocalServers server = LocalServers.running("redis");
        CacheRun run = new CacheRun(root);
        RedisContext redis = run.redis().servers(server.address()).memory(new MemoryContext()
            .highPercent(80).lowPercent(60).checkMs(1));
        try (Jedis jedis = new Jedis("127.0.0.1", server.port());
            MadeUpDay day = run.begin()) {
            String before = jedis.configGet("maxmemory").get("maxmemory");
            jedis.setrange(FILLER, FILLER_BYTES, "x");
            Bridge bridge = run.bridge(redis);
            try {
                limit(jedis, 92);
                writeUntilTtlIs(EIGHTH_MS, run, bridge, day);
                Map<String, Long> spared = ttls(jedis);
                assertTrue(run.counter("memory-percent") >= 80);
                assertTrue(spared.size() < MadeUpDay.INSTRUMENT_COUNT, spared.toString());
                assertTrue(spared.values().stream().allMatch(ttl -> ttl <= EIGHTH_MS),
                    spared.toString());
                assertTrue(run.counter("left-out") > 0);
                run.assertConflated();
                assertEquals(run.journaled(), hashes(jedis));

                limit(jedis, 30);
                writeUntilTtlIs(CacheRun.QUOTE_TTL_MS, run, bridge, day);
                long leftOut = run.counter("left-out");
                write(run, bridge, day);
                Map<String, Long> whole = ttls(jedis);
                assertEquals(MadeUpDay.INSTRUMENT_COUNT, whole.size());
                assertTrue(whole.values().stream().allMatch(ttl -> ttl > EIGHTH_MS),
                    whole.toString());
                assertTrue(run.counter("memory-percent") < 60);
                assertEquals(leftOut, run.counter("left-out"));
                run.assertConflated();
                assertEquals(run.journaled(), hashes(jedis));
            } finally {
                bridge.onClose();
                jedis.configSet("maxmemory", before);
                jedis.del(FILLER);
            }
        }
    }

    /** Makes what the server uses so many percent of what it may use. */
    private static void limit(Jedis jedis, int percent) {
        jedis.configSet("maxmemory", Long.toString(used(jedis) * 100 / percent));
    }

    /** Bytes that a server uses. */
    static long used(Jedis jedis) {
        return jedis.info("memory").lines().filter(line -> line.startsWith("used_memory:"))
            .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).trim()))
            .findFirst().orElseThrow();
    }

    /** And then once more, so that all securities are written with it. */
    private static void writeUntilTtlIs(long ttlMs, CacheRun run, Bridge bridge, MadeUpDay day) {
        for (int i = 0; i < 100 && run.counter("quote-ttl-ms") != ttlMs; i++) {
            write(run, bridge, day);
        }
        assertEquals(ttlMs, run.counter("quote-ttl-ms"));
        write(run, bridge, day);
    }

    private static void write(CacheRun run, Bridge bridge, MadeUpDay day) {
        day.write(EVENTS);
        run.until(bridge, run.isAtEnd(day));
    }

    /** Time to live of each security's fresh values, where there are some. */
    private static Map<String, Long> ttls(Jedis jedis) {
        Map<String, Long> ttls = new HashMap<>();
        for (int id = 1; id <= MadeUpDay.INSTRUMENT_COUNT; id++) {
            long ttlMs = jedis.pttl("quote:S" + id);
            if (ttlMs >= 0) {
                ttls.put("S" + id, ttlMs);
            }
        }
        return ttls;
    }

    private static Map<String, String> hashes(Jedis jedis) {
        Map<String, String> values = new HashMap<>();
        for (int id = 1; id <= MadeUpDay.INSTRUMENT_COUNT; id++) {
            values.put("S" + id, jedis.hget("sym:S" + id + ":latest", "bid"));
        }
        return values;
    }
}
