// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.table.MarketTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * A table and its columns.
 *
 * @param table   tells which events are its rows
 * @param columns in the order in which the table writes them
 */
record TableSchema(MarketTable table, MessageType columns) {

    /** With the columns that stand in the file of the table's name. */
    static TableSchema of(MarketTable table) {
        return new TableSchema(table, MessageTypeParser.parseMessageType(
            text(table.name()).replace("${common}", text("common"))));
    }

    String name() {
        return table.name();
    }

    private static String text(String name) {
        try (InputStream in = TableSchema.class.getResourceAsStream(name + ".schema")) {
            if (in == null) {
                throw new IllegalStateException(name + ".schema is not on the class path");
            }
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
