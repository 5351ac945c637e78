// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.iceberg;

import io.millrace.bridge.table.Column;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Columns in Iceberg's words; ids count from 1 in the order of the columns. */
final class TableColumns {
    private static final int DECIMAL_DIGITS = 18;

    private TableColumns() {
    }

    static Schema schema(List<Column> columns) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Column column : columns) {
            int id = fields.size() + 1;
            fields.add(column.isRequired()
                ? Types.NestedField.required(id, column.name(), type(column))
                : Types.NestedField.optional(id, column.name(), type(column)));
        }
        return new Schema(fields);
    }

    private static Type type(Column column) {
        return switch (column.type()) {
            case DATE -> Types.DateType.get();
            case INT32 -> Types.IntegerType.get();
            case INT64 -> Types.LongType.get();
            case TIME_NS -> Types.TimestampNanoType.withZone();
            case DECIMAL -> Types.DecimalType.of(DECIMAL_DIGITS, column.scale());
            case TEXT -> Types.StringType.get();
        };
    }
}
