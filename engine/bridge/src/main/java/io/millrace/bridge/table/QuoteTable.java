// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.MarketRecord.Kind;

/** Quotes as venues send them, of books and across venues; the column kind tells which. */
final class QuoteTable implements MarketTable {
    @Override
    public String name() {
        return "quotes";
    }

    @Override
    public boolean takes(Row row) {
        Kind kind = row.record().kind();
        return kind == Kind.QUOTE || kind == Kind.BBO || kind == Kind.NBBO;
    }

    @Override
    public void write(Row row, RowWriter writer) {
        MarketRecord quote = row.record();
        writer.text(quote.kind().name()).price(quote.bidPrice()).size(quote.bidSize())
            .price(quote.askPrice()).size(quote.askSize());
    }
}
