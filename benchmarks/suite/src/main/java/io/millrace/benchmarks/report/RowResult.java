// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a row showed. Immutable.
 *
 * @param row       the row
 * @param rounds    all rounds in order, those that do not count included
 * @param checksums checksum of all alike contestants before and after the rounds
 */
record RowResult(Row row, List<Round> rounds, List<String> checksums) {
    /** Ratios of the rounds that count; when all were noisy, of the noisy ones. */
    double[] ratios(Bar bar) {
        return judged().mapToDouble(round -> bar.value(round.figures())).sorted().toArray();
    }

    /** Median of a ratio. */
    double median(Bar bar) {
        return Quantile.of(ratios(bar), 0.5);
    }

    /** Median of one figure of one contestant. */
    double median(String contestant, String figure) {
        return Quantile.of(judged().mapToDouble(round ->
            round.figures().get(contestant).get(figure)).sorted().toArray(), 0.5);
    }

    /** True when every bar is held. */
    boolean isPassed() {
        return row.bars().stream().allMatch(bar -> bar.isHeldBy(median(bar)));
    }

    /** True when too few rounds were quiet. */
    boolean isNoisy() {
        return count(Round.Use.COUNTED) < row.rounds();
    }

    /** Number of rounds of a use. */
    long count(Round.Use use) {
        return rounds.stream().filter(round -> round.use() == use).count();
    }

    private Stream<Round> judged() {
        Round.Use use = count(Round.Use.COUNTED) > 0 ? Round.Use.COUNTED : Round.Use.NOISY;
        return rounds.stream().filter(round -> round.use() == use);
    }
}
