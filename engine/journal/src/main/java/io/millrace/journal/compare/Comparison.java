// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalQueue;
import java.util.List;

/**
 * How one queue of two journals compares.
 *
 * @param queue      which queue
 * @param equalCount events that are equal, up to the first difference
 * @param borders    where they part and meet again before it
 * @param first      of the first journal
 * @param second     of the second
 */
public record Comparison(JournalQueue queue, long equalCount, List<Border> borders, Side first,
    Side second) {
    /**
     * One of the two.
     *
     * @param differing sequence of the first event that differs or that the other has not; 0 when
     *                  it ends there or nothing differs
     * @param starts    sequences at which an engine started
     * @param holes     that it declares
     * @param leftOut   derived events that were not compared: behind a border the fingerprints,
     *                  which are of all that came before, and what derives from one journal's alone
     */
    public record Side(long differing, List<Long> starts, List<JournalHole> holes, long leftOut) {
    }

    /** True when all events were compared and are the same, but for starts and stops. */
    public boolean isEqual() {
        return firstDiffering() == 0 && borders.stream().noneMatch(Border::isFinding);
    }

    /** Sequence of the first difference, in the second journal when the first ends; 0 for none. */
    public long firstDiffering() {
        return first.differing != 0 ? first.differing : second.differing;
    }
}
