// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PublishedCountsTest {
    private static final long LAST = 200_000;

    private final PublishedCounts counts = new PublishedCounts(2);

    @Test
    void shouldKeepNumbersApart() {
        counts.set(1, 7);
        assertEquals(0, counts.get(0));
        assertEquals(7, counts.get(1));
    }

    @Test
    @Timeout(30)
    void shouldShowAWaitingThreadWhatWasSetBefore() throws InterruptedException {
        Thread writer = new Thread(() -> {
            for (long i = 1; i <= LAST; i++) {
                counts.set(0, i);
                counts.set(1, i);
            }
        });
        writer.start();
        long second;
        do {
            second = counts.get(1);
            long first = counts.get(0);
            assertTrue(first >= second, first + " before " + second);
        } while (second < LAST);
        writer.join();
    }
}
