// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.event.EventView;
import io.millrace.journal.JournalVerifier.QueueReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One reading of one queue for the verifier: structure, head, every event, what stands behind the
 * last. One thread; it writes nothing.
 */
final class QueuePass {
    private final Path directory;
    private final JournalQueue queue;
    private final Path queueDirectory;
    private final QueueReport inbound;
    private final long end;
    private final List<JournalHole> holes = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();
    private TornTail torn;
    private long damageCount;
    private long eventCount;
    private long first;
    private long last;
    private long lastTimeNs = Long.MIN_VALUE;
    private long lastCause;

    /**
     * @param inbound what the inbound queue holds, when this is the outbound one
     * @param end     sequence behind which nothing is read
     */
    QueuePass(Path directory, JournalQueue queue, QueueReport inbound, long end) {
        this.directory = directory;
        this.queue = queue;
        this.inbound = inbound;
        this.end = end;
        queueDirectory = queue.directory(directory);
    }

    QueueReport run() {
        torn = TornTail.find(directory, queue).orElse(null);
        checkStructure();
        readEvents();
        settleTorn();
        return new QueueReport(queue, eventCount, first, last,
            StructureCheck.byteCount(queueDirectory), List.copyOf(holes), torn, damageCount,
            List.copyOf(damages));
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
            .damageListener(this::report).holeListener(holes::add)) {
            while (last < end && tail.next()) {
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
        if (inbound != null) {
            checkCause(sequence, event.originSequence());
        }
    }

    private void checkCause(long sequence, long cause) {
        if (cause > inbound.last()) {
            report(sequence, "its cause " + cause + " is not in the inbound journal");
        } else if (cause < lastCause) {
            report(sequence, "its cause " + cause + " is before that of the event before it");
        }
        lastCause = Math.max(lastCause, cause);
    }

    private void report(long sequence, String reason) {
        report(new Damage(queueDirectory, 0, sequence, sequence, reason));
    }

    /** What is wrong in a torn tail is told once, as one. */
    private void report(Damage damage) {
        if (torn != null && damage.file().equals(torn.file())
            && damage.position() >= torn.position()) {
            return;
        }
        damageCount++;
        if (damages.size() < JournalVerifier.MAX_LISTED) {
            damages.add(damage);
        }
    }

    /** An append that goes on looks like one that was cut off, but not twice at one place. */
    private void settleTorn() {
        if (torn != null && !TornTail.find(directory, queue).equals(Optional.of(torn))) {
            torn = null;
        }
        if (torn != null) {
            damageCount++;
            damages.add(torn.damage());
        }
    }
}
