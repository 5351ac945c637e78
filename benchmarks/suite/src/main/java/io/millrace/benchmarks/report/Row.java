// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import java.util.List;

/**
 * One row of the report: who runs, how often, and the bars. Immutable.
 *
 * @param id          short name for --rows
 * @param title       what the row shows
 * @param contestants processes of the row
 * @param bars        ratios of each round
 * @param same        ratio of the same thing run twice in each round, or null
 * @param alike       contestants whose checksums must be equal before and after the rounds
 * @param warmUps     rounds that are run first and not counted
 * @param rounds      rounds that are counted
 * @param maxRounds   most rounds in all, noisy and warm-up ones included
 */
record Row(String id, String title, List<Contestant> contestants, List<Bar> bars, Bar same,
           List<String> alike, int warmUps, int rounds, int maxRounds) {
    /** Copies the lists. */
    Row {
        contestants = List.copyOf(contestants);
        bars = List.copyOf(bars);
        alike = List.copyOf(alike);
    }

    /** True when a noisy round can be run again; a row that measures no time need not. */
    boolean isRepeatable() {
        return maxRounds > rounds;
    }
}
