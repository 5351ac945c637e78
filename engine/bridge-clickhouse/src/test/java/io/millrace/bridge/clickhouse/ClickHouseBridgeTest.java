// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import static io.millrace.testing.AgentRun.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.QuoteDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.counter.Counters;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.testing.LocalServers;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge against the real server. */
class ClickHouseBridgeTest {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 2);
    private static final int EVENTS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 20_000;

    @TempDir
    private Path root;
    private final Counters counters = Counters.inMemory();
    private final String database = "t" + UUID.randomUUID().toString().substring(0, 8);

    private ClickHouseContext clickHouse(LocalServers server) {
        return new ClickHouseContext().url("http://" + server.address()).database(database)
            .timeoutMs(10_000);
    }

    private BridgeContext context() {
        return new BridgeContext().journalRoot(root).counters(counters).batchEvents(4_000)
            .lingerMs(1).longestRetryMs(300);
    }

    private Bridge bridge(LocalServers server) throws IOException {
        return new Bridge(context(), ClickHouseSink.factory(clickHouse(server)));
    }

    private long counter(String name) {
        return counters.value("bridge.clickhouse." + name);
    }

    private BooleanSupplier isAtEnd(MadeUpDay day) {
        return () -> day.isTaken(counters, "bridge.clickhouse");
    }

    private List<String> journaled(Integer... templateIds) {
        List<String> rows = new ArrayList<>();
        for (JournalQueue queue : JournalQueue.values()) {
            try (JournalTail tail = JournalTail.written(Journal.directory(root, DATE), queue)) {
                while (tail.next()) {
                    if (List.of(templateIds).contains(tail.event().templateId())) {
                        rows.add(queue.label() + ' ' + tail.event().sequence());
                    }
                }
            }
        }
        return rows;
    }

    private List<String> stored(LocalServers server, String table) {
        return query(server, "SELECT concat(queue, ' ', toString(sequence)) AS row FROM "
            + database + '.' + table + " WHERE epoch = '" + DATE + "' ORDER BY queue, sequence");
    }

    private static List<String> query(LocalServers server, String sql) {
        try (Client client = new Client.Builder().addEndpoint("http://" + server.address())
            .setUsername("default").setPassword("").build()) {
            return client.queryAll(sql).stream()
                .map((GenericRecord row) -> row.getString("row")).toList();
        }
    }

    private void assertTables(LocalServers server) {
        assertTables(server, "");
    }

    private void assertTables(LocalServers server, String suffix) {
        assertEquals(journaled(TradeDecoder.TEMPLATE_ID, OrderExecutedDecoder.TEMPLATE_ID),
            stored(server, "trades" + suffix));
        assertEquals(journaled(QuoteDecoder.TEMPLATE_ID, BboDecoder.TEMPLATE_ID),
            stored(server, "quotes" + suffix));
        assertEquals(journaled(LevelChangedDecoder.TEMPLATE_ID), stored(server, "levels" + suffix));
        assertEquals(journaled(OrderAddedDecoder.TEMPLATE_ID, OrderExecutedDecoder.TEMPLATE_ID),
            stored(server, "order_events" + suffix));
    }

    @Test
    void shouldHaveARowForEveryEvent() throws IOException {
        LocalServers server = LocalServers.running("clickhouse");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS)) {
            Bridge bridge = bridge(server);
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTables(server);
            assertEquals(List.of("0 1"), query(server, "SELECT concat(toString(countIf("
                + "not startsWith(symbol, 'S'))), ' ', toString(uniqExact(venue))) AS row FROM "
                + database + ".trades"));
        }
    }

    /** The question for its health is asked at the first look, before any batch. */
    @Test
    void shouldDoWithOneConnection() throws IOException {
        LocalServers server = LocalServers.running("clickhouse");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS)) {
            Bridge bridge = new Bridge(context(),
                ClickHouseSink.factory(clickHouse(server).maxConnections(1)));
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertEquals(0, counter("failures"));
            assertTables(server);
        }
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheServerIsKilled() throws IOException {
        LocalServers server = LocalServers.running("clickhouse");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS / 2)) {
            Bridge bridge = bridge(server);
            run(bridge, () -> counter("batches") >= 1);
            server.kill();
            run(bridge, () -> counter("failures") > 1);
            day.write(EVENTS / 2);
            server.start();
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTables(server);
        }
    }

    @Test
    void shouldRepeatNothingWhenItIsKilledBetweenInsertAndCheckpoint() throws IOException {
        LocalServers server = LocalServers.running("clickhouse");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS / 2)) {
            for (int i = 0; i < 3; i++) {
                Bridge killed = new Bridge(context().beforeCheckpoint(() -> {
                    throw new IllegalStateException("killed");
                }), ClickHouseSink.factory(clickHouse(server)));
                long failures = counter("failures");
                run(killed, () -> counter("failures") > failures);
                killed.onClose();
                day.write(100);
            }
            Files.deleteIfExists(root.resolve("bridges/clickhouse.checkpoint"));
            Bridge bridge = bridge(server);
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTables(server);
        }
    }

    @Test
    void shouldReadEveryTableOverTheCluster() throws IOException {
        LocalServers server = LocalServers.running("clickhouse");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(2_000)) {
            Bridge bridge = new Bridge(context(),
                ClickHouseSink.factory(clickHouse(server).cluster("millrace")));
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTables(server, "");
            assertTables(server, "_all");
        }
    }

    @Test
    void shouldInsertOneTableAfterTheOtherWithOneConnection() throws IOException {
        LocalServers server = LocalServers.running("clickhouse");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(500)) {
            Bridge bridge = new Bridge(context(), ClickHouseSink.factory(clickHouse(server)
                .maxConnections(1).counters(counters)));
            run(bridge, isAtEnd(day));
            server.pause();
            try {
                day.write(500);
                run(bridge, () -> counter("pool-leased") == 1 && counter("pool-waiting") >= 1);
                assertEquals(1, counter("pool-size"));
            } finally {
                server.resume();
            }
            run(bridge, isAtEnd(day));
            run(bridge, () -> counter("pool-leased") + counter("pool-waiting") == 0);
            bridge.onClose();
            assertTables(server, "");
        }
    }

    @Test
    void shouldShowHowTheServerIs() throws IOException {
        LocalServers server = LocalServers.running("clickhouse");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            Bridge bridge = new Bridge(context(), ClickHouseSink.factory(clickHouse(server)
                .healthSeconds(1).counters(counters)));
            run(bridge, isAtEnd(day));
            long rows = Long.parseLong(query(server, "SELECT toString(sum(rows)) AS row FROM "
                + "system.parts WHERE active AND database = '" + database + '\'').get(0));
            run(bridge, () -> counter("health") == 1 && counter("server-rows") == rows);
            assertTrue(counter("server-parts") > 0 && counter("server-bytes") > 0);
            server.kill();
            run(bridge, () -> counter("health") == 0);
            server.start();
            run(bridge, () -> counter("health") == 1 && counter("server-rows") == rows);
            bridge.onClose();
        }
    }

    @Test
    void shouldRefuseOptionsOutsideTheirRange() {
        assertRefused(new ClickHouseContext().url("localhost"),
            "bridge.clickhouse.url 'localhost' is not an address such as http://localhost:8123");
        assertRefused(new ClickHouseContext().database("a b"),
            "bridge.clickhouse.database 'a b' is not a name of letters, digits and _");
        assertRefused(new ClickHouseContext().ttlDays(0),
            "bridge.clickhouse.ttl-days 0 is not within 1 to 36500");
        assertRefused(new ClickHouseContext().timeoutMs(0),
            "bridge.clickhouse.timeout-ms 0 is not within 1 to 3600000");
        assertRefused(new ClickHouseContext().cluster("a-b"),
            "bridge.clickhouse.cluster 'a-b' is not a name of letters, digits and _");
        assertRefused(new ClickHouseContext().onCluster(true),
            "bridge.clickhouse.on-cluster is true, and bridge.clickhouse.cluster names none");
        assertRefused(new ClickHouseContext().maxConnections(65),
            "bridge.clickhouse.max-connections 65 is not within 1 to 64");
        assertRefused(new ClickHouseContext().healthSeconds(0),
            "bridge.clickhouse.health-seconds 0 is not within 1 to 3600");
    }

    private static void assertRefused(ClickHouseContext context, String message) {
        assertEquals(message,
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }
}
