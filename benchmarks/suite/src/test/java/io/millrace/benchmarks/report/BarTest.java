// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.rig.Figures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarTest {
    private static final Map<String, Figures> ROUND = Map.of(
        "ours", new Figures().put("ns", 30), "peer", new Figures().put("ns", 120));

    @Test
    void shouldDivideFiguresOfOneRound() {
        assertEquals(0.25, Bar.atMost("", "ours.ns", "peer.ns", 0.3, 0.2).value(ROUND));
        assertEquals(30, Bar.absolute("", "ours.ns", 40).value(ROUND));
        assertEquals(1, new Bar("", List.of("ours.ns", "peer.ns"), List.of("peer.ns", "ours.ns"),
            Bar.Bound.AT_MOST, 1, 1).value(ROUND));
    }

    @Test
    void shouldHoldUpToTheLimitAndNotBeyond() {
        Bar most = Bar.atMost("", "ours.ns", "peer.ns", 0.3, 0.2);
        Bar least = Bar.atLeast("", "ours.ns", "peer.ns", 3, 4);

        assertTrue(most.isHeldBy(0.3));
        assertFalse(most.isHeldBy(0.301));
        assertTrue(least.isHeldBy(3));
        assertFalse(least.isHeldBy(2.999));
        assertFalse(most.isHeldBy(Double.NaN));
    }
}
