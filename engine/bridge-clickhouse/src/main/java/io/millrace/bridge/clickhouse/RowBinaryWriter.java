// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.table.RowWriter;
import io.millrace.instrument.Price;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/** Rows in RowBinary, one value behind the other in the order of the columns. One thread. */
final class RowBinaryWriter implements RowWriter {
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MORE = 0x80;

    /** Few texts come again and again: symbols, venues, names of queues and kinds. */
    private final Map<String, byte[]> encoded = new HashMap<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
    private int length;
    private int rows;

    void clear() {
        length = 0;
        rows = 0;
    }

    /** Number of rows that were ended. */
    int rows() {
        return rows;
    }

    void endRow() {
        rows++;
    }

    @Override
    public RowBinaryWriter date(LocalDate date) {
        return int16((int) date.toEpochDay());
    }

    @Override
    public RowBinaryWriter int8(int value) {
        buffer.putByte(length, (byte) value);
        length += Byte.BYTES;
        return this;
    }

    @Override
    public RowBinaryWriter int16(int value) {
        buffer.putShort(length, (short) value, LITTLE_ENDIAN);
        length += Short.BYTES;
        return this;
    }

    @Override
    public RowBinaryWriter int64(long value) {
        buffer.putLong(length, value, LITTLE_ENDIAN);
        length += Long.BYTES;
        return this;
    }

    @Override
    public RowBinaryWriter nullable(long value) {
        return value == Price.UNDEFINED ? int8(1) : int8(0).int64(value);
    }

    @Override
    public RowBinaryWriter text(String text) {
        byte[] bytes = encoded.computeIfAbsent(text, key -> key.getBytes(UTF_8));
        int rest = bytes.length;
        while (rest >= VARINT_MORE) {
            int8(rest & VARINT_MORE - 1 | VARINT_MORE);
            rest >>>= VARINT_BITS;
        }
        int8(rest);
        buffer.putBytes(length, bytes);
        length += bytes.length;
        return this;
    }

    /** The rows, valid until the next are written. */
    InputStream stream() {
        return new ByteArrayInputStream(buffer.byteArray(), 0, length);
    }
}
