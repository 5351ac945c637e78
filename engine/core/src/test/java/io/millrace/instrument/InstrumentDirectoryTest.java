// SPDX-License-Identifier: Apache-2.0
package io.millrace.instrument;

import static io.millrace.instrument.InstrumentDirectory.NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class InstrumentDirectoryTest {
    private final InstrumentDirectory directory = new InstrumentDirectory(1000);

    @Test
    void shouldGiveIdsFromOneWithoutHolesAndKeepThem() {
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i <= 1000; i++) {
                assertEquals(i, directory.findOrAdd("SYMBOL" + i));
            }
        }
        assertEquals(1000, directory.count());
        assertEquals("SYMBOL777", directory.symbol(777));
        assertEquals(777, directory.find("SYMBOL777"));
    }

    @Test
    void shouldRefuseMoreThanItsCapacity() {
        InstrumentDirectory small = new InstrumentDirectory(2);
        assertEquals("1 2 0 1",
            small.findOrAdd("A") + " " + small.findOrAdd("B") + " " + small.findOrAdd("C") + " "
            + small.findOrAdd("A"));
        assertEquals(NOT_FOUND, small.find("C"));
    }

    @Test
    void shouldTakeSpacesAndZerosAsPadding() {
        int id = directory.findOrAdd(text("AAPL    "), 0, 8);
        assertEquals(id, directory.find(text("AAPL\0\0\0\0\0\0\0\0\0\0\0\0"), 0, 16));
        assertEquals(id, directory.find(text("xxAAPL"), 2, 4));
        assertEquals(id, directory.find("AAPL"));
        assertEquals(NOT_FOUND, directory.find("AAP"));
        assertEquals("AAPL", directory.symbol(id));
    }

    @Test
    void shouldTellSymbolsApartThatDifferInTheSecondHalfOnly() {
        int first = directory.findOrAdd("LONGSYMBOL-0001A");
        int second = directory.findOrAdd("LONGSYMBOL-0001B");
        assertEquals("1 2", first + " " + second);
        assertEquals("LONGSYMBOL-0001B", directory.symbol(second));
    }

    @Test
    void shouldTakeOverIdsThatAnotherDirectoryGave() {
        assertTrue(directory.define(5, text("MSFT    "), 0, 8));
        assertTrue(directory.define(5, text("MSFT    "), 0, 8));
        assertEquals("5 5 MSFT",
            directory.find("MSFT") + " " + directory.count() + " " + directory.symbol(5));
        assertEquals(6, directory.findOrAdd("NEXT"));
    }

    @Test
    void shouldFollowARename() {
        directory.define(3, text("FB"), 0, 2);
        directory.define(3, text("META"), 0, 4);
        assertEquals("0 3 META",
            directory.find("FB") + " " + directory.find("META") + " " + directory.symbol(3));
    }

    @Test
    void shouldRefuseIdsOutsideItsCapacityAndEndlessRenames() {
        assertFalse(directory.define(0, text("A"), 0, 1));
        assertFalse(directory.define(1001, text("A"), 0, 1));
        assertFalse(directory.define(Integer.MIN_VALUE, text("A"), 0, 1));
        InstrumentDirectory small = new InstrumentDirectory(1);
        int accepted = 0;
        for (int i = 0; i < 100; i++) {
            accepted += small.define(1, text("N" + (100 + i)), 0, 4) ? 1 : 0;
        }
        assertEquals(2, accepted);
    }

    @Test
    void shouldRefuseWhatIsNoSymbolOrCapacity() {
        assertThrows(IllegalArgumentException.class, () -> directory.findOrAdd(""));
        assertThrows(IllegalArgumentException.class,
            () -> directory.findOrAdd("SEVENTEENLETTERSX"));
        assertThrows(IllegalArgumentException.class, () -> directory.symbol(1));
        assertThrows(IllegalArgumentException.class, () -> new InstrumentDirectory(0));
    }

    private static UnsafeBuffer text(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
