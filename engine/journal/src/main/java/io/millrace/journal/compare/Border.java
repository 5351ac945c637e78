// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

/**
 * A place at which two journals part and meet again, as one of them begins a life there or goes on
 * behind a hole.
 *
 * @param isHole true when a hole is the reason
 * @param first  what stands in the first journal alone
 * @param second what stands in the second alone
 */
public record Border(boolean isHole, Part first, Part second) {
    /**
     * Events that one journal has alone.
     *
     * @param from      sequence of the first of them
     * @param to        sequence at which both meet again, exclusive
     * @param count     events in between that the journal holds
     * @param dataCount those that are more than what an engine tells of itself and its lines
     */
    public record Part(long from, long to, long count, long dataCount) {
        boolean has(long sequence) {
            return sequence >= from && sequence < to;
        }
    }

    /** True when it takes data away from the comparison, so that equality is not known. */
    public boolean isFinding() {
        return isHole || first.dataCount > 0 || second.dataCount > 0;
    }
}
