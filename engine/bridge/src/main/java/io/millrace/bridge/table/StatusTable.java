// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import io.millrace.codec.event.TradingStatusDecoder;

/** Halts, pauses and resumptions. */
final class StatusTable implements MarketTable {
    private final TradingStatusDecoder status = new TradingStatusDecoder();

    @Override
    public String name() {
        return "status";
    }

    @Override
    public boolean takes(Row row) {
        return row.event().templateId() == TradingStatusDecoder.TEMPLATE_ID;
    }

    @Override
    public void write(Row row, RowWriter writer) {
        status.wrap(row.event().buffer(), row.event().offset(), row.event().blockLength(),
            TradingStatusDecoder.SCHEMA_VERSION);
        writer.text(status.state().name()).text(status.scope().name());
    }
}
