// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosRunTest {
    private static final boolean IS_FULL = Boolean.getBoolean("millrace.full");
    private static final int SEEDS = IS_FULL ? 1_000 : 24;
    private static final int STEPS = IS_FULL ? 10_000 : 1_000;

    @TempDir
    private Path directory;

    @Test
    void shouldHoldWhatIsAlwaysTrueWhateverGoesWrong() throws InterruptedException {
        List<String> violations = new ArrayList<>();
        for (SeedResult result : run(1, SEEDS, STEPS, EnumSet.allOf(Fault.class))) {
            if (!result.isSound()) {
                violations.add(result.toString());
            }
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void shouldDoTheSameAgainFromTheSameSeed() throws InterruptedException {
        List<SeedResult> first = run(7, 2, 500, EnumSet.allOf(Fault.class));
        assertEquals(first, run(7, 2, 500, EnumSet.allOf(Fault.class)));
        assertNotEquals(first.get(0).print(), first.get(1).print());
    }

    @Test
    void shouldGoOnBehindHolesWhenTheDiskFills() throws InterruptedException {
        int holes = 0;
        int crashes = 0;
        for (SeedResult result : run(1, 6, 2_000, EnumSet.of(Fault.DISK, Fault.CRASH))) {
            assertEquals(null, result.violation());
            holes += result.holes();
            crashes += result.crashes();
        }
        assertTrue(holes > 0 && crashes > 0, holes + " holes, " + crashes + " crashes");
    }

    @Test
    void shouldDeliverAllWithoutFaults() throws InterruptedException {
        for (SeedResult result : run(1, 4, 1_000, EnumSet.noneOf(Fault.class))) {
            assertEquals(null, result.violation());
            assertEquals("", result.faults());
        }
    }

    private List<SeedResult> run(long seed, int seeds, int steps, Set<Fault> faults)
        throws InterruptedException {
        List<SeedResult> results = new ArrayList<>();
        new ChaosRun(steps, faults, directory).run(seed, seeds, 2, results::add);
        return results;
    }
}
