// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DateWatchTest {
    private static final TradingDate DATE = TradingDate.of(LocalDate.of(2026, 1, 30));
    private static final long MIDNIGHT_NS =
        Instant.parse("2026-01-31T05:00:00Z").getEpochSecond() * 1_000_000_000L;

    private final FeedCounters feed = new FeedCounters();
    private long nowNs = MIDNIGHT_NS - 1;

    @Test
    void shouldEndTodayAtMidnightInNewYork() {
        DateWatch watch = new DateWatch(DATE, true, List.of(feed), () -> nowNs);
        assertNull(watch.problem());

        nowNs = MIDNIGHT_NS;

        assertEquals("trading date 2026-01-30 has ended in New York; start again for the next one",
            watch.problem());
    }

    @Test
    void shouldLeaveANamedDateToItsSession() {
        DateWatch watch = new DateWatch(DATE, false, List.of(feed), () -> MIDNIGHT_NS);
        assertNull(watch.problem());

        feed.onEndOfSession();
        feed.show();
        assertNull(watch.problem());
        feed.onSessionChanged();
        feed.show();

        assertEquals("trading date 2026-01-30 ended with its session, and another session began;"
            + " start again for the next one", watch.problem());
    }

    @Test
    void shouldGoOnWhenASessionIsReplacedBeforeItsEnd() {
        DateWatch watch = new DateWatch(DATE, true, List.of(feed), () -> nowNs);

        feed.onSessionChanged();
        feed.show();
        assertNull(watch.problem());
        feed.onEndOfSession();
        feed.show();

        assertNull(watch.problem());
    }
}
