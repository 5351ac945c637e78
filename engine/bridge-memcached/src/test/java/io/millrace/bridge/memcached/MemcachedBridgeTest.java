// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.memcached;

import static io.millrace.testing.AgentRun.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.counter.Counters;
import io.millrace.testing.LocalServers;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge against the real daemon. */
class MemcachedBridgeTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int EVENTS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 20_000;
    private static final int QUOTE_TTL_S = 3_600;
    private static final int TIMEOUT_MS = 10_000;
    private static final Pattern BID = Pattern.compile("\"bid\":([^,]*),");

    @TempDir
    private Path root;
    private final Counters counters = Counters.inMemory();

    private Bridge bridge(LocalServers server) throws IOException {
        MemcachedContext memcached = new MemcachedContext().servers(server.address())
            .clientId("test " + root.getFileName()).quoteTtlS(QUOTE_TTL_S).timeoutMs(TIMEOUT_MS)
            .counters(counters);
        return new Bridge(new BridgeContext().journalRoot(root).counters(counters)
            .batchEvents(1_000).lingerMs(1).longestRetryMs(300), MemcachedSink.factory(memcached));
    }

    private long counter(String name) {
        return counters.value("bridge.memcached." + name);
    }

    private BooleanSupplier isAtEnd(MadeUpDay day) {
        return () -> day.isTaken(counters, "bridge.memcached");
    }

    /** The same by keys that begin so and end so. */
    private static Map<String, String> stored(LocalServers server, String before, String after)
        throws IOException {
        Map<String, String> values = new TreeMap<>();
        try (MemcachedConnection memcached =
            new MemcachedConnection(server.address(), TIMEOUT_MS)) {
            for (int id = 1; id <= MadeUpDay.INSTRUMENT_COUNT; id++) {
                String json = memcached.get(before + "S" + id + after);
                assertNotNull(json, "S" + id);
                Matcher matcher = BID.matcher(json);
                assertTrue(matcher.find(), json);
                values.put("S" + id, matcher.group(1));
            }
        }
        return values;
    }

    private void assertLastValues(LocalServers server) throws IOException {
        Map<String, String> journaled = MadeUpDay.lastBids(root, DATE);
        assertEquals(MadeUpDay.INSTRUMENT_COUNT, journaled.size());
        assertEquals(journaled, stored(server, "sym:", ":latest"));
        assertEquals(journaled, stored(server, "quote:", ""));
        assertTrue(counter("conflated") > 0);
        assertEquals(counter("offered"),
            counter("written") + counter("conflated") + counter("left-out"));
    }

    @Test
    void shouldHoldTheLastJournaledValuesInAllShapes() throws IOException {
        LocalServers server = LocalServers.running("memcached");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS)) {
            Bridge bridge = bridge(server);
            run(bridge, isAtEnd(day));
            bridge.onClose();
        }
        assertLastValues(server);
        try (MemcachedConnection memcached =
            new MemcachedConnection(server.address(), TIMEOUT_MS)) {
            String json = memcached.get("quote:S7");
            assertEquals(json, memcached.get("sym:S7:latest"));
            assertTrue(json.startsWith("{\"symbol\":\"S7\",\"bid\":"), json);
            assertTrue(json.contains("\"ts\":1767312000,"), json);
        }
    }

    @Test
    void shouldGoOnWhereAnEarlierBridgeEnded() throws IOException {
        LocalServers server = LocalServers.running("memcached");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS)) {
            Bridge first = bridge(server);
            run(first, isAtEnd(day));
            first.onClose();
            long offered = counter("offered");
            Bridge second = bridge(server);
            day.write(30);
            run(second, isAtEnd(day));
            second.onClose();
            assertTrue(counter("offered") - offered <= 40, "it has begun anew");
            assertLastValues(server);
        }
        try (MemcachedConnection memcached =
            new MemcachedConnection(server.address(), TIMEOUT_MS)) {
            for (int id = 1; id <= MadeUpDay.INSTRUMENT_COUNT; id++) {
                String json = memcached.get("sym:S" + id + ":latest");
                assertFalse(json.contains("\"last\":null"), "the last print is forgotten: " + json);
            }
        }
    }

    @Test
    void shouldFillAServerThatHasForgottenEverything() throws IOException {
        LocalServers server = LocalServers.running("memcached");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS / 2)) {
            Bridge bridge = bridge(server);
            run(bridge, () -> counter("batches") >= 3);
            server.kill();
            run(bridge, () -> counter("failures") > 1);
            day.write(EVENTS / 2);
            server.start();
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertLastValues(server);
        }
    }

    @Test
    void shouldSayWhatTheServerRefuses() throws IOException {
        LocalServers server = LocalServers.running("memcached");
        try (MemcachedConnection memcached =
            new MemcachedConnection(server.address(), TIMEOUT_MS)) {
            memcached.set("millrace-test a%b", 0, "x\r\ny");
            assertEquals("x\r\ny", memcached.get("millrace-test a%b"));
            assertNull(memcached.get("millrace-test"));
            memcached.set("millrace-test:large", 0, "x".repeat(2 << 20));
            assertEquals("memcached answers set with 'SERVER_ERROR object too large for cache'",
                assertThrows(IOException.class, memcached::awaitStored).getMessage());
        }
    }

    @Test
    void shouldSpreadSecuritiesOverAllServers() {
        long[] counts = new long[3];
        for (int id = 0; id < 3_000; id++) {
            counts[MemcachedSink.server("S" + id, 3)]++;
        }
        for (long count : counts) {
            assertTrue(count > 900 && count < 1_100, List.of(counts[0], counts[1], counts[2])
                .toString());
        }
    }

    @Test
    void shouldRefuseOptionsOutsideTheirRange() {
        assertRefused(new MemcachedContext().servers("a:1,b"),
            "bridge.memcached.servers 'a:1,b' is not 1 to 26 of host:port with commas between");
        assertRefused(new MemcachedContext().clientId(""),
            "bridge.memcached.client-id '' is not a text of 1 to 64 characters");
        assertRefused(new MemcachedContext().quoteTtlS(2_592_001),
            "bridge.memcached.quote-ttl-s 2592001 is not within 1 to 2592000");
        assertRefused(new MemcachedContext().timeoutMs(0),
            "bridge.memcached.timeout-ms 0 is not within 1 to 60000");
    }

    private static void assertRefused(MemcachedContext context, String message) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }
}
