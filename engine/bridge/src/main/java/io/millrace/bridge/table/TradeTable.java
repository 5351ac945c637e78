// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.MarketRecord.Kind;

/** Trades and executions. */
final class TradeTable implements MarketTable {
    @Override
    public String name() {
        return "trades";
    }

    @Override
    public boolean takes(Row row) {
        return row.record().kind() == Kind.TRADE;
    }

    @Override
    public void write(Row row, RowWriter writer) {
        MarketRecord trade = row.record();
        writer.price(trade.price()).size(trade.size()).text(trade.side().name())
            .int64(trade.tradeId());
    }
}
