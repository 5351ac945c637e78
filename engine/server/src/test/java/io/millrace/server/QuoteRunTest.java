// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.LocalServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A quote asked for while an engine runs, and after it, while one place after the other ends. */
@Tag("pipeline")
@Timeout(300)
class QuoteRunTest {
    @TempDir
    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    QuoteRunTest() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            environment.put("MILLRACE_EDGE_PORT", Integer.toString(free.getLocalPort()));
        }
        environment.put("MILLRACE_BRIDGE_DRAIN_MS", "60000");
        environment.put("MILLRACE_LOOKUP_ENABLED", "true");
        environment.put("MILLRACE_LOOKUP_TIMEOUT_MS", "10000");
    }

    private void useRedis(LocalServers redis) {
        environment.put("MILLRACE_BRIDGE_REDIS_ENABLED", "true");
        environment.put("MILLRACE_BRIDGE_REDIS_SERVERS", redis.address());
        environment.put("MILLRACE_BRIDGE_REDIS_CLIENT_ID", root.toString());
        environment.put("MILLRACE_BRIDGE_REDIS_QUOTE_TTL_MS", "600000");
    }

    private void useClickHouse(LocalServers clickHouse) {
        environment.put("MILLRACE_BRIDGE_CLICKHOUSE_ENABLED", "true");
        environment.put("MILLRACE_BRIDGE_CLICKHOUSE_URL", "http://" + clickHouse.address());
        environment.put("MILLRACE_BRIDGE_CLICKHOUSE_DATABASE",
            "t" + UUID.randomUUID().toString().substring(0, 8));
    }

    private void useParquet() {
        environment.put("MILLRACE_BRIDGE_PARQUET_ENABLED", "true");
        environment.put("MILLRACE_BRIDGE_PARQUET_MINIMUM_FREE_MB", "0");
        environment.put("MILLRACE_BRIDGE_PARQUET_MAX_SECONDS", "1");
    }

    private CommandRun run() {
        return CommandRun.of(environment, "run", "--feed", "simulator", "--for", "4s",
            "--simulator.messages-per-second", "5000", "--simulator.symbols", "50",
            "--simulator.live-orders", "500", "--feed.multicast-group", "239.77.18.4",
            "--journal.directory", root.toString());
    }

    private Map<String, Object> quote(String symbol, String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"quote", symbol, "--json", "--journal.directory="
            + root}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        CommandRun run = CommandRun.of(environment, arguments);
        System.out.print(run.out());
        Map<String, Object> answer = JsonText.object(run.out());
        boolean isAway = answer.toString().contains("failed: ");
        assertEquals(answer.containsKey("source") ? 0 : isAway ? 3 : 1, run.exitCode(),
            run.out() + run.log());
        return answer;
    }

    /** Asks on while an engine runs in this process; its last answer. */
    private Map<String, Object> quoteWhileItRuns() {
        CompletableFuture<CommandRun> running = CompletableFuture.supplyAsync(this::run);
        Map<String, Object> told = Map.of();
        while (!running.isDone() && !"engine".equals(told.get("source"))) {
            told = JsonText.object(CommandRun.of(environment, "quote", "AAPL", "--json",
                "--journal.directory", root.toString(), "--lookup.timeout-ms", "1000").out());
        }
        CommandRun run = running.join();
        assertEquals(0, run.exitCode(), run.out() + run.log());
        System.out.println(told);
        return told;
    }

    /** What any place must say of a security in the same words. */
    private static String values(Map<String, Object> answer) {
        return "bid " + answer.get("bid") + " x " + answer.get("bid_size") + " ask "
            + answer.get("ask") + " x " + answer.get("ask_size") + " last " + answer.get("last")
            + " x " + answer.get("last_size");
    }

    private static void assertMarked(String source, boolean isStale, Map<String, Object> answer) {
        assertEquals(source + ' ' + isStale, answer.get("source") + " " + answer.get("stale"));
    }

    @Test
    void shouldAnswerFromTheEngineAndThenFromItsFiles() {
        useParquet();
        assertMarked("engine", false, quoteWhileItRuns());
        Map<String, Object> stored = quote("AAPL");
        assertMarked("parquet", true, stored);
        assertTrue(values(stored).matches("bid [0-9.]+ x [0-9.]+ ask [0-9.]+ x [0-9.]+"
            + " last [0-9.]+ x [0-9.]+"),
            values(stored));
        assertEquals("lookup.on-miss is reject",
            quote("AAPL", "--lookup.on-miss", "reject").get("reason"));
        assertEquals("parquet does not have it", quote("NOPE").get("reason"));
    }

    @Test
    void shouldFallBackTierByTierAsTheyAreStopped() {
        LocalServers redis = LocalServers.running("redis");
        LocalServers clickHouse = LocalServers.running("clickhouse");
        useRedis(redis);
        useClickHouse(clickHouse);
        useParquet();
        assertMarked("engine", false, quoteWhileItRuns());
        Map<String, Object> cached = quote("AAPL");
        assertMarked("redis", false, cached);
        redis.kill();
        try {
            Map<String, Object> stored = quote("AAPL");
            assertTrue(stored.get("source").toString().matches("clickhouse|parquet"));
            Map<String, Object> inClickHouse =
                quote("AAPL", "--lookup.tiers", "redis,clickhouse");
            assertMarked("clickhouse", true, inClickHouse);
            clickHouse.kill();
            try {
                Map<String, Object> inFiles = quote("AAPL");
                assertMarked("parquet", true, inFiles);
                assertEquals(values(cached), values(inClickHouse));
                assertEquals(values(cached), values(inFiles));
                assertEquals(inClickHouse.get("timestamp"), inFiles.get("timestamp"));
                assertTrue(quote("AAPL", "--lookup.on-miss", "reject").get("reason").toString()
                    .matches("redis failed: .*; lookup.on-miss is reject"));
                assertTrue(quote("AAPL", "--lookup.tiers", "clickhouse").get("reason").toString()
                    .startsWith("clickhouse failed: "));
            } finally {
                clickHouse.start();
            }
        } finally {
            redis.start();
        }
    }

    @Test
    void shouldReadWhatRedisHoldsOnceNoEngineAnswers() {
        LocalServers redis = LocalServers.running("redis");
        useRedis(redis);
        assertMarked("engine", false, quoteWhileItRuns());
        assertMarked("redis", false, quote("AAPL"));
        redis.kill();
        try {
            assertTrue(quote("AAPL").get("reason").toString().startsWith("redis failed: "));
        } finally {
            redis.start();
        }
    }
}
