// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StageTimesTest {
    @Test
    void shouldCountInBucketsWhatTookNoLongerThanTheirBounds() {
        Histogram histogram = new Histogram(0xFFFF_FFFFL, 3);
        for (long ns : new long[] {400, 1_000, 1_500, 70_000, 3_000_000_000L}) {
            histogram.recordValue(ns);
        }

        StageTimes times = StageTimes.of("ring", histogram, new Histogram(0xFFFF_FFFFL, 3));

        assertEquals(19, StageTimes.BOUNDS_NS.size());
        assertEquals(List.of(2L, 3L, 3L, 3L, 3L, 3L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L,
            4L, 4L), times.buckets());
        assertEquals(5, times.count());
        assertEquals(3_000_072_900.0, times.sumNs(), 3_000_000);
        assertEquals(List.of(), times.recent());
        assertEquals(6, times.total().size());
    }
}
