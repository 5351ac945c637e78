// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * Compares two epochs event by event, whatever the boundaries of their excerpts. One thread; it
 * writes nothing.
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

    /**
     * How one queue of the two compares.
     *
     * @param queue          which queue
     * @param equalCount     events that are equal, from the first on
     * @param firstDiffering sequence of the first event that differs or is in one only; 0 when
     *                       there is none
     * @param firstCount     events in the first up to there and, when all are equal, in total
     * @param secondCount    the same of the second
     */
    public record Comparison(JournalQueue queue, long equalCount, long firstDiffering,
        long firstCount, long secondCount) {
        /** True when both hold the same events. */
        public boolean isEqual() {
            return firstDiffering == 0;
        }
    }

    /** Compares both queues, to the first difference in each. Damage throws. */
    public List<Comparison> compare() {
        return List.of(compare(JournalQueue.INBOUND), compare(JournalQueue.OUTBOUND));
    }

    private Comparison compare(JournalQueue queue) {
        try (JournalTail left = JournalTail.written(first, queue);
             JournalTail right = JournalTail.written(second, queue)) {
            long equalCount = 0;
            boolean isLeft = left.next();
            boolean isRight = right.next();
            while (isLeft && isRight && equality.isEqual(left.event(), right.event())) {
                equalCount++;
                isLeft = left.next();
                isRight = right.next();
            }
            long differing = isLeft ? left.event().sequence() : isRight ? right.event().sequence()
                : 0;
            return new Comparison(queue, equalCount, differing, equalCount + (isLeft ? 1 : 0),
                equalCount + (isRight ? 1 : 0));
        }
    }
}
