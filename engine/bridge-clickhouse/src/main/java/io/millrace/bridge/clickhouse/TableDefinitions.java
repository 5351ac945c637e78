// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.table.MarketTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that make what is missing outside. Columns stand in one file a table, whatever
 * its engine; whether tables are plain, replicated or read over a cluster is told around them.
 * Immutable.
 */
final class TableDefinitions {
    /** Inserts that a table remembers; a bridge repeats none but its last. */
    private static final int WINDOW = 10_000;
    private static final int WINDOW_SECONDS = 7 * 86_400;

    private final ClickHouseContext context;

    /** @param context concluded */
    TableDefinitions(ClickHouseContext context) {
        this.context = context;
    }

    /** Database, tables, and the tables over the cluster, in their order. */
    List<String> statements(List<MarketTable> tables) throws IOException {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE DATABASE IF NOT EXISTS " + context.database() + onCluster()
            + " ENGINE = Atomic");
        for (MarketTable table : tables) {
            statements.add(filled("table", table.name()));
            if (!context.cluster().isEmpty()) {
                statements.add(filled("distributed", table.name()));
            }
        }
        return statements;
    }

    private String filled(String file, String table) throws IOException {
        return text(file)
            .replace("${common}", text("common"))
            .replace("${columns}", text(table))
            .replace("${engine}", engine(table))
            .replace("${deduplication}", deduplication())
            .replace("${on_cluster}", onCluster())
            .replace("${cluster}", context.cluster())
            .replace("${database}", context.database())
            .replace("${table}", table)
            .replace("${ttl_days}", Integer.toString(context.ttlDays()));
    }

    /** The macros in braces are the server's: which shard it is of, and which replica it is. */
    private String engine(String table) {
        return !context.isReplicated() ? "MergeTree" : "ReplicatedMergeTree('/clickhouse/tables/"
            + "{shard}/" + context.database() + '/' + table + "', '{replica}')";
    }

    private String deduplication() {
        return !context.isReplicated() ? "non_replicated_deduplication_window = " + WINDOW
            : "replicated_deduplication_window = " + WINDOW
                + ", replicated_deduplication_window_seconds = " + WINDOW_SECONDS;
    }

    private String onCluster() {
        return context.isOnCluster() ? " ON CLUSTER " + context.cluster() : "";
    }

    /** A file beside this class. */
    static String text(String file) throws IOException {
        try (InputStream in = TableDefinitions.class.getResourceAsStream(file + ".sql")) {
            if (in == null) {
                throw new IOException(file + ".sql is not on the class path");
            }
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        }
    }
}
