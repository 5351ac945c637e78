// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import java.time.LocalDate;

/**
 * Takes the values of a row in the order of the columns. What a price, a size or a time is more
 * than a number is told to whoever has a type for it.
 */
public interface RowWriter {
    /** A day. */
    RowWriter date(LocalDate date);

    /** An unsigned number of 8 bits. */
    RowWriter int8(int value);

    /** An unsigned number of 16 bits. */
    RowWriter int16(int value);

    /** A number. */
    RowWriter int64(long value);

    /** The same, or nothing for the schema's null. */
    RowWriter nullable(long value);

    /** Ns since the epoch. */
    default RowWriter time(long ns) {
        return int64(ns);
    }

    /** The same, or nothing for the schema's null. */
    default RowWriter nullableTime(long ns) {
        return nullable(ns);
    }

    /** A price at 1e-9, or nothing for the schema's null. */
    default RowWriter price(long nanos) {
        return nullable(nanos);
    }

    /** A size at 1e-6, or nothing for the schema's null. */
    default RowWriter size(long micros) {
        return nullable(micros);
    }

    /** A word. */
    RowWriter text(String text);
}
