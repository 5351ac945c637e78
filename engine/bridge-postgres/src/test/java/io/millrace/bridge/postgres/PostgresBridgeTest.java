// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.postgres;

import static io.millrace.testing.AgentRun.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.table.MarketTable;
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
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge against the real server. */
class PostgresBridgeTest {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 2);
    private static final int EVENTS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 20_000;

    @TempDir
    private Path root;
    private final Counters counters = Counters.inMemory();
    private final String schema = "t" + UUID.randomUUID().toString().substring(0, 8);

    private PostgresContext postgres(LocalServers server) {
        return new PostgresContext().servers(server.address()).schema(schema).timeoutMs(10_000);
    }

    private BridgeContext context() {
        return new BridgeContext().journalRoot(root).counters(counters).batchEvents(4_000)
            .lingerMs(1).longestRetryMs(300).stallMs(200);
    }

    private Bridge bridge(LocalServers server) throws IOException {
        return new Bridge(context(), PostgresSink.factory(postgres(server)));
    }

    private long counter(String name) {
        return counters.value("bridge.postgres." + name);
    }

    private BooleanSupplier isAtEnd(MadeUpDay day) {
        return () -> day.isTaken(counters, "bridge.postgres");
    }

    private List<String> journaled(LocalDate date, Integer... templateIds) {
        List<String> rows = new ArrayList<>();
        for (JournalQueue queue : JournalQueue.values()) {
            try (JournalTail tail = JournalTail.written(Journal.directory(root, date), queue)) {
                while (tail.next()) {
                    if (List.of(templateIds).contains(tail.event().templateId())) {
                        rows.add(queue.label() + ' ' + tail.event().sequence() + ' '
                            + tail.event().receiveTimeNs());
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> query(LocalServers server, String sql) {
        try (Database database = Database.of(server)) {
            return database.query(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertTables(LocalServers server, LocalDate date) {
        assertTable(server, date, "trades", TradeDecoder.TEMPLATE_ID,
            OrderExecutedDecoder.TEMPLATE_ID);
        assertTable(server, date, "quotes", QuoteDecoder.TEMPLATE_ID, BboDecoder.TEMPLATE_ID);
        assertTable(server, date, "levels", LevelChangedDecoder.TEMPLATE_ID);
        assertTable(server, date, "order_events", OrderAddedDecoder.TEMPLATE_ID,
            OrderExecutedDecoder.TEMPLATE_ID);
    }

    private void assertTable(LocalServers server, LocalDate date, String table,
        Integer... templateIds) {
        assertEquals(journaled(date, templateIds), query(server, "SELECT concat_ws(' ', queue,"
            + " sequence, receive_time_ns) FROM " + schema + '.' + table + " WHERE epoch = '"
            + date + "' ORDER BY queue COLLATE \"C\", sequence"), table);
    }

    @Test
    void shouldHaveARowForEveryEvent() throws IOException {
        LocalServers server = LocalServers.running("postgres");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS)) {
            Bridge bridge = bridge(server);
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTables(server, DATE);
            assertEquals(List.of("0 1 2 t t"), query(server, "SELECT concat_ws(' ', count(*)"
                + " FILTER (WHERE symbol NOT LIKE 'S%'), count(DISTINCT venue),"
                + " max(scale(trim_scale(price))), min(price) >= 100 AND max(price) < 110,"
                + " min(size) >= 1 AND max(size) <= 900) FROM " + schema + ".trades"));
        }
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheServerIsKilled() throws IOException {
        LocalServers server = LocalServers.running("postgres");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS / 2)) {
            Bridge bridge = bridge(server);
            run(bridge, () -> counter("batches") >= 1);
            server.kill();
            run(bridge, () -> counter("failures") > 1);
            day.write(EVENTS / 2);
            server.start();
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTables(server, DATE);
        }
    }

    @Test
    void shouldSeeThatTheServerStallsAndGoOnWhenItDoes() throws IOException {
        LocalServers server = LocalServers.running("postgres");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS / 2)) {
            Bridge bridge = bridge(server);
            run(bridge, () -> counter("batches") >= 1);
            server.pause();
            try {
                day.write(EVENTS / 2);
                run(bridge, () -> counter("stalls") == 1);
            } finally {
                server.resume();
            }
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTables(server, DATE);
        }
    }

    @Test
    void shouldRepeatNothingWhenItIsKilledBetweenCommitAndCheckpoint() throws IOException {
        LocalServers server = LocalServers.running("postgres");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS / 2)) {
            for (int i = 0; i < 3; i++) {
                Bridge killed = new Bridge(context().beforeCheckpoint(() -> {
                    throw new IllegalStateException("killed");
                }), PostgresSink.factory(postgres(server)));
                long failures = counter("failures");
                run(killed, () -> counter("failures") > failures);
                killed.onClose();
                day.write(100);
            }
            Files.deleteIfExists(root.resolve("bridges/postgres.checkpoint"));
            Bridge bridge = bridge(server);
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTables(server, DATE);
        }
    }

    @Test
    void shouldRepeatNothingWhenTwoBridgesWriteUnderOneName() throws IOException {
        LocalServers server = LocalServers.running("postgres");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            Counters others = Counters.inMemory();
            Bridge bridge = bridge(server);
            Bridge other = new Bridge(context().counters(others),
                PostgresSink.factory(postgres(server)));
            run(bridge, isAtEnd(day));
            run(other, () -> day.isTaken(others, "bridge.postgres"));
            day.write(1_000);
            run(other, () -> day.isTaken(others, "bridge.postgres"));
            run(bridge, isAtEnd(day));
            assertTrue(counter("failures") > 0);
            assertTrue(errors().contains("was moved by somebody else"), errors());
            bridge.onClose();
            other.onClose();
            assertTables(server, DATE);
        }
    }

    @Test
    void shouldHaveAPartitionForEachTradingDate() throws IOException {
        LocalServers server = LocalServers.running("postgres");
        LocalDate next = DATE.plusDays(1);
        MadeUpDay.begin(root, DATE).write(1_000).close();
        try (MadeUpDay day = MadeUpDay.begin(root, next).write(1_000)) {
            Bridge bridge = bridge(server);
            run(bridge, () -> counter("epoch") == 20_261_103 && isAtEnd(day).getAsBoolean());
            bridge.onClose();
            assertTables(server, DATE);
            assertTables(server, next);
            assertEquals(List.of("trades_20261102", "trades_20261103"), query(server,
                "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                    + " WHERE i.inhparent = '" + schema + ".trades'::regclass ORDER BY 1"));
        }
    }

    @Test
    void shouldSignInWithAPassword() throws IOException, SQLException {
        LocalServers server = LocalServers.running("postgres");
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000);
            Database database = Database.of(server)) {
            database.execute("CREATE ROLE with_password LOGIN PASSWORD '" + schema
                + "'; GRANT CREATE ON DATABASE millrace TO with_password");
            try {
                PostgresContext context = postgres(server).user("with_password").password("other");
                Bridge bridge = new Bridge(context(), PostgresSink.factory(context));
                run(bridge, () -> counter("failures") > 0);
                assertTrue(errors().contains("password authentication failed"), errors());
                context.password(schema);
                run(bridge, isAtEnd(day));
                bridge.onClose();
                assertTables(server, DATE);
            } finally {
                database.execute("DROP OWNED BY with_password CASCADE; DROP ROLE with_password");
            }
        }
    }

    private String errors() {
        StringBuilder text = new StringBuilder();
        counters.forEachError((count, firstNs, lastNs, error) -> text.append(error));
        return text.toString();
    }

    /** The extension is not at hand: a function of its signature hears what it would be told. */
    @Test
    void shouldAskTimescaleToCutAPlainTableByDay() throws IOException, SQLException {
        LocalServers server = LocalServers.running("postgres");
        TableDefinitions definitions = new TableDefinitions(schema);
        MarketTable trades = MarketTable.all().get(0);
        try (Database database = Database.of(server)) {
            database.execute("CREATE SCHEMA " + schema + "; SET search_path = " + schema
                + "; CREATE FUNCTION create_hypertable(relation regclass, time_column_name name,"
                + " chunk_time_interval interval, if_not_exists boolean) RETURNS text LANGUAGE sql"
                + " AS 'SELECT concat_ws('' '', relation, time_column_name, chunk_time_interval,"
                + " if_not_exists)'");
            database.execute(definitions.plain(trades));
            assertEquals(List.of("trades receive_time 1 day t"),
                database.query(definitions.hypertable(trades)));
        }
    }
}
