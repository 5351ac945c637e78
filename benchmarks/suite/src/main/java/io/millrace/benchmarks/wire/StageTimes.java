// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Times of messages from stage to stage, each counted from the moment at which the message was to
 * be sent or from the stage before. One thread records, another collects once a second.
 */
final class StageTimes {
    /** From the moment at which a message was to be sent until a strategy or reader has it. */
    static final String WIRE = "wire to strategy";

    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final List<SingleWriterRecorder> recorders = new ArrayList<>();
    private final List<String> names;
    private final Map<String, Histogram> totals = new LinkedHashMap<>();
    /** Messages that were to be sent earlier are not recorded. Set by the collecting thread. */
    private volatile long fromNs = Long.MAX_VALUE;

    StageTimes(String... names) {
        this.names = List.of(names);
        for (String name : names) {
            recorders.add(new SingleWriterRecorder(LONGEST_NS, DIGITS));
            totals.put(name, new Histogram(LONGEST_NS, DIGITS));
        }
    }

    /** From which intended time on messages count. */
    void from(long timeNs) {
        fromNs = timeNs;
    }

    /** True when a message that was to be sent at a time counts. */
    boolean counts(long intendedNs) {
        return intendedNs >= fromNs;
    }

    /** Records so many messages of one time. */
    void record(int stage, long ns, int count) {
        recorders.get(stage).recordValueWithCount(Math.max(0, Math.min(ns, LONGEST_NS)), count);
    }

    /** What was recorded since the last time, by stage; added to the totals too. */
    Map<String, Histogram> collect() {
        Map<String, Histogram> interval = new LinkedHashMap<>();
        for (int i = 0; i < recorders.size(); i++) {
            Histogram part = recorders.get(i).getIntervalHistogram();
            interval.put(names.get(i), part);
            totals.get(names.get(i)).add(part);
        }
        return interval;
    }

    /** All that was collected, by stage. */
    Map<String, Histogram> totals() {
        return totals;
    }
}
