// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import io.millrace.bridge.table.MarketTable;
import io.millrace.bridge.table.Row;
import io.millrace.journal.JournalQueue;
import java.io.InputStream;
import java.util.Arrays;

/** What a batch adds to one table, without what that holds already. The bridge's thread. */
final class TableRows {
    private final long[] heldSequences = new long[JournalQueue.values().length];
    private final RowBinaryWriter writer = new RowBinaryWriter();
    private final MarketTable table;

    TableRows(MarketTable table) {
        this.table = table;
    }

    String name() {
        return table.name();
    }

    void forgetHeld() {
        Arrays.fill(heldSequences, 0);
    }

    /**
     * Some table holds a queue's rows up to a sequence.
     *
     * @param label of the queue
     */
    void held(String tableName, String label, long sequence) {
        for (JournalQueue queue : JournalQueue.values()) {
            if (name().equals(tableName) && queue.label().equals(label)) {
                heldSequences[queue.ordinal()] = sequence;
            }
        }
    }

    void clear() {
        writer.clear();
    }

    void add(Row row) {
        if (table.takes(row) && row.event().sequence() > heldSequences[row.queue().ordinal()]) {
            row.writeCommon(writer);
            table.write(row, writer);
            writer.endRow();
        }
    }

    int count() {
        return writer.rows();
    }

    /** The rows, valid until the next are added. */
    InputStream stream() {
        return writer.stream();
    }
}
