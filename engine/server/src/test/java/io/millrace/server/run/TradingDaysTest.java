// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationLoader;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradingDaysTest {
    @ParameterizedTest
    @CsvSource({
        "20:00, us-equities, 2026-10-31T00:00:00Z, 2026-11-02",
        "20:00, us-equities, 2026-11-01T15:00:00Z, 2026-11-02",
        "20:00, us-equities, 2026-11-26T01:00:00Z, 2026-11-27",
        "20:00, every-day, 2026-11-26T01:00:00Z, 2026-11-26",
        "session, us-equities, 2026-04-03T15:00:00Z, 2026-04-06",
        "session, every-day, 2026-04-03T15:00:00Z, 2026-04-03",
        "off, us-equities, 2026-10-31T15:00:00Z, 2026-10-31"})
    void shouldKnowTheTradingDateOfAMoment(String roll, String calendar, Instant moment,
        String date) {
        assertEquals(date, TradingDays.date(configuration(roll, calendar),
            moment.getEpochSecond() * 1_000_000_000L).date().toString());
    }

    /** Far ahead of the clock, so that the date alone tells what is next. */
    @ParameterizedTest
    @CsvSource({"us-equities, 2095-12-30, 2096-01-03", "us-equities, 2096-04-12, 2096-04-16",
        "every-day, 2095-12-30, 2095-12-31"})
    void shouldRollToTheNextTradingDate(String calendar, String day, String next) {
        Configuration configuration = configuration("session", calendar);
        assertEquals(next, new TradingDays(configuration)
            .next(configuration.with(Map.of("feed.trading-date", day))).text("feed.trading-date"));
    }

    private static Configuration configuration(String roll, String calendar) {
        return new ConfigurationLoader().environment(Map.of()).conclude().with(Map.of(
            "feed.roll", roll, "feed.source", "itch50", "feed.calendar", calendar));
    }
}
