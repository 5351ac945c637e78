// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryDelayTest {
    @Test
    void shouldDoubleUpToTheLongestWithinAQuarter() {
        RetryDelay delay = new RetryDelay(1_000, 10_000, 7);
        for (long full : List.of(1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L)) {
            long delayNs = delay.nextNs();
            assertTrue(delayNs >= full - full / 4 && delayNs <= full, full + ": " + delayNs);
        }
    }

    @Test
    void shouldBeginAgainAfterASuccess() {
        RetryDelay delay = new RetryDelay(1_000, 1_000_000, 7);
        delays(delay);
        delay.reset();
        assertTrue(delay.nextNs() <= 1_000);
    }

    @Test
    void shouldGiveTheSameDelaysForTheSameSeedOnly() {
        List<Long> delays = delays(new RetryDelay(1_000, 1_000_000, 7));
        assertEquals(delays, delays(new RetryDelay(1_000, 1_000_000, 7)));
        assertNotEquals(delays, delays(new RetryDelay(1_000, 1_000_000, 8)));
    }

    @Test
    void shouldNeverOverflow() {
        RetryDelay delay = new RetryDelay(1, Long.MAX_VALUE, 7);
        for (int i = 0; i < 200; i++) {
            assertTrue(delay.nextNs() > 0);
        }
    }

    @Test
    void shouldRefuseDelaysThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new RetryDelay(0, 1, 7));
        assertThrows(IllegalArgumentException.class, () -> new RetryDelay(2, 1, 7));
    }

    private static List<Long> delays(RetryDelay delay) {
        return Stream.generate(delay::nextNs).limit(20).toList();
    }
}
