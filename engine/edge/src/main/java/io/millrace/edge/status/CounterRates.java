// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** How fast counters grow, over about the last second. Used by the edge's agent. */
final class CounterRates {
    private static final long WINDOW_NS = 1_000_000_000L;
    private static final double NS_PER_SECOND = 1e9;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** All counters at one time. */
    private record Sample(long timeNs, Map<String, Long> values) {
    }

    /** Adds a sample and forgets those that the window no longer needs. */
    void add(long nowNs, Map<String, Long> values) {
        if (!samples.isEmpty() && nowNs <= samples.getLast().timeNs()) {
            samples.clear();
        }
        samples.addLast(new Sample(nowNs, values));
        while (samples.size() > 2 && nowNs - second().timeNs() >= WINDOW_NS) {
            samples.removeFirst();
        }
    }

    /** Growth per second of a counter; 0 for one that is not there or was set back. */
    double perSecond(String label) {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long from = first.values().getOrDefault(label, 0L);
        long to = last.values().getOrDefault(label, 0L);
        return Math.max(0, to - from) * NS_PER_SECOND / (last.timeNs() - first.timeNs());
    }

    private Sample second() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }
}
