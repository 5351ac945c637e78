// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.postgres;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.table.RowWriter;
import io.millrace.instrument.Price;
import java.time.LocalDate;
import org.agrona.ExpandableArrayBuffer;

/**
 * Rows in the server's binary COPY format, whose numbers are big-endian: before each row the count
 * of its fields, before each field its length. One thread at a time.
 */
final class CopyWriter implements RowWriter {
    /** Eleven bytes of signature, then no flags and no extension. */
    private static final byte[] SIGNATURE =
        {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int HEADER_LENGTH = SIGNATURE.length + 2 * Integer.BYTES;
    private static final int NULL = -1;
    private static final short END = -1;

    /** The server counts days and microseconds from 2000-01-01. */
    private static final int DAY_ZERO = (int) LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long TIME_ZERO_US = DAY_ZERO * 86_400_000_000L;
    private static final long NS_PER_US = 1_000;

    /** Decimals are groups of four digits, aligned at the point. */
    private static final int GROUP = 10_000;
    private static final int GROUPS = 6;
    private static final short NEGATIVE = 0x4000;
    private static final int NUMERIC_LENGTH = (4 + GROUPS) * Short.BYTES;
    private static final int PRICE_DIGITS = 9;
    private static final int PRICE_GROUPS = 3;
    private static final int SIZE_DIGITS = 6;
    private static final int SIZE_GROUPS = 2;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
    private int length;
    private int rowStart;
    private int fields;
    private int rows;

    CopyWriter() {
        buffer.putBytes(0, SIGNATURE);
        buffer.putInt(SIGNATURE.length, 0);
        buffer.putInt(SIGNATURE.length + Integer.BYTES, 0);
        clear();
    }

    void clear() {
        length = HEADER_LENGTH;
        rows = 0;
    }

    /** Number of rows that were ended. */
    int rows() {
        return rows;
    }

    void beginRow() {
        rowStart = length;
        fields = 0;
        length += Short.BYTES;
    }

    void endRow() {
        buffer.putShort(rowStart, (short) fields, BIG_ENDIAN);
        rows++;
    }

    /** Ends the rows: so many of the {@link #bytes} are they, with what stands around them. */
    int end() {
        buffer.putShort(length, END, BIG_ENDIAN);
        return length + Short.BYTES;
    }

    /** Valid until the next row is written. */
    byte[] bytes() {
        return buffer.byteArray();
    }

    @Override
    public CopyWriter date(LocalDate date) {
        return int32((int) date.toEpochDay() - DAY_ZERO);
    }

    /** The server has no unsigned numbers: the next wider one. */
    @Override
    public CopyWriter int8(int value) {
        field(Short.BYTES);
        return group(value);
    }

    /** The same. */
    @Override
    public CopyWriter int16(int value) {
        return int32(value);
    }

    private CopyWriter int32(int value) {
        field(Integer.BYTES);
        buffer.putInt(length, value, BIG_ENDIAN);
        length += Integer.BYTES;
        return this;
    }

    @Override
    public CopyWriter int64(long value) {
        field(Long.BYTES);
        buffer.putLong(length, value, BIG_ENDIAN);
        length += Long.BYTES;
        return this;
    }

    @Override
    public CopyWriter nullable(long value) {
        return value == Price.UNDEFINED ? nothing() : int64(value);
    }

    /** Two columns: the server's own time has microseconds, the one behind it is exact. */
    @Override
    public CopyWriter time(long ns) {
        return int64(Math.floorDiv(ns, NS_PER_US) - TIME_ZERO_US).int64(ns);
    }

    @Override
    public CopyWriter nullableTime(long ns) {
        return ns == Price.UNDEFINED ? nothing().nothing() : time(ns);
    }

    @Override
    public CopyWriter price(long nanos) {
        return decimal(nanos, Price.PRICE_UNIT, PRICE_DIGITS, PRICE_GROUPS);
    }

    @Override
    public CopyWriter size(long micros) {
        return decimal(micros, Price.SIZE_UNIT, SIZE_DIGITS, SIZE_GROUPS);
    }

    /** Groups of the whole part, then of the fraction, which zeros fill up to a whole group. */
    private CopyWriter decimal(long value, long unit, int digits, int fractionGroups) {
        if (value == Price.UNDEFINED) {
            return nothing();
        }
        field(NUMERIC_LENGTH);
        int wholeGroups = GROUPS - fractionGroups;
        group(GROUPS).group(wholeGroups - 1).group(value < 0 ? NEGATIVE : 0).group(digits);
        int first = length;
        length += GROUPS * Short.BYTES;
        long fraction = Math.abs(value % unit);
        for (int i = digits; i < fractionGroups * 4; i++) {
            fraction *= 10;
        }
        groups(first, wholeGroups, Math.abs(value / unit));
        groups(first + wholeGroups * Short.BYTES, fractionGroups, fraction);
        return this;
    }

    private void groups(int offset, int count, long value) {
        long rest = value;
        for (int i = count - 1; i >= 0; i--) {
            buffer.putShort(offset + i * Short.BYTES, (short) (rest % GROUP), BIG_ENDIAN);
            rest /= GROUP;
        }
    }

    private CopyWriter group(int value) {
        buffer.putShort(length, (short) value, BIG_ENDIAN);
        length += Short.BYTES;
        return this;
    }

    @Override
    public CopyWriter text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        field(bytes.length);
        buffer.putBytes(length, bytes);
        length += bytes.length;
        return this;
    }

    private CopyWriter nothing() {
        field(NULL);
        return this;
    }

    private void field(int fieldLength) {
        buffer.putInt(length, fieldLength, BIG_ENDIAN);
        length += Integer.BYTES;
        fields++;
    }
}
