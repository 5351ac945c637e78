// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Tells when the trading date of a live feed is over: the venue's messages carry no date, so that
 * going on would time the next day's by this one. Control thread.
 */
final class DateWatch {
    private final TradingDate date;
    private final long endNs;
    private final List<FeedCounters> feeds;
    private final EpochNanoClock clock;

    /**
     * @param isToday true when the date was taken from the clock, false when somebody named it
     * @param feeds   written by the ingress thread
     */
    DateWatch(TradingDate date, boolean isToday, List<FeedCounters> feeds, EpochNanoClock clock) {
        this.date = date;
        this.feeds = feeds;
        this.clock = clock;
        endNs = isToday ? TradingDate.of(date.date().plusDays(1)).midnightNs() : Long.MAX_VALUE;
    }

    /** Why no further message belongs to the date, or null as long as they may. */
    String problem() {
        if (clock.nanoTime() >= endNs) {
            return problem("has ended in New York");
        }
        for (FeedCounters feed : feeds) {
            if (feed.shownSessionsBehindAnEnd() > 0) {
                return problem("ended with its session, and another session began");
            }
        }
        return null;
    }

    private String problem(String reason) {
        return String.format(Locale.ROOT,
            "trading date %s %s; start again for the next one", date.date(), reason);
    }
}
