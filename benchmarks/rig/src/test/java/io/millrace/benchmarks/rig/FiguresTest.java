// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void shouldReadBackWhatItWrote() {
        Figures figures = new Figures().put("p50Ns", 51.25).put("lost", -0.5).speed(4, 2);

        Figures read = Figures.parse(figures.format());

        assertEquals(Map.of("p50Ns", 51.25, "lost", -0.5, "nsPerEvent", 0.5, "eventsPerSecond", 2e9,
            "seconds", 2e-9), read.values());
    }

    @Test
    void shouldNameAMissingFigure() {
        assertThrows(IllegalArgumentException.class, () -> Figures.parse("a=1").get("b"));
    }
}
