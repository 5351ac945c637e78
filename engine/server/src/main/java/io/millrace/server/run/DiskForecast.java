// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.counter.Counters;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.retention.DiskUse;
import java.nio.file.Path;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Bytes of an event, of a day, and days until the disk is full, as counters: a day takes what the
 * mean of the latest epochs took, or what this one has taken already when that is more. Control
 * thread.
 */
final class DiskForecast {
    /** Label of the bytes of a day. */
    static final String BYTES_PER_DAY = "journal.disk.bytes-per-day";
    /** Label of the days until the disk is full. */
    static final String DAYS_TO_FULL = "journal.disk.days-to-full";

    private final Counters counters;
    private final long earlierBytesPerDay;
    private final AtomicCounter bytesPerDay;
    private final AtomicCounter daysToFull;
    private final AtomicCounter[] bytesPerEvent =
        new AtomicCounter[JournalQueue.values().length];

    /** @param root of the journals, before or after the new one has begun */
    DiskForecast(Path root, Counters counters) {
        this.counters = counters;
        earlierBytesPerDay = DiskUse.of(root).bytesPerDay();
        bytesPerDay = counters.counter(BYTES_PER_DAY);
        daysToFull = counters.counter(DAYS_TO_FULL);
        for (JournalQueue queue : JournalQueue.values()) {
            bytesPerEvent[queue.ordinal()] =
                counters.counter(JournalWriter.label(queue, "bytes-per-event"));
        }
    }

    /** Once a second. */
    void onSecond() {
        long today = 0;
        for (JournalQueue queue : JournalQueue.values()) {
            long position = counters.value(JournalWriter.label(queue, "position"));
            long sequence = counters.value(JournalWriter.label(queue, "sequence"));
            bytesPerEvent[queue.ordinal()].setRelease(sequence == 0 ? 0 : position / sequence);
            today += position;
        }
        long day = Math.max(1, Math.max(earlierBytesPerDay, today));
        bytesPerDay.setRelease(day);
        daysToFull.setRelease(counters.value(DiskWatch.USABLE) / day);
    }
}
