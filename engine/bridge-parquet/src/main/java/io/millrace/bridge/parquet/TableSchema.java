// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.table.Column;
import io.millrace.bridge.table.MarketTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

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

    /** The columns without Parquet's names for their types. */
    List<Column> plain() {
        return columns.getFields().stream().map(TableSchema::plain).toList();
    }

    private static Column plain(Type field) {
        var annotation = field.getLogicalTypeAnnotation();
        boolean isRequired = field.isRepetition(Type.Repetition.REQUIRED);
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return new Column(field.getName(), Column.Type.DECIMAL, decimal.getScale(),
                isRequired);
        }
        PrimitiveTypeName name = field.asPrimitiveType().getPrimitiveTypeName();
        Column.Type type = annotation instanceof DateLogicalTypeAnnotation ? Column.Type.DATE
            : annotation instanceof TimestampLogicalTypeAnnotation ? Column.Type.TIME_NS
            : switch (name) {
                case INT32 -> Column.Type.INT32;
                case INT64 -> Column.Type.INT64;
                case BINARY -> Column.Type.TEXT;
                default -> throw new IllegalStateException(field + " is of no type known here");
            };
        return new Column(field.getName(), type, 0, isRequired);
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
