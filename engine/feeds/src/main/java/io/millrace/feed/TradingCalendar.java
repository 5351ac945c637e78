// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static java.time.temporal.TemporalAdjusters.lastInMonth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;

/** Which days are trading dates. */
public enum TradingCalendar {
    /**
     * Weekdays but the holidays of NYSE Rule 7.2, which the other US equity exchanges keep too. A
     * holiday on a Sunday is kept on Monday, one on a Saturday on Friday, unless that ends a month:
     * so New Year's Day on a Saturday is not kept. A day of mourning or a storm is in no rule.
     */
    US_EQUITIES {
        @Override
        public boolean isTradingDate(LocalDate date) {
            return !isWeekend(date) && !isHoliday(date);
        }
    },
    /** Every day, as where a test exchange runs at weekends. */
    EVERY_DAY {
        @Override
        public boolean isTradingDate(LocalDate date) {
            return true;
        }
    };

    private static final int FIRST_JUNETEENTH = 2022;

    /** True when there is trading on a day. */
    public abstract boolean isTradingDate(LocalDate date);

    /** The day itself when there is trading, else the first day behind it with trading. */
    public LocalDate onOrAfter(LocalDate date) {
        LocalDate found = date;
        while (!isTradingDate(found)) {
            found = found.plusDays(1);
        }
        return found;
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == SATURDAY || date.getDayOfWeek() == SUNDAY;
    }

    private static boolean isHoliday(LocalDate date) {
        int year = date.getYear();
        return switch (date.getMonth()) {
            case JANUARY -> date.equals(kept(year, Month.JANUARY, 1))
                || isNth(date, 3, MONDAY);
            case FEBRUARY -> isNth(date, 3, MONDAY);
            case MARCH, APRIL -> date.equals(easter(year).minusDays(2));
            case MAY -> date.equals(date.with(lastInMonth(MONDAY)));
            case JUNE -> year >= FIRST_JUNETEENTH && date.equals(kept(year, Month.JUNE, 19));
            case JULY -> date.equals(kept(year, Month.JULY, 4));
            case SEPTEMBER -> isNth(date, 1, MONDAY);
            case NOVEMBER -> isNth(date, 4, THURSDAY);
            case DECEMBER -> date.equals(kept(year, Month.DECEMBER, 25));
            default -> false;
        };
    }

    private static boolean isNth(LocalDate date, int number, DayOfWeek day) {
        return date.equals(date.with(dayOfWeekInMonth(number, day)));
    }

    /** The day on which a holiday is kept; that of New Year's on a Saturday is in another month. */
    private static LocalDate kept(int year, Month month, int day) {
        LocalDate date = LocalDate.of(year, month, day);
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> date.minusDays(1);
            case SUNDAY -> date.plusDays(1);
            default -> date;
        };
    }

    /** Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher. */
    private static LocalDate easter(int year) {
        int golden = year % 19;
        int century = year / 100;
        int ofCentury = year % 100;
        int correction = (century - (century + 8) / 25 + 1) / 3;
        int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
        int weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7;
        int late = (golden + 11 * epact + 22 * weekday) / 451;
        int days = epact + weekday - 7 * late + 114;
        return LocalDate.of(year, days / 31, days % 31 + 1);
    }
}
