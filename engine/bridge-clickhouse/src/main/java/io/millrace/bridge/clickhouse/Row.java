// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import io.millrace.bridge.MarketRecord;
import io.millrace.bridge.Position;
import io.millrace.bridge.RecordJson;
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
record Row(Position position, JournalQueue queue, EventView event, String symbol,
    MarketRecord record) {

    /** The columns that all tables begin with. */
    RowWriter writeCommon(RowWriter writer) {
        return writer.date(position.epoch()).int64(position.birthNs()).text(queue.label())
            .int64(event.sequence()).int64(event.receiveTimeNs())
            .nullable(event.exchangeTimeNs()).text(symbol)
            .text(RecordJson.venue(event.venueId())).int8(event.channelId())
            .int16(event.flags());
    }
}
