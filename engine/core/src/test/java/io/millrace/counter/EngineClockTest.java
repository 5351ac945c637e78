// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EngineClockTest {
    private static final long NS_PER_DAY = 86_400_000_000_000L;

    private long monotonicNs = 5;
    private long offsetNs = 7_000_000;

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

    @Test
    void shouldFollowAStepForwardsAtOnce() {
        EngineClock clock = new EngineClock(() -> monotonicNs + offsetNs, () -> monotonicNs);
        offsetNs += NS_PER_DAY;
        assertEquals(NS_PER_DAY, clock.driftNs(1));
        clock.step(NS_PER_DAY);
        assertEquals(monotonicNs + offsetNs, clock.nanoTime());
        assertFalse(clock.isAhead());
    }

    @Test
    void shouldGoOnSlowlyUntilTheWallClockIsThereAfterAStepBack() {
        EngineClock clock = new EngineClock(() -> monotonicNs + offsetNs, () -> monotonicNs);
        long before = clock.nanoTime();
        offsetNs -= 1_000;
        clock.step(clock.driftNs(1));
        long last = before;
        for (int i = 0; i < 1_999; i++) {
            assertTrue(clock.isAhead());
            assertTrue(clock.nanoTime() >= last && clock.nanoTime() >= monotonicNs + offsetNs);
            last = clock.nanoTime();
            monotonicNs++;
        }
        assertEquals(before + 999, last);
        monotonicNs++;
        assertEquals(monotonicNs + offsetNs, clock.nanoTime());
        assertFalse(clock.isAhead());
    }

    @Test
    void shouldBeginWhereASimulatedDayBegins() {
        EngineClock clock = EngineClock.startingAt(0);
        assertTrue(clock.nanoTime() >= 0 && clock.nanoTime() < NS_PER_DAY);
        clock.sample();
        assertTrue(clock.nanoTime() >= 0 && clock.nanoTime() < NS_PER_DAY);
    }
}
