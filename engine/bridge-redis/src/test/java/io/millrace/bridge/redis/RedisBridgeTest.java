// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.redis.RedisContext.Routing;
import io.millrace.testing.LocalServers;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** The bridge against the real server. */
class RedisBridgeTest {
    private static final int EVENTS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 20_000;

    @TempDir
    private Path root;
    private CacheRun run;

    @BeforeEach
    void beforeEach() {
        run = new CacheRun(root);
    }

    private RedisContext redis(LocalServers server) {
        return run.redis().servers(server.address());
    }

    private static Map<String, String> stored(LocalServers server) {
        Map<String, String> values = new HashMap<>();
        try (Jedis jedis = new Jedis("127.0.0.1", server.port())) {
            for (int id = 1; id <= MadeUpDay.INSTRUMENT_COUNT; id++) {
                values.put("S" + id, jedis.hget("sym:S" + id + ":latest", "bid"));
            }
        }
        return values;
    }

    @Test
    void shouldHoldTheLastJournaledValuesInAllShapes() throws Exception {
        LocalServers server = LocalServers.running("redis");
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        CountDownLatch isListening = new CountDownLatch(1);
        JedisPubSub channel = new JedisPubSub() {
            @Override
            public void onMessage(String name, String message) {
                heard.add(message);
            }

            @Override
            public void onSubscribe(String name, int count) {
                isListening.countDown();
            }
        };
        Jedis listener = new Jedis("127.0.0.1", server.port());
        Thread thread = new Thread(() -> listener.subscribe(channel, "quotes:S7"));
        thread.start();
        assertTrue(isListening.await(30, TimeUnit.SECONDS));
        try (MadeUpDay day = run.begin().write(EVENTS);
            Jedis jedis = new Jedis("127.0.0.1", server.port())) {
            Bridge bridge = run.bridge(redis(server));
            run.until(bridge, run.isAtEnd(day));
            bridge.onClose();
            assertEquals(run.journaled(), stored(server));
            run.assertConflated();
            Map<String, String> hash = jedis.hgetAll("sym:S7:latest");
            String quote = jedis.get("quote:S7");
            assertTrue(quote.startsWith("{\"symbol\":\"S7\",\"bid\":" + hash.get("bid")
                + ",\"ask\":"
                + hash.get("ask") + ",\"last\":" + hash.get("last")), quote);
            assertTrue(quote.contains("\"ts\":1767312000,"), quote);
            assertTrue(jedis.pttl("quote:S7") > 0);
            assertEquals(-1, jedis.pttl("sym:S7:latest"));
            while (!heard.contains(quote)) {
                LockSupport.parkNanos(1_000_000);
            }
        } finally {
            channel.unsubscribe();
            thread.join(30_000);
            listener.close();
        }
        assertFalse(thread.isAlive());
    }

    @Test
    void shouldComeToTheSameValuesWhenTheServerIsKilled() throws IOException {
        LocalServers server = LocalServers.running("redis");
        try (MadeUpDay day = run.begin().write(EVENTS / 2)) {
            Bridge bridge = run.bridge(redis(server));
            run.until(bridge, () -> run.counter("batches") >= 3);
            server.kill();
            run.until(bridge, () -> run.counter("failures") > 1);
            day.write(EVENTS / 2);
            server.start();
            run.until(bridge, run.isAtEnd(day));
            bridge.onClose();
            assertEquals(run.journaled(), stored(server));
            run.assertConflated();
        }
    }

    @Test
    void shouldSpreadSecuritiesByLettersOrSlots() {
        ShardRouter letters = new ShardRouter(Routing.LETTERS, 3);
        assertEquals(List.of(0, 0, 1, 1, 2, 2, 0),
            List.of("AAPL", "HPQ", "IBM", "PFE", "QQQ", "ZM", "#1").stream()
                .map(letters::shard).toList());
        ShardRouter slots = new ShardRouter(Routing.SLOTS, 2);
        assertEquals(List.of(1, 0), List.of("foo", "hello").stream().map(slots::shard).toList());
    }

    @Test
    void shouldRefuseOptionsOutsideTheirRange() {
        assertRefused(new RedisContext().servers("a:1,b"),
            "bridge.redis.servers 'a:1,b' is not 1 to 26 of host:port with commas between");
        assertRefused(new RedisContext().quoteTtlMs(0),
            "bridge.redis.quote-ttl-ms 0 is not within 1 to 86400000");
        assertRefused(new RedisContext().timeoutMs(60_001),
            "bridge.redis.timeout-ms 60001 is not within 1 to 60000");
    }

    @Test
    void shouldRefuseThresholdsThatDoNotStandApart() {
        assertRefused(new RedisContext().memory(new MemoryContext().highPercent(101)),
            "bridge.redis.memory-high-percent 101 is not within 2 to 100");
        assertRefused(new RedisContext().memory(new MemoryContext().highPercent(70)
            .lowPercent(70)), "bridge.redis.memory-low-percent 70 is not within 1 to 69");
        assertRefused(new RedisContext().memory(new MemoryContext().checkMs(0)),
            "bridge.redis.memory-check-ms 0 is not within 1 to 3600000");
    }

    private static void assertRefused(RedisContext context, String message) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }
}
