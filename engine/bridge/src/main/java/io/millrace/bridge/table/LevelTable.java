// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.MarketRecord.Kind;

/** Sizes at prices. */
final class LevelTable implements MarketTable {
    @Override
    public String name() {
        return "levels";
    }

    @Override
    public boolean takes(Row row) {
        return row.record().kind() == Kind.LEVEL;
    }

    @Override
    public void write(Row row, RowWriter writer) {
        MarketRecord level = row.record();
        writer.text(level.side().name()).price(level.price()).size(level.size());
    }
}
