// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.Position;
import io.millrace.bridge.redis.RedisContext.Routing;
import io.millrace.journal.JournalQueue;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The bridge against a real cluster of three. */
class RedisClusterTest {
    private static final int EVENTS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 20_000;

    @TempDir
    private Path root;
    @TempDir
    private Path servers;
    private LocalCluster cluster;
    private RedisClusterClient client;
    private CacheRun run;
    private RedisContext redis;

    @BeforeEach
    void beforeEach() throws Exception {
        cluster = LocalCluster.start(servers);
        client = RedisClusterClient.create(HostAndPort.from(cluster.address(1)));
        run = new CacheRun(root);
        redis = run.redis().servers(cluster.address(0)).routing(Routing.CLUSTER);
    }

    @AfterEach
    void afterEach() throws IOException {
        if (cluster != null) {
            client.close();
            cluster.close();
        }
    }

    private void assertLastValues(MadeUpDay day) {
        Map<String, String> stored = new HashMap<>();
        for (int id = 1; id <= MadeUpDay.INSTRUMENT_COUNT; id++) {
            stored.put("S" + id, client.hget("sym:{S" + id + "}:latest", "bid"));
        }
        assertEquals(run.journaled(), stored);
        Position position = Position.parse(client.get("millrace:position:" + root));
        assertEquals(day.last(JournalQueue.INBOUND), position.inbound());
        assertEquals(day.last(JournalQueue.OUTBOUND), position.outbound());
        run.assertConflated();
    }

    @Test
    void shouldHoldTheLastJournaledValuesOnAllNodes() throws Exception {
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
        int elsewhere = (cluster.owner(JedisClusterCRC16.getSlot("{S7}")) + 1)
            % LocalCluster.NODES;
        Jedis listener = cluster.connect(elsewhere);
        Thread thread = new Thread(() -> listener.subscribe(channel, "quotes:{S7}"));
        thread.start();
        assertTrue(isListening.await(30, TimeUnit.SECONDS));
        try (MadeUpDay day = run.begin().write(EVENTS)) {
            Bridge bridge = run.bridge(redis);
            run.until(bridge, run.isAtEnd(day));
            bridge.onClose();
            assertLastValues(day);
            String quote = client.get("quote:{S7}");
            assertTrue(quote.startsWith("{\"symbol\":\"S7\",\"bid\":"
                + client.hget("sym:{S7}:latest", "bid") + ','), quote);
            assertTrue(client.pttl("quote:{S7}") > 0);
            assertEquals(-1, client.pttl("sym:{S7}:latest"));
            while (!heard.contains(quote)) {
                LockSupport.parkNanos(1_000_000);
            }
            for (int i = 0; i < LocalCluster.NODES; i++) {
                try (Jedis node = cluster.connect(i)) {
                    assertNotEquals(0, node.dbSize());
                }
            }
        } finally {
            channel.unsubscribe();
            thread.join(30_000);
            listener.close();
        }
    }

    @Test
    void shouldComeToTheSameValuesWhenANodeIsKilled() throws Exception {
        try (MadeUpDay day = run.begin().write(EVENTS / 2)) {
            Bridge bridge = run.bridge(redis);
            run.until(bridge, () -> run.counter("batches") >= 3);
            cluster.kill(1);
            run.until(bridge, () -> run.counter("failures") > 1);
            day.write(EVENTS / 2);
            cluster.start(1);
            cluster.awaitWhole();
            run.until(bridge, run.isAtEnd(day));
            bridge.onClose();
            assertLastValues(day);
        }
    }

    @Test
    void shouldFollowASlotThatMovesToAnotherNode() throws Exception {
        try (MadeUpDay day = run.begin().write(EVENTS / 2)) {
            Bridge bridge = run.bridge(redis);
            run.until(bridge, run.isAtEnd(day));
            int slot = JedisClusterCRC16.getSlot("{S7}");
            int before = cluster.owner(slot);
            cluster.moveSlot("{S7}");
            assertNotEquals(before, cluster.owner(slot));
            day.write(EVENTS / 2);
            run.until(bridge, run.isAtEnd(day));
            bridge.onClose();
            assertEquals(0, run.counter("failures"));
            assertLastValues(day);
        }
    }

    @Test
    void shouldSpareTheClusterWhenOneNodeIsNearlyFull() throws Exception {
        redis.memory(new MemoryContext().highPercent(80).lowPercent(60).checkMs(1));
        try (MadeUpDay day = run.begin(); Jedis node = cluster.connect(2)) {
            fill(node);
            Bridge bridge = run.bridge(redis);
            for (int i = 0; i < 100 && run.counter("left-out") == 0; i++) {
                day.write(1_000);
                run.until(bridge, run.isAtEnd(day));
            }
            bridge.onClose();
            assertTrue(run.counter("left-out") > 0);
            assertTrue(run.counter("memory-percent") >= 80);
            assertTrue(run.counter("quote-ttl-ms") < CacheRun.QUOTE_TTL_MS);
            assertLastValues(day);
        }
    }

    /** Nine tenths of what the node may use, by a key in one of its slots. */
    private void fill(Jedis node) {
        int key = 0;
        while (cluster.owner(JedisClusterCRC16.getSlot("filler-" + key)) != 2) {
            key++;
        }
        node.setrange("filler-" + key, 32 << 20, "x");
        long used = RedisMemoryTest.used(node);
        node.configSet("maxmemory", Long.toString(used * 10 / 9));
    }
}
