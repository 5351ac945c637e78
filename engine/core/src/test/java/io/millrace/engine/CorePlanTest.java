// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorePlanTest {
    private static final List<String> HOT = List.of("ingress", "chain");
    private static final List<String> OTHERS = List.of("journal");

    @Test
    void shouldPinAndSpinWhenEachHotThreadHasItsOwnCpuAndOneIsLeft() {
        assertEquals("[ingress {2} BUSY_SPIN, chain {3} BUSY_SPIN, journal {0, 1} SPIN_YIELD_PARK]",
            layOut(CorePlan.AUTOMATIC, "0-3"));
        assertEquals("[ingress {5} BUSY_SPIN, chain {9} BUSY_SPIN, journal {4} SPIN_YIELD_PARK]",
            layOut(CorePlan.AUTOMATIC, "4,5,9"));
    }

    @Test
    void shouldKeepTheChainsCpuFreeOfOthersAndYieldOnTwoCpus() {
        assertEquals("[ingress {0} SPIN_YIELD, chain {1} SPIN_YIELD, journal {0} SPIN_YIELD_PARK]",
            layOut(CorePlan.AUTOMATIC, "0-1"));
    }

    @Test
    void shouldPinNothingOnOneCpuOrWhenToldSo() {
        String expected =
            "[ingress {} SPIN_YIELD, chain {} SPIN_YIELD, journal {} SPIN_YIELD_PARK]";
        assertEquals(expected, layOut(CorePlan.AUTOMATIC, "1"));
        assertEquals(expected, layOut(CorePlan.NONE, "0-1"));
    }

    @Test
    void shouldKeepAConfiguredPlanButNotSpinWithoutRoom() {
        assertEquals("[ingress {0} SPIN_YIELD, chain {1} SPIN_YIELD, journal {} SPIN_YIELD_PARK]",
            layOut(CorePlan.parse("ingress=0,chain=1"), "0-1"));
        assertEquals("[ingress {1} SPIN_YIELD, chain {1} SPIN_YIELD, journal {3} SPIN_YIELD_PARK]",
            layOut(CorePlan.parse("ingress=1,chain=1,journal=3"), "0-3"));
        assertEquals("[ingress {} SPIN_YIELD, chain {1} BUSY_SPIN, journal {0, 2} SPIN_YIELD_PARK]",
            layOut(CorePlan.parse("chain=1"), "0-2"));
    }

    @Test
    void shouldPrintWhatItReads() {
        for (String text : List.of("auto", "none", "chain=1,ingress=0")) {
            assertEquals(text, CorePlan.parse(text).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "chain", "chain=", "chain=x", "=1", "chain=1,", "chain=1024", "chain=-1"})
    void shouldRefuseWhatIsNoPlan(String text) {
        assertThrows(IllegalArgumentException.class, () -> CorePlan.parse(text));
    }

    private static String layOut(CorePlan plan, String allowed) {
        BitSet cpus = CpuMask.parse(allowed);
        return plan.layOut(HOT, OTHERS, cpus).stream()
            .map(thread -> thread.role() + " " + thread.cpus() + " " + thread.waiting()).toList()
                .toString();
    }
}
