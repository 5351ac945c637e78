// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.journal.JournalQueue;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares two epochs event by event, whatever the boundaries of their excerpts. Where one of them
 * has a hole, or another life of an engine begins, both are followed to where they meet again, and
 * numbers of events mean nothing from there on. One thread; it writes nothing.
 */
public final class JournalCompare {
    private final Path first;
    private final Path second;
    private final EventEquality equality;

    /**
     * @param first    directory of an epoch
     * @param second   directory of another
     * @param equality what equal means
     */
    public JournalCompare(Path first, Path second, EventEquality equality) {
        this.first = first;
        this.second = second;
        this.equality = equality;
    }

    /** Compares both queues, to the first difference in each. Damage throws. */
    public List<Comparison> compare() {
        Comparison inbound = compare(JournalQueue.INBOUND, List.of());
        return List.of(inbound, compare(JournalQueue.OUTBOUND, inbound.borders()));
    }

    private Comparison compare(JournalQueue queue, List<Border> causes) {
        try (QueueCompare compare = new QueueCompare(first, second, queue, equality, causes)) {
            return compare.run();
        }
    }
}
