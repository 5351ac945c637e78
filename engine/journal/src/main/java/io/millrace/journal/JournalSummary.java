// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What there is to say about an epoch without reading it whole.
 *
 * @param directory directory of the epoch
 * @param head      what the journal says about itself
 * @param queues    inbound, then outbound
 */
public record JournalSummary(Path directory, JournalHead head, List<QueueSummary> queues) {
    /**
     * One queue.
     *
     * @param queue       which queue
     * @param first       sequence of the first event, 0 when there is none
     * @param last        sequence of the last event, 0 when there is none
     * @param firstTimeNs receive time of the first event, 0 when there is none
     * @param lastTimeNs  receive time of the last event, 0 when there is none
     * @param fileCount   files
     * @param byteCount   their length
     */
    public record QueueSummary(JournalQueue queue, long first, long last, long firstTimeNs,
        long lastTimeNs, int fileCount, long byteCount) {
        /** Number of events, as far as sequences tell. */
        public long eventCount() {
            return last == 0 ? 0 : last - first + 1;
        }
    }

    /**
     * Looks at both ends of both queues; damage on the way is passed over, verify is what names it.
     */
    public static JournalSummary of(Path epochDirectory) {
        JournalHead head = Journal.head(epochDirectory);
        return new JournalSummary(epochDirectory, head,
            Arrays.stream(JournalQueue.values()).map(queue -> summary(epochDirectory, queue))
                .toList());
    }

    /** Number of events received at a time or before, as far as sequences tell. */
    public static long eventCount(Path epochDirectory, JournalQueue queue, long toNs) {
        QueueSummary all = summary(epochDirectory, queue);
        if (toNs >= all.lastTimeNs()) {
            return all.eventCount();
        }
        try (JournalTail tail = JournalTail.written(epochDirectory, queue)
            .damageListener(damage -> { })) {
            boolean isLater = tail.seekTime(toNs + 1) && tail.next();
            return isLater ? tail.event().sequence() - all.first() : all.eventCount();
        }
    }

    private static QueueSummary summary(Path epochDirectory, JournalQueue queue) {
        Path directory = queue.directory(epochDirectory);
        int fileCount = CycleFiles.list(directory).size();
        long byteCount = StructureCheck.byteCount(directory);
        try (JournalTail tail = JournalTail.written(epochDirectory, queue)
            .damageListener(damage -> { })) {
            if (!tail.next()) {
                return new QueueSummary(queue, 0, 0, 0, 0, fileCount, byteCount);
            }
            long first = tail.event().sequence();
            long firstTimeNs = tail.event().receiveTimeNs();
            tail.seekSequence(tail.seekEnd());
            tail.next();
            long last = tail.event().sequence();
            return new QueueSummary(queue, first, last, firstTimeNs, tail.event().receiveTimeNs(),
                fileCount, byteCount);
        }
    }
}
