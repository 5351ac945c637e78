// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_CALENDAR;
import static io.millrace.server.config.ConfigOptions.FEED_DATE;
import static io.millrace.server.config.ConfigOptions.FEED_ROLL;
import static io.millrace.server.config.SimulatorOptions.CLOCK_START;

import io.millrace.counter.EngineClock;
import io.millrace.feed.TradingCalendar;
import io.millrace.feed.TradingDate;
import io.millrace.server.config.Configuration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The trading dates that one run lives through, each as a configuration of its own, with its date
 * named: a journal explains itself. Control thread.
 */
public final class TradingDays {
    private static final String WALL = "wall";
    private static final String OFF = "off";
    private static final String SESSION = "session";
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final Configuration configuration;
    private final List<String> starts;
    private int index;

    /** @param configuration of the run */
    public TradingDays(Configuration configuration) {
        this.configuration = configuration;
        String text = configuration.text(CLOCK_START);
        starts = EngineOptions.isSimulated(configuration) && !text.equals(WALL)
            ? List.of(text.split(",")) : List.of();
    }

    /** Simulated dates, one at least. */
    public int count() {
        return Math.max(1, starts.size());
    }

    /** The first date. */
    public Configuration first() {
        if (!starts.isEmpty()) {
            return simulated();
        }
        return isRolling(configuration) && configuration.text(FEED_DATE).equals(TradingDates.TODAY)
            ? on(date(configuration, new EngineClock().nanoTime()).date()) : configuration;
    }

    /**
     * The date behind one that is over.
     *
     * @return null when the run ends with that one
     */
    public Configuration next(Configuration day) {
        index++;
        if (!starts.isEmpty()) {
            return index < starts.size() ? simulated() : null;
        }
        if (!isRolling(configuration)) {
            return null;
        }
        LocalDate behind = calendar(configuration)
            .onOrAfter(LocalDate.parse(day.text(FEED_DATE)).plusDays(1));
        LocalDate now = date(configuration, new EngineClock().nanoTime()).date();
        return on(now.isAfter(behind) ? now : behind);
    }

    private Configuration simulated() {
        String start = starts.get(index);
        return configuration.with(Map.of(CLOCK_START, start,
            FEED_DATE, LocalDateTime.parse(start).toLocalDate().toString()));
    }

    private Configuration on(LocalDate date) {
        return configuration.with(Map.of(FEED_DATE, date.toString()));
    }

    /** The clock of one date: the machine's, or one that begins when a simulated day does. */
    static EngineClock clock(Configuration day) {
        String start = day.text(CLOCK_START);
        if (!EngineOptions.isSimulated(day) || start.equals(WALL)) {
            return new EngineClock();
        }
        return EngineClock.startingAt(LocalDateTime.parse(start).atZone(TradingDate.ZONE)
            .toEpochSecond() * NS_PER_SECOND);
    }

    /** True when a run goes over to the next date by itself. */
    static boolean isRolling(Configuration configuration) {
        return !configuration.text(FEED_ROLL).equals(OFF)
            && !EngineOptions.isSimulated(configuration);
    }

    /**
     * The date that a moment belongs to: of a run that goes over to the next one a trading date of
     * the calendar, which begins when the last one may end.
     */
    static TradingDate date(Configuration configuration, long nowNs) {
        TradingDate date = TradingDate.at(nowNs);
        if (!isRolling(configuration)) {
            return date;
        }
        LocalDate day = nowNs >= earliestNs(configuration, date) ? date.date().plusDays(1)
            : date.date();
        return TradingDate.of(calendar(configuration).onOrAfter(day));
    }

    private static TradingCalendar calendar(Configuration configuration) {
        return TradingCalendar.valueOf(
            configuration.text(FEED_CALENDAR).replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** When a date may end at the earliest. */
    static long earliestEndNs(Configuration configuration, TradingDate date) {
        String roll = configuration.text(FEED_ROLL);
        return roll.equals(SESSION) ? date.midnightNs() : earliestNs(configuration, date);
    }

    private static long earliestNs(Configuration configuration, TradingDate date) {
        String roll = configuration.text(FEED_ROLL);
        return roll.equals(SESSION) || roll.equals(OFF) ? Long.MAX_VALUE
            : date.date().atTime(LocalTime.parse(roll)).atZone(TradingDate.ZONE).toEpochSecond()
                * NS_PER_SECOND;
    }
}
