// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {
    /** As NYSE publishes them under holidays and trading hours. */
    @ParameterizedTest
    @ValueSource(strings = {
        "2024-01-01 2024-01-15 2024-02-19 2024-03-29 2024-05-27 2024-06-19 2024-07-04 2024-09-02"
            + " 2024-11-28 2024-12-25",
        "2025-01-01 2025-01-20 2025-02-17 2025-04-18 2025-05-26 2025-06-19 2025-07-04 2025-09-01"
            + " 2025-11-27 2025-12-25",
        "2026-01-01 2026-01-19 2026-02-16 2026-04-03 2026-05-25 2026-06-19 2026-07-03 2026-09-07"
            + " 2026-11-26 2026-12-25",
        "2027-01-01 2027-01-18 2027-02-15 2027-03-26 2027-05-31 2027-06-18 2027-07-05 2027-09-06"
            + " 2027-11-25 2027-12-24"})
    void shouldKnowTheHolidaysOfAYear(String holidays) {
        List<LocalDate> expected = Stream.of(holidays.split(" ")).map(LocalDate::parse).toList();
        LocalDate first = expected.get(0);
        assertEquals(expected, first.datesUntil(first.plusYears(1))
            .filter(date -> date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0)
            .filter(date -> !TradingCalendar.US_EQUITIES.isTradingDate(date)).toList());
    }

    @Test
    void shouldTradeBeforeANewYearsDayOnASaturdayAndOnJuneteenthBeforeItWasKept() {
        assertTrue(TradingCalendar.US_EQUITIES.isTradingDate(LocalDate.of(2021, 12, 31)));
        assertTrue(TradingCalendar.US_EQUITIES.isTradingDate(LocalDate.of(2027, 12, 31)));
        assertTrue(TradingCalendar.US_EQUITIES.isTradingDate(LocalDate.of(2021, 6, 18)));
        assertFalse(TradingCalendar.US_EQUITIES.isTradingDate(LocalDate.of(2023, 1, 2)));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-28, 2026-11-30", "2026-11-29, 2026-11-30", "2026-11-30, 2026-11-30",
        "2026-07-03, 2026-07-06", "2025-04-18, 2025-04-21", "2027-12-24, 2027-12-27"})
    void shouldFindTheNextTradingDate(LocalDate date, LocalDate next) {
        assertEquals(next, TradingCalendar.US_EQUITIES.onOrAfter(date));
        assertEquals(date, TradingCalendar.EVERY_DAY.onOrAfter(date));
    }
}
