// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.table.MarketTable;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * The statements of a schema, from files beside this class; the columns of a table stand in the
 * one of its name. Immutable.
 */
final class TableDefinitions {
    private static final String PARTITIONING = "PARTITION BY LIST (epoch)";

    private final String schema;

    TableDefinitions(String schema) {
        this.schema = schema;
    }

    /** A table of a partition for each trading date. */
    String partitioned(MarketTable table) throws IOException {
        return table(table, PARTITIONING);
    }

    /** A table in one piece, which an extension may cut its own way. */
    String plain(MarketTable table) throws IOException {
        return table(table, "");
    }

    private String table(MarketTable table, String partitioning) throws IOException {
        return filled("table", table)
            .replace("${common}", text("common"))
            .replace("${columns}", text(table.name()))
            .replace("${partitioning}", partitioning);
    }

    /** Makes a plain table one that TimescaleDB cuts by day. */
    String hypertable(MarketTable table) throws IOException {
        return filled("timescale", table);
    }

    /** The part of a partitioned table that a trading date's rows go to. */
    String partition(MarketTable table, LocalDate epoch) throws IOException {
        return filled("partition", table).replace("${partition}", partitionName(table, epoch))
            .replace("${epoch}", epoch.toString());
    }

    /** Its name, without the schema. */
    String partitionName(MarketTable table, LocalDate epoch) {
        return table.name() + '_' + DateTimeFormatter.BASIC_ISO_DATE.format(epoch);
    }

    private String filled(String file, MarketTable table) throws IOException {
        return text(file).replace("${schema}", schema).replace("${table}", table.name());
    }

    /** A statement about no table of its own. */
    String statement(String file) throws IOException {
        return text(file).replace("${schema}", schema);
    }

    private static String text(String file) throws IOException {
        try (InputStream in = TableDefinitions.class.getResourceAsStream(file + ".sql")) {
            if (in == null) {
                throw new IOException(file + ".sql is not on the class path");
            }
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        }
    }
}
