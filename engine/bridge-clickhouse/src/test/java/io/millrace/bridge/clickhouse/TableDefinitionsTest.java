// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.bridge.table.MarketTable;
import io.millrace.testing.LocalServers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The statements on the real server, which has a keeper in its memory and is a cluster of one. */
class TableDefinitionsTest {
    private final List<MarketTable> tables = MarketTable.all();

    private static ClickHouseContext context() {
        return new ClickHouseContext().database("t"
            + UUID.randomUUID().toString().substring(0, 8));
    }

    private static Client client() {
        LocalServers server = LocalServers.running("clickhouse");
        return new Client.Builder().addEndpoint("http://" + server.address())
            .setUsername("default").setPassword("").build();
    }

    private void make(Client client, ClickHouseContext context) throws Exception {
        for (String statement : new TableDefinitions(context.conclude()).statements(tables)) {
            client.execute(statement).get().close();
        }
    }

    private static List<String> query(Client client, String sql) {
        return client.queryAll(sql).stream().map((GenericRecord row) -> row.getString("row"))
            .toList();
    }

    private static List<String> columns(Client client, ClickHouseContext context,
        String suffix) {
        return query(client, "SELECT concat(replaceOne(table, '" + suffix + "', ''), ' ',"
            + " toString(position), ' ', name, ' ', type, ' ', compression_codec) AS row"
            + " FROM system.columns WHERE database = '" + context.database()
            + "' AND endsWith(table, '" + suffix + "') ORDER BY row");
    }

    private static String engine(Client client, ClickHouseContext context, String table) {
        return query(client, "SELECT engine_full AS row FROM system.tables WHERE database = '"
            + context.database() + "' AND name = '" + table + '\'').get(0);
    }

    @Test
    void shouldMakeTablesOfTheSameColumnsWhateverTheirEngine() throws Exception {
        try (Client client = client()) {
            ClickHouseContext plain = context();
            ClickHouseContext replicated = context().replicated(true);
            make(client, plain);
            make(client, replicated);
            List<String> columns = columns(client, plain, "");
            assertTrue(columns.size() > tables.size() * 10, columns.toString());
            assertEquals(columns, columns(client, replicated, ""));
            assertEquals("MergeTree PARTITION BY epoch ORDER BY (symbol, receive_time, sequence)"
                + " TTL epoch + toIntervalDay(365) SETTINGS"
                + " non_replicated_deduplication_window = 10000, index_granularity = 8192",
                engine(client, plain, "trades"));
            assertEquals("ReplicatedMergeTree('/clickhouse/tables/{shard}/"
                + replicated.database() + "/trades', '{replica}') PARTITION BY epoch"
                + " ORDER BY (symbol, receive_time, sequence) TTL epoch + toIntervalDay(365)"
                + " SETTINGS replicated_deduplication_window = 10000,"
                + " replicated_deduplication_window_seconds = 604800, index_granularity = 8192",
                engine(client, replicated, "trades"));
            client.execute("DROP DATABASE " + replicated.database() + " SYNC").get().close();
        }
    }

    @Test
    void shouldMakeATableOverTheClusterOfTheSameColumns() throws Exception {
        try (Client client = client()) {
            ClickHouseContext context = context().cluster("millrace");
            make(client, context);
            make(client, context);
            List<String> over = columns(client, context, "_all");
            assertEquals(columns(client, context, "").stream()
                .filter(row -> !row.contains("_all ")).toList(), over);
            assertEquals("Distributed('millrace', '" + context.database()
                + "', 'quotes', cityHash64(symbol))", engine(client, context, "quotes_all"));
        }
    }

    /** The library has no queue for statements on clusters: it can only be asked to read them. */
    @Test
    void shouldWriteStatementsOnTheClusterThatTheServerUnderstands() throws Exception {
        try (Client client = client()) {
            List<String> statements = new TableDefinitions(context().cluster("millrace")
                .replicated(true).onCluster(true).conclude()).statements(tables);
            assertEquals(1 + 2 * tables.size(), statements.size());
            for (String statement : statements) {
                assertTrue(statement.contains(" ON CLUSTER millrace"), statement);
                String read = query(client, "SELECT formatQuerySingleLine('"
                    + statement.replace("'", "\\'") + "') AS row").get(0);
                assertTrue(read.contains(" ON CLUSTER millrace"), read);
            }
        }
    }
}
