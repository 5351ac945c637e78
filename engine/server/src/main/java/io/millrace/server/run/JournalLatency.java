// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.event.Measurement;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/**
 * Reads from a journal alone how long each step took: every event carries its stamps. One thread.
 */
public final class JournalLatency {
    private static final long MAX_NS = 0xFFFF_FFFFL;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Path epochDirectory;

    /** @param epochDirectory directory of an epoch */
    public JournalLatency(Path epochDirectory) {
        this.epochDirectory = epochDirectory;
    }

    /** Adds the rows of both queues to a table. */
    public LatencyTable addTo(LatencyTable table) {
        addQueue(table, JournalQueue.INBOUND, "receipt to ring", "receipt to inbound journal");
        addQueue(table, JournalQueue.OUTBOUND, "receipt to outbound ring",
            "receipt to outbound journal");
        return table;
    }

    private void addQueue(LatencyTable table, JournalQueue queue, String publishStep,
        String journalStep) {
        Histogram wire = histogram();
        Histogram published = histogram();
        Histogram journaled = histogram();
        try (JournalTail tail = JournalTail.written(epochDirectory, queue)
            .damageListener(damage -> { })) {
            while (tail.next()) {
                EventView event = tail.event();
                long wireNs = event.receiveTimeNs() - event.exchangeTimeNs();
                if (event.exchangeTimeNs() != EventDescriptor.UNDEFINED && wireNs > 0
                    && wireNs < MAX_NS) {
                    wire.recordValue(wireNs);
                }
                record(published, Measurement.publishDeltaNs(event.buffer(), event.offset()));
                record(journaled, Measurement.journalDeltaNs(event.buffer(), event.offset()));
            }
        }
        if (queue == JournalQueue.INBOUND) {
            table.add("exchange to receipt", wire);
        }
        table.add(publishStep, published).add(journalStep, journaled);
    }

    /**
     * 0 means not stamped; the greatest value means longer than can be told, as in a history file.
     */
    private static void record(Histogram histogram, long deltaNs) {
        if (deltaNs > 0 && deltaNs < MAX_NS) {
            histogram.recordValue(deltaNs);
        }
    }

    private static Histogram histogram() {
        return new Histogram(1, MAX_NS, SIGNIFICANT_DIGITS);
    }
}
