// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import io.millrace.bridge.EventBatch;
import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.Position;
import io.millrace.bridge.RecordJson;
import io.millrace.bridge.SymbolDirectory;
import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;

/**
 * An event that may become a row.
 *
 * @param position of its batch, which tells the journal
 * @param queue    where it comes from
 * @param event    valid during the call
 * @param symbol   of its security, empty for none
 * @param record   the event taken apart
 */
public record Row(Position position, JournalQueue queue, EventView event, String symbol,
    MarketRecord record) {

    /**
     * An event of a batch, until another one is asked for.
     *
     * @param record filled with it
     */
    public static Row of(EventBatch batch, int index, SymbolDirectory symbols,
        MarketRecord record) {
        record.wrap(batch, index);
        int instrumentId = batch.event(index).instrumentId();
        String symbol = instrumentId > 0 ? symbols.symbol(instrumentId) : "";
        return new Row(batch.to(), batch.queue(index), batch.event(index),
            symbol == null ? "#" + instrumentId : symbol, record);
    }

    /** Writes the columns that all tables begin with. */
    public void writeCommon(RowWriter writer) {
        writer.date(position.epoch()).int64(position.birthNs()).text(queue.label())
            .int64(event.sequence()).time(event.receiveTimeNs())
            .nullableTime(event.exchangeTimeNs()).text(symbol)
            .text(RecordJson.venue(event.venueId())).int8(event.channelId())
            .int16(event.flags());
    }
}
