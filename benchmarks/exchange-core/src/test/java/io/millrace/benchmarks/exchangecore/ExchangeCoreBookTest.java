// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.exchangecore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.benchmarks.rig.LevelChecksum;
import org.junit.jupiter.api.Test;

class ExchangeCoreBookTest {
    @Test
    void shouldKeepLevelsOfCrossedBooksApart() {
        ExchangeCoreBook book = new ExchangeCoreBook(100);
        book.security(7);
        book.add(7, 1, true, 100, 10_000);
        book.add(7, 2, true, 200, 10_000);
        book.add(7, 3, false, 50, 9_900);
        book.add(7, 4, false, 60, 10_100);
        book.reduce(7, 2, true, 150);
        book.reduce(7, 3, false, 50);
        book.delete(7, 1, true);

        LevelChecksum levels = new LevelChecksum();
        levels.level(7, true, 10_000, 50);
        levels.level(7, false, 10_100, 60);
        assertEquals(levels.value(), book.checksum());
    }
}
