// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.LatestAnswer.BestQuote;
import io.millrace.bridge.lookup.LatestAnswer.LastTrade;
import io.millrace.testing.LocalServers;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** What the bridge wrote to the real server, read back. */
class RedisQuotesTest {
    @TempDir
    private Path root;

    private void fill(CacheRun run, RedisContext redis) throws IOException {
        try (MadeUpDay day = run.begin().write(2_000)) {
            Bridge bridge = run.bridge(redis);
            run.until(bridge, run.isAtEnd(day));
            bridge.onClose();
        }
    }

    private static LatestAnswer expected(Map<String, String> hash, boolean isStale) {
        long timeNs = Long.parseLong(hash.get("ts_recv"));
        return new LatestAnswer("S7", new BestQuote(LatestAnswer.price(hash.get("bid")),
            LatestAnswer.size(hash.get("bid_size")), LatestAnswer.price(hash.get("ask")),
            LatestAnswer.size(hash.get("ask_size")), timeNs),
            new LastTrade(LatestAnswer.price(hash.get("last")),
                LatestAnswer.size(hash.get("last_size")), timeNs), isStale);
    }

    @Test
    void shouldSayFreshUntilTheQuoteExpires() throws Exception {
        LocalServers server = LocalServers.running("redis");
        CacheRun run = new CacheRun(root);
        RedisContext redis = run.redis().servers(server.address());
        fill(run, redis);
        try (Jedis jedis = new Jedis("127.0.0.1", server.port());
            RedisQuotes quotes = new RedisQuotes(redis)) {
            Map<String, String> hash = jedis.hgetAll("sym:S7:latest");
            assertEquals(run.journaled().get("S7"), hash.get("bid"));
            assertEquals(expected(hash, false), quotes.find("S7"));
            jedis.pexpire("quote:S7", 0);
            assertEquals(expected(hash, true), quotes.find("S7"));
            assertNull(quotes.find("NONE"));
        }
    }

    @Test
    void shouldFindOnlyQuotesAcrossVenuesOnceThereIsOne() throws Exception {
        LocalServers server = LocalServers.running("redis");
        CacheRun run = new CacheRun(root);
        RedisContext redis = run.redis().servers(server.address());
        try (MadeUpDay day = run.begin().write(2_000).consolidate(7);
            RedisQuotes quotes = new RedisQuotes(redis)) {
            for (int lives = 0; lives < 2; lives++) {
                Bridge bridge = run.bridge(redis);
                run.until(bridge, run.isAtEnd(day.write(2_000)));
                bridge.onClose();
                for (Map.Entry<String, String> journaled : run.journaled().entrySet()) {
                    assertEquals(LatestAnswer.price(journaled.getValue()),
                        quotes.find(journaled.getKey()).quote().bidPrice());
                }
            }
        }
    }

    @Test
    void shouldTryAnewWhenTheServerIsBack() throws Exception {
        LocalServers server = LocalServers.running("redis");
        CacheRun run = new CacheRun(root);
        RedisContext redis = run.redis().servers(server.address());
        fill(run, redis);
        try (RedisQuotes quotes = new RedisQuotes(redis)) {
            assertEquals("S7", quotes.find("S7").symbol());
            server.kill();
            try {
                assertThrows(JedisException.class, () -> quotes.find("S7"));
                assertThrows(JedisException.class, () -> quotes.find("S7"));
            } finally {
                server.start();
            }
            assertNull(quotes.find("NONE"));
        }
    }

    @Test
    void shouldAskTheServerThatHasTheLetter() throws Exception {
        LocalServers server = LocalServers.running("redis");
        CacheRun run = new CacheRun(root);
        fill(run, run.redis().servers(server.address()));
        try (RedisQuotes quotes = new RedisQuotes(run.redis()
            .servers("127.0.0.1:1," + server.address()))) {
            assertEquals("S7", quotes.find("S7").symbol());
            assertThrows(JedisException.class, () -> quotes.find("A7"));
        }
    }
}
