// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import java.util.List;

/**
 * A table of the outside: its name and its rows. What a column is there stands in a file of the
 * table's name beside each sink that has tables. One thread.
 */
public interface MarketTable {
    /** Every table, made anew: each keeps flyweights. */
    static List<MarketTable> all() {
        return List.of(new TradeTable(), new QuoteTable(), new LevelTable(),
            new OrderEventTable(), new GapTable(), new StatusTable());
    }

    /** Name outside. */
    String name();

    /** True for events that become rows of this table. */
    boolean takes(Row row);

    /** Writes the columns behind the common ones. */
    void write(Row row, RowWriter writer);
}
