// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.page;

import io.millrace.edge.status.StageTimes;
import io.millrace.event.EventView;
import io.millrace.event.Measurement;
import io.millrace.journal.JournalQueue;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * From receipt to a ring and from receipt to its journal, since the start and since it was last
 * asked. Used by the edge's agent.
 */
final class QueueTimes {
    private static final long MAX_DELTA_NS = 0xFFFF_FFFFL;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final JournalQueue queue;
    private final Histogram ring = histogram();
    private final Histogram recentRing = histogram();
    private final Histogram journal = histogram();
    private final Histogram recentJournal = histogram();

    QueueTimes(JournalQueue queue) {
        this.queue = queue;
    }

    /** Takes an event; a stamp that it does not carry counts nowhere. */
    void add(EventView event) {
        record(Measurement.publishDeltaNs(event.buffer(), event.offset()), ring, recentRing);
        record(Measurement.journalDeltaNs(event.buffer(), event.offset()), journal,
            recentJournal);
    }

    /** Both times; a new interval begins. */
    List<StageTimes> take() {
        List<StageTimes> stages =
            List.of(StageTimes.of(queue.label() + " ring", ring, recentRing),
                StageTimes.of(queue.label() + " journal", journal, recentJournal));
        recentRing.reset();
        recentJournal.reset();
        return stages;
    }

    private static void record(long deltaNs, Histogram total, Histogram recent) {
        if (deltaNs != 0) {
            total.recordValue(deltaNs);
            recent.recordValue(deltaNs);
        }
    }

    private static Histogram histogram() {
        return new Histogram(MAX_DELTA_NS, SIGNIFICANT_DIGITS);
    }
}
