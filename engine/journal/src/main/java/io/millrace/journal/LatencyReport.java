// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.event.EventView;
import io.millrace.event.Measurement;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Latencies as the journal alone tells them: from receipt to the ring and from receipt to the
 * journal, inbound and outbound. Events without a stamp are left out and counted. One thread; it
 * writes nothing.
 */
public final class LatencyReport {
    private static final long MAX_DELTA_NS = 0xFFFF_FFFFL;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Path directory;
    private final long fromNs;
    private final long toNs;

    /**
     * @param epochDirectory directory of an epoch
     * @param fromNs         receive time of the first event that counts
     * @param toNs           receive time of the last event that counts
     */
    public LatencyReport(Path epochDirectory, long fromNs, long toNs) {
        directory = epochDirectory;
        this.fromNs = fromNs;
        this.toNs = toNs;
    }

    /**
     * One stage's histogram in ns; a delta that does not fit 32 bits stands at the maximum, 4.29 s.
     *
     * @param name           stage
     * @param histogram      ns from receipt
     * @param unstampedCount events that carry no such stamp
     */
    public record Stage(String name, Histogram histogram, long unstampedCount) {
    }

    /** Reads the journal; the stages in the order of an event's way. */
    public List<Stage> read() {
        Stage[] inbound = read(JournalQueue.INBOUND);
        Stage[] outbound = read(JournalQueue.OUTBOUND);
        return List.of(inbound[0], inbound[1], outbound[0], outbound[1]);
    }

    private Stage[] read(JournalQueue queue) {
        Accumulation published =
            new Accumulation(event -> Measurement.publishDeltaNs(event.buffer(), event.offset()));
        Accumulation journaled =
            new Accumulation(event -> Measurement.journalDeltaNs(event.buffer(), event.offset()));
        try (JournalTail tail = JournalTail.written(directory, queue)) {
            boolean isThere = fromNs == Long.MIN_VALUE || tail.seekTime(fromNs);
            while (isThere && tail.next() && tail.event().receiveTimeNs() <= toNs) {
                published.add(tail.event());
                journaled.add(tail.event());
            }
        }
        return new Stage[] {published.stage(queue.label() + " ring"),
            journaled.stage(queue.label() + " journal")};
    }

    /** A histogram in the making. */
    private static final class Accumulation {
        private final Histogram histogram = new Histogram(MAX_DELTA_NS, SIGNIFICANT_DIGITS);
        private final ToLongFunction<EventView> delta;
        private long unstampedCount;

        Accumulation(ToLongFunction<EventView> delta) {
            this.delta = delta;
        }

        void add(EventView event) {
            long deltaNs = delta.applyAsLong(event);
            if (deltaNs == 0) {
                unstampedCount++;
            } else {
                histogram.recordValue(deltaNs);
            }
        }

        Stage stage(String name) {
            return new Stage(name, histogram, unstampedCount);
        }
    }
}
