// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import java.time.LocalDate;

/** Takes the values of a row in the order of the columns. */
public interface RowWriter {
    /** A day. */
    RowWriter date(LocalDate date);

    /** An unsigned number of 8 bits. */
    RowWriter int8(int value);

    /** An unsigned number of 16 bits. */
    RowWriter int16(int value);

    /** A number, a fixed-point value or a time in ns. */
    RowWriter int64(long value);

    /** The same, or nothing for the schema's null. */
    RowWriter nullable(long value);

    /** A word. */
    RowWriter text(String text);
}
