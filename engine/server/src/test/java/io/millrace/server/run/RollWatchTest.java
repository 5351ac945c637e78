// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationLoader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollWatchTest {
    private static final TradingDate DATE = TradingDate.of(LocalDate.of(2026, 10, 30));
    private static final long EVENING_NS = ns("2026-10-31T00:30:00Z");
    private static final long MIDNIGHT_NS = ns("2026-10-31T04:00:00Z");

    private final FeedCounters feed = new FeedCounters();
    private long nowNs = EVENING_NS;

    @Test
    void shouldEndADateOnceItsSessionsHaveEndedAndNothingComes() {
        RollWatch watch = new RollWatch(DATE, 0, List.of(feed), () -> nowNs);
        message();
        assertFalse(watch.isDue());
        nowNs += RollWatch.QUIET_NS;
        assertFalse(watch.isDue());

        feed.onEndOfSession();
        message();
        assertFalse(watch.isDue());
        nowNs += RollWatch.QUIET_NS;

        assertTrue(watch.isDue());
    }

    @Test
    void shouldNotEndADateBeforeItsTime() {
        RollWatch watch = new RollWatch(DATE, EVENING_NS + 2 * RollWatch.QUIET_NS, List.of(feed),
            () -> nowNs);
        assertFalse(watch.isDue());
        nowNs += RollWatch.QUIET_NS;
        assertFalse(watch.isDue());
        nowNs += RollWatch.QUIET_NS;
        assertTrue(watch.isDue());
    }

    @Test
    void shouldWaitForASessionThatHasNotBegun() {
        RollWatch watch = new RollWatch(DATE, 0, List.of(feed), () -> nowNs);
        assertFalse(watch.isDue());
        nowNs += 2 * RollWatch.QUIET_NS;
        assertFalse(watch.isDue());
    }

    @Test
    void shouldEndADateAtMidnightInNewYorkAtTheLatest() {
        RollWatch watch = new RollWatch(DATE, 0, List.of(feed), () -> nowNs);
        message();
        nowNs = MIDNIGHT_NS - 1;
        assertFalse(watch.isDue());
        nowNs = MIDNIGHT_NS;
        assertTrue(watch.isDue());
    }

    @Test
    void shouldKnowTheDateOfATimeBehindTheLastOnesEndWhateverTheSeason() {
        Configuration evening = configuration("20:00");
        assertEquals(List.of("2026-10-30", "2026-11-02", "2026-11-02", "2026-11-03"), List.of(
            date(evening, "2026-10-30T23:59:59Z"), date(evening, "2026-10-31T00:00:00Z"),
            date(evening, "2026-11-03T00:59:59Z"), date(evening, "2026-11-03T01:00:00Z")));
        assertEquals("2026-10-30", date(configuration("session"), "2026-10-31T03:59:59Z"));
    }

    private static String date(Configuration configuration, String time) {
        return TradingDays.date(configuration, ns(time)).date().toString();
    }

    private static Configuration configuration(String roll) {
        return new ConfigurationLoader().environment(Map.of()).conclude()
            .with(Map.of("feed.roll", roll, "feed.source", "itch50"));
    }

    private void message() {
        feed.onMessage();
        feed.show();
    }

    private static long ns(String time) {
        return Instant.parse(time).getEpochSecond() * 1_000_000_000L;
    }
}
