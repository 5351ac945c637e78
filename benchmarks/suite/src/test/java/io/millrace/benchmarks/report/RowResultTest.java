// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.rig.Figures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowResultTest {
    private static final Bar BAR = Bar.atMost("", "a.ns", "b.ns", 0.5, 0.4);
    private static final Row ROW = new Row("id", "title", List.of(), List.of(BAR), null, List.of(),
        1, 3, 7);

    @Test
    void shouldTakeTheMedianOfCountedRoundsOnly() {
        RowResult result = new RowResult(ROW, List.of(round(Round.Use.WARM_UP, 9),
            round(Round.Use.COUNTED, 0.5), round(Round.Use.NOISY, 8), round(Round.Use.COUNTED, 0.2),
            round(Round.Use.COUNTED, 0.4)), List.of());

        assertArrayEquals(new double[] {0.2, 0.4, 0.5}, result.ratios(BAR));
        assertEquals(0.4, result.median(BAR));
        assertTrue(result.isPassed());
        assertFalse(result.isNoisy());
    }

    @Test
    void shouldJudgeNoisyRoundsWhenThereAreNoOthersAndSaySo() {
        RowResult result = new RowResult(ROW, List.of(round(Round.Use.WARM_UP, 9),
            round(Round.Use.NOISY, 8)), List.of());

        assertEquals(8, result.median(BAR));
        assertFalse(result.isPassed());
        assertTrue(result.isNoisy());
    }

    private static Round round(Round.Use use, double ratio) {
        return new Round(0, Map.of("a", new Figures().put("ns", ratio), "b",
            new Figures().put("ns", 1)), use);
    }
}
