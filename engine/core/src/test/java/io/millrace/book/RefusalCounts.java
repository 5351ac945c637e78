// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

/** Counters of one stage as plain numbers. */
final class RefusalCounts implements BookCounters {
    private final long[] counts = new long[BookRefusal.values().length];
    private long staleCount;

    @Override
    public void onRefused(BookRefusal refusal) {
        counts[refusal.ordinal()]++;
    }

    @Override
    public void onStale() {
        staleCount++;
    }

    long of(BookRefusal refusal) {
        return counts[refusal.ordinal()];
    }

    long staleCount() {
        return staleCount;
    }

    long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }
}
