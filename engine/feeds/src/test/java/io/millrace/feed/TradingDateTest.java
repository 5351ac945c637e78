// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.EventDescriptor;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class TradingDateTest {
    private static final long NONE = EventDescriptor.UNDEFINED;

    @Test
    void shouldKnowMidnightOfTheSeason() {
        assertEquals("2026-03-06T05:00:00Z", midnight(LocalDate.of(2026, 3, 6)));
        assertEquals("2026-03-09T04:00:00Z", midnight(LocalDate.of(2026, 3, 9)));
        assertEquals("2026-11-02T05:00:00Z", midnight(LocalDate.of(2026, 11, 2)));
    }

    @Test
    void shouldTakeTheLocalDayOfTheCaptureBeforeTheFileName() {
        long lateEvening = Instant.parse("2023-08-23T03:59:59Z").getEpochSecond() * 1_000_000_000L;
        TradingDate date = TradingDate.ofCapture(null, lateEvening, "20191230.pcap");
        assertEquals(20_230_822, date.number());
    }

    @Test
    void shouldReadEightDigitsOfTheFileName() {
        assertEquals(20_191_230, ofName("20191230-two-per-type12.itch50"));
        assertEquals(20_191_230, ofName("12302019.NASDAQ_ITCH50.gz"));
        assertEquals(20_191_230, ofName("v00000000-S20191230.gz"));
        assertEquals(19_700_101, ofName("201912301.gz"));
        assertEquals(19_700_101, ofName("20191330.gz"));
        assertEquals(19_700_101, ofName("SYNTHETIC-ritch-reframed12012.itch50.gz"));
    }

    @Test
    void shouldPreferTheNamedDay() {
        assertEquals(20_260_306, TradingDate.ofCapture(LocalDate.of(2026, 3, 6),
            1_692_711_000_000_000_000L, "20191230").number());
    }

    @Test
    void shouldBelieveCapturesFromTheYear2000Until2100() {
        assertTrue(TradingDate.isBelieved(946_684_800_000_000_000L));
        assertFalse(TradingDate.isBelieved(946_684_799_999_999_999L));
        assertTrue(TradingDate.isBelieved(4_102_444_799_999_999_999L));
        assertFalse(TradingDate.isBelieved(4_102_444_800_000_000_000L));
        assertFalse(TradingDate.isBelieved(Long.MAX_VALUE));
        assertFalse(TradingDate.isBelieved(NONE));
    }

    @Test
    void shouldBeNearOneDayBothWays() {
        TradingDate date = TradingDate.of(LocalDate.of(2026, 3, 6));
        long day = 86_400_000_000_000L;
        assertTrue(date.isNear(date.midnightNs() - day));
        assertFalse(date.isNear(date.midnightNs() - day - 1));
        assertTrue(date.isNear(date.midnightNs() + 2 * day - 1));
        assertFalse(date.isNear(date.midnightNs() + 2 * day));
        assertFalse(date.isNear(NONE));
        assertFalse(TradingDate.unknown().isNear(1));
    }

    private static int ofName(String name) {
        TradingDate date = TradingDate.ofCapture(null, NONE, name);
        assertEquals(date.number() != 19_700_101, date.isKnown());
        return date.number();
    }

    private static String midnight(LocalDate date) {
        return Instant.ofEpochSecond(TradingDate.of(date).midnightNs() / 1_000_000_000L).toString();
    }
}
