// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

/** A table: its name, which is that of its SQL file as well, and its rows. */
interface ClickHouseTable {
    String name();

    /** True for events that become rows of this table. */
    boolean takes(Row row);

    /** Writes the columns behind the common ones. */
    void write(Row row, RowWriter writer);
}
