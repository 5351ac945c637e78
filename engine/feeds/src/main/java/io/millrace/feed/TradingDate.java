// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import io.millrace.event.EventFlag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The day that times without a date belong to, in the venue's zone. An unknown one is 1970-01-01,
 * and events timed by it carry BAD_TIME. It is never the day of the run.
 */
public final class TradingDate {
    /** The venues' zone. */
    public static final ZoneId ZONE = ZoneId.of("America/New_York");

    /** Captures before this hold a clock that was not set. */
    private static final long FIRST_BELIEVED_NS =
        Instant.parse("2000-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
    /** Captures from this on hold a clock that was set wrong, or a damaged stamp. */
    private static final long END_OF_BELIEF_NS =
        Instant.parse("2100-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final Pattern EIGHT_DIGITS = Pattern.compile("(?<!\\d)\\d{8}(?!\\d)");

    private final LocalDate date;
    private final boolean isKnown;
    private final long midnightNs;

    private TradingDate(LocalDate date, boolean isKnown) {
        this.date = date;
        this.isKnown = isKnown;
        midnightNs = date.atStartOfDay(ZONE).toEpochSecond() * 1_000_000_000L;
    }

    /** A day that somebody named. */
    public static TradingDate of(LocalDate date) {
        return new TradingDate(date, true);
    }

    /** No day. */
    public static TradingDate unknown() {
        return new TradingDate(LocalDate.EPOCH, false);
    }

    /** The day in New York of a moment, live. */
    public static TradingDate at(long epochNs) {
        Instant moment = Instant.ofEpochSecond(Math.floorDiv(epochNs, 1_000_000_000L));
        return of(moment.atZone(ZONE).toLocalDate());
    }

    /**
     * The day of a capture file: the one named, else that of the capture's clock if it was set,
     * else eight digits of the file's name, else unknown.
     *
     * @param named         or null
     * @param captureTimeNs of the first packet, or UNDEFINED
     */
    public static TradingDate ofCapture(LocalDate named, long captureTimeNs, String fileName) {
        if (named != null) {
            return of(named);
        }
        if (isBelieved(captureTimeNs)) {
            return at(captureTimeNs);
        }
        Matcher digits = EIGHT_DIGITS.matcher(fileName);
        while (digits.find()) {
            LocalDate date = parse(digits.group());
            if (date != null) {
                return of(date);
            }
        }
        return unknown();
    }

    /** True when a capture's clock was set, to a time from the year 2000 until before 2100. */
    public static boolean isBelieved(long captureTimeNs) {
        return captureTimeNs >= FIRST_BELIEVED_NS && captureTimeNs < END_OF_BELIEF_NS;
    }

    /**
     * True when a capture's clock was set, and to a time no more than one day before or behind this
     * day: one damaged stamp must not take the time of all that follows with it.
     */
    public boolean isNear(long captureTimeNs) {
        return isBelieved(captureTimeNs) && captureTimeNs >= midnightNs - DAY_NS
            && captureTimeNs < midnightNs + 2 * DAY_NS;
    }

    /** The day. */
    public LocalDate date() {
        return date;
    }

    /** False when the day is 1970-01-01 for want of another. */
    public boolean isKnown() {
        return isKnown;
    }

    /** Ns since the Unix epoch of the day's midnight in New York. */
    public long midnightNs() {
        return midnightNs;
    }

    /** The day as the number yyyymmdd. */
    public int number() {
        return (date.getYear() * 100 + date.getMonthValue()) * 100 + date.getDayOfMonth();
    }

    /** Bits of {@link EventFlag} of events that are timed by this day. */
    public int flags() {
        return isKnown ? 0 : EventFlag.BAD_TIME;
    }

    private static LocalDate parse(String digits) {
        LocalDate date = date(digits.substring(0, 4), digits.substring(4, 6), digits.substring(6));
        return date != null ? date
            : date(digits.substring(4), digits.substring(0, 2), digits.substring(2, 4));
    }

    private static LocalDate date(String year, String month, String day) {
        int number = Integer.parseInt(year);
        if (number < 1990 || number > 2099) {
            return null;
        }
        try {
            return LocalDate.of(number, Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException noDay) {
            return null;
        }
    }
}
