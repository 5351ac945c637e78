// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.redis.RedisContext.Routing;
import io.millrace.codec.event.BboDecoder;
import io.millrace.counter.Counters;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.testing.LocalServers;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** The bridge against the real server. */
class RedisBridgeTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int EVENTS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 20_000;
    private static final long PATIENCE_NS = 60_000_000_000L;

    @TempDir
    private Path root;
    private final Counters counters = Counters.inMemory();

    private RedisContext redis(LocalServers server) {
        return new RedisContext().servers(server.address()).clientId(root.toString())
            .quoteTtlMs(60_000).counters(counters);
    }

    private Bridge bridge(RedisContext redis) throws IOException {
        return new Bridge(new BridgeContext().journalRoot(root).counters(counters)
            .batchEvents(1_000).lingerMs(1).longestRetryMs(300), RedisSink.factory(redis));
    }

    private long counter(String name) {
        return counters.value("bridge.redis." + name);
    }

    private static void run(Bridge bridge, BooleanSupplier isDone) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!isDone.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "the bridge did not come to its end");
            if (bridge.doWork() == 0) {
                LockSupport.parkNanos(200_000);
            }
        }
    }

    private BooleanSupplier isAtEnd(MadeUpDay day) {
        return () -> counter("inbound.sequence") == day.last(JournalQueue.INBOUND)
            && counter("outbound.sequence") == day.last(JournalQueue.OUTBOUND);
    }

    /** The bid of each security's last quote and the price of its last print. */
    private Map<String, String> journaled() {
        Map<String, String> values = new HashMap<>();
        BboDecoder bbo = new BboDecoder();
        for (JournalQueue queue : JournalQueue.values()) {
            try (JournalTail tail = JournalTail.written(Journal.directory(root, DATE), queue)) {
                while (tail.next()) {
                    EventView event = tail.event();
                    if (event.templateId() == BboDecoder.TEMPLATE_ID) {
                        bbo.wrap(event.buffer(), event.offset(), event.blockLength(), 0);
                        values.put("S" + event.instrumentId(), decimal(bbo.bidPrice()));
                    }
                }
            }
        }
        return values;
    }

    private static String decimal(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
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

    private void assertConflated() {
        assertTrue(counter("conflated") > 0);
        assertEquals(counter("offered"), counter("written") + counter("conflated"));
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
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS);
            Jedis jedis = new Jedis("127.0.0.1", server.port())) {
            Bridge bridge = bridge(redis(server));
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertEquals(journaled(), stored(server));
            assertConflated();
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
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS / 2)) {
            Bridge bridge = bridge(redis(server));
            run(bridge, () -> counter("batches") >= 3);
            server.kill();
            run(bridge, () -> counter("failures") > 1);
            day.write(EVENTS / 2);
            server.start();
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertEquals(journaled(), stored(server));
            assertConflated();
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

    private static void assertRefused(RedisContext context, String message) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }
}
