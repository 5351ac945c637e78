// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EngineClockTest {
    private static final long NS_PER_DAY = 86_400_000_000_000L;

    @Test
    void shouldTellTheSameDayAsTheWallClock() {
        long wallNs = System.currentTimeMillis() * 1_000_000;
        assertTrue(Math.abs(new EngineClock().nanoTime() - wallNs) < NS_PER_DAY);
    }

    @Test
    void shouldNeverGoBackBetweenSamples() {
        EngineClock clock = new EngineClock();
        long last = clock.nanoTime();
        int backCount = 0;
        for (int i = 0; i < 100_000; i++) {
            long now = clock.nanoTime();
            backCount += now < last ? 1 : 0;
            last = now;
        }
        assertEquals(0, backCount);
    }
}
