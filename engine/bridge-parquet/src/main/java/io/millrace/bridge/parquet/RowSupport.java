// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import io.millrace.bridge.table.Row;
import io.millrace.bridge.table.RowWriter;
import io.millrace.instrument.Price;
import java.time.LocalDate;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** The rows of one file, value by value to the library. One thread. */
final class RowSupport extends WriteSupport<Row> implements RowWriter {
    private final TableSchema schema;
    private RecordConsumer consumer;
    private int column;

    RowSupport(TableSchema schema) {
        this.schema = schema;
    }

    /** Abstract there though deprecated. */
    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
        return new WriteContext(schema.columns(), Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(schema.columns(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(Row row) {
        column = 0;
        consumer.startMessage();
        row.writeCommon(this);
        schema.table().write(row, this);
        consumer.endMessage();
        assert column == schema.columns().getFieldCount() : column + " of " + schema.columns();
    }

    @Override
    public RowSupport date(LocalDate date) {
        return int32((int) date.toEpochDay());
    }

    @Override
    public RowSupport int8(int value) {
        return int32(value);
    }

    @Override
    public RowSupport int16(int value) {
        return int32(value);
    }

    private RowSupport int32(int value) {
        begin();
        consumer.addInteger(value);
        return end();
    }

    @Override
    public RowSupport int64(long value) {
        begin();
        consumer.addLong(value);
        return end();
    }

    @Override
    public RowSupport nullable(long value) {
        if (value == Price.UNDEFINED) {
            column++;
            return this;
        }
        return int64(value);
    }

    @Override
    public RowSupport text(String text) {
        begin();
        consumer.addBinary(Binary.fromString(text));
        return end();
    }

    private void begin() {
        consumer.startField(schema.columns().getFieldName(column), column);
    }

    private RowSupport end() {
        consumer.endField(schema.columns().getFieldName(column), column);
        column++;
        return this;
    }
}
