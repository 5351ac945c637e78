// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import io.millrace.codec.event.GapDecoder;

/** Holes of feeds: opened, healed, lost. */
final class GapTable implements MarketTable {
    private final GapDecoder gap = new GapDecoder();

    @Override
    public String name() {
        return "gaps";
    }

    @Override
    public boolean takes(Row row) {
        return row.event().templateId() == GapDecoder.TEMPLATE_ID;
    }

    @Override
    public void write(Row row, RowWriter writer) {
        gap.wrap(row.event().buffer(), row.event().offset(), row.event().blockLength(),
            GapDecoder.SCHEMA_VERSION);
        writer.text(gap.state().name()).text(gap.cure().name()).int64(gap.fromSequence())
            .int64(gap.toSequence());
    }
}
