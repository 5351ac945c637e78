// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.event.EventView;
import java.nio.file.Path;
import java.util.ArrayList;
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
     * @param damageCount damages found, listed or not
     * @param damages     the first of them
     */
    public record QueueReport(JournalQueue queue, long eventCount, long first, long last,
        long byteCount, long damageCount, List<Damage> damages) {
        /** True when nothing is wrong. */
        public boolean isWhole() {
            return damageCount == 0;
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

        /** All listed damages. */
        public List<Damage> damages() {
            return queues.stream().flatMap(queue -> queue.damages().stream()).toList();
        }
    }

    /** Reads everything. */
    public Report verify() {
        Pass inbound = new Pass(JournalQueue.INBOUND, Long.MAX_VALUE);
        QueueReport inboundReport = inbound.run();
        Pass outbound = new Pass(JournalQueue.OUTBOUND, inbound.last);
        return new Report(directory, List.of(inboundReport, outbound.run()));
    }

    /** One reading of one queue. */
    private final class Pass {
        private final JournalQueue queue;
        private final Path queueDirectory;
        private final long causeLimit;
        private final List<Damage> damages = new ArrayList<>();
        private long damageCount;
        private long eventCount;
        private long first;
        private long last;
        private long lastTimeNs = Long.MIN_VALUE;
        private long lastCause;

        Pass(JournalQueue queue, long causeLimit) {
            this.queue = queue;
            this.causeLimit = causeLimit;
            queueDirectory = queue.directory(directory);
        }

        QueueReport run() {
            checkStructure();
            readEvents();
            return new QueueReport(queue, eventCount, first, last,
                StructureCheck.byteCount(queueDirectory), damageCount, List.copyOf(damages));
        }

        private void checkStructure() {
            StructureCheck structure = new StructureCheck(this::report);
            List<Path> files = CycleFiles.list(queueDirectory);
            if (files.isEmpty()) {
                report(new Damage(queueDirectory, 0, 1, 1, "there is no file"));
                return;
            }
            if (!HeadExcerpts.isWhole(queueDirectory)) {
                report(new Damage(files.get(0), 0, 0, -1, "the head is damaged"));
            }
            structure.checkMetadata(queueDirectory);
            files.forEach(structure::checkFile);
        }

        private void readEvents() {
            try (JournalTail tail = JournalTail.written(directory, queue)
                .damageListener(this::report)) {
                while (tail.next()) {
                    check(tail.event());
                }
            }
        }

        private void check(EventView event) {
            long sequence = event.sequence();
            first = first == 0 ? sequence : first;
            last = sequence;
            eventCount++;
            if (event.isDerived() != (queue == JournalQueue.OUTBOUND)) {
                report(sequence, "an event of the other queue");
            }
            if (event.receiveTimeNs() < lastTimeNs) {
                report(sequence, "time goes back");
            }
            lastTimeNs = event.receiveTimeNs();
            if (queue == JournalQueue.OUTBOUND) {
                checkCause(sequence, event.originSequence());
            }
        }

        private void checkCause(long sequence, long cause) {
            if (cause > causeLimit) {
                report(sequence, "its cause " + cause + " is not in the inbound journal");
            } else if (cause < lastCause) {
                report(sequence, "its cause " + cause + " is before that of the event before it");
            }
            lastCause = Math.max(lastCause, cause);
        }

        private void report(long sequence, String reason) {
            report(new Damage(queueDirectory, 0, sequence, sequence, reason));
        }

        private void report(Damage damage) {
            damageCount++;
            if (damages.size() < MAX_LISTED) {
                damages.add(damage);
            }
        }
    }
}
