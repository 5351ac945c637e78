// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class LevelChecksumTest {
    @Test
    void shouldNotDependOnTheOrderOfLevels() {
        LevelChecksum first = new LevelChecksum();
        first.level(1, true, 100, 5);
        first.level(2, false, 101, 6);
        LevelChecksum second = new LevelChecksum();
        second.level(2, false, 101, 6);
        second.level(1, true, 100, 5);

        assertEquals(first.value(), second.value());
    }

    @Test
    void shouldTellSidesPricesSharesAndSecuritiesApart() {
        long base = of(1, true, 100, 5);

        assertNotEquals(base, of(2, true, 100, 5));
        assertNotEquals(base, of(1, false, 100, 5));
        assertNotEquals(base, of(1, true, 101, 5));
        assertNotEquals(base, of(1, true, 100, 6));
    }

    private static long of(int locate, boolean isBid, long price, long shares) {
        LevelChecksum checksum = new LevelChecksum();
        checksum.level(locate, isBid, price, shares);
        return checksum.value();
    }
}
