// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How long events took from receipt to one point of their way. Immutable.
 *
 * @param name    the point
 * @param count   events since the start
 * @param sumNs   of all their times, as exact as the histogram's digits
 * @param buckets events that took no longer than each of {@link #BOUNDS_NS}
 * @param total   percentiles since the start, in ns, as in {@link #PERCENTILES}
 * @param recent  the same of the last interval; empty when nothing came in it
 */
public record StageTimes(String name, long count, double sumNs, List<Long> buckets,
                         List<Long> total, List<Long> recent) {
    /** What is reported of a histogram. */
    public static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99, 100.0);
    /** Upper bounds of the buckets: 1, 2, 5, 10 us and so on to 1 s. */
    public static final List<Long> BOUNDS_NS = bounds();

    private static final long FIRST_BOUND_NS = 1_000;
    private static final long LAST_BOUND_NS = 1_000_000_000;

    /** Takes a picture of two histograms in ns. */
    public static StageTimes of(String name, Histogram total, Histogram recent) {
        List<Long> buckets = new ArrayList<>(BOUNDS_NS.size());
        long count = 0;
        double sumNs = 0;
        int bound = 0;
        for (HistogramIterationValue value : total.recordedValues()) {
            while (bound < BOUNDS_NS.size() && value.getValueIteratedTo() > BOUNDS_NS.get(bound)) {
                buckets.add(count);
                bound++;
            }
            count += value.getCountAddedInThisIterationStep();
            sumNs += (double) value.getCountAddedInThisIterationStep()
                * total.medianEquivalentValue(value.getValueIteratedTo());
        }
        buckets.addAll(Collections.nCopies(BOUNDS_NS.size() - bound, count));
        return new StageTimes(name, count, sumNs, List.copyOf(buckets), percentiles(total),
            percentiles(recent));
    }

    private static List<Long> percentiles(Histogram histogram) {
        return histogram.getTotalCount() == 0 ? List.of()
            : PERCENTILES.stream().map(histogram::getValueAtPercentile).toList();
    }

    private static List<Long> bounds() {
        List<Long> bounds = new ArrayList<>();
        for (long decade = FIRST_BOUND_NS; decade < LAST_BOUND_NS; decade *= 10) {
            Collections.addAll(bounds, decade, 2 * decade, 5 * decade);
        }
        bounds.add(LAST_BOUND_NS);
        return List.copyOf(bounds);
    }
}
