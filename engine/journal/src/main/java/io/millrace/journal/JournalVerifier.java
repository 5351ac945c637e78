// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads a whole epoch and says what is not as it was written: checks of all excerpts, continuity of
 * sequences and of time, cause before effect, the queues' own structure. It reads the files' bytes
 * itself, believes nothing in them and opens no queue, so that no damage can hang it or bring it
 * down. One thread; it writes nothing.
 */
public final class JournalVerifier {
    /** Most damages that a report lists; the others are counted. */
    public static final int MAX_LISTED = 1000;

    private final Path directory;

    /** @param epochDirectory directory of an epoch */
    public JournalVerifier(Path epochDirectory) {
        directory = epochDirectory;
    }

    /**
     * What one queue holds.
     *
     * @param queue       which queue
     * @param eventCount  events that could be read
     * @param first       sequence of the first event, 0 when there is none
     * @param last        sequence of the last event, 0 when there is none
     * @param byteCount   length of the files
     * @param holes       sequences that the journal itself declares not to hold
     * @param torn        what an append that was cut off left at the end, or null; it is among the
     *                    damages
     * @param damageCount damages found, listed or not
     * @param damages     the first of them
     */
    public record QueueReport(JournalQueue queue, long eventCount, long first, long last,
        long byteCount, List<JournalHole> holes, TornTail torn, long damageCount,
        List<Damage> damages) {
        /** True when nothing is wrong; a declared hole is as it was written. */
        public boolean isWhole() {
            return damageCount == 0;
        }

        /** True when nothing is wrong but what was cut off at the end. */
        public boolean isOnlyTorn() {
            return torn != null && damageCount == 1;
        }
    }

    /**
     * What an epoch holds.
     *
     * @param directory directory of the epoch
     * @param queues    inbound, then outbound
     */
    public record Report(Path directory, List<QueueReport> queues) {
        /** True when nothing is wrong. */
        public boolean isWhole() {
            return queues.stream().allMatch(QueueReport::isWhole);
        }

        /** All holes that the journal declares. */
        public List<JournalHole> holes() {
            return queues.stream().flatMap(queue -> queue.holes().stream()).toList();
        }

        /** All listed damages. */
        public List<Damage> damages() {
            return queues.stream().flatMap(queue -> queue.damages().stream()).toList();
        }
    }

    /**
     * Reads everything. Of an epoch that is being written, what stood in the outbound queue at the
     * start: the causes of that stand in the inbound one since then.
     */
    public Report verify() {
        long outboundEnd = end(JournalQueue.OUTBOUND);
        QueuePass inbound = new QueuePass(directory, JournalQueue.INBOUND, null, Long.MAX_VALUE);
        QueueReport inboundReport = inbound.run();
        return new Report(directory, List.of(inboundReport,
            new QueuePass(directory, JournalQueue.OUTBOUND, inboundReport, outboundEnd).run()));
    }

    private long end(JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(directory, queue)) {
            return tail.damageListener(damage -> { }).seekEnd();
        }
    }
}
