// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Tells when a run is to go over to the next trading date: every session has ended and nothing came
 * for a second, but not before a time that may be set; at the latest when the date is over in New
 * York, or when another session has begun behind an end. Control thread.
 */
final class RollWatch {
    /** Time without a message after which an ended session brings no more. */
    static final long QUIET_NS = 1_000_000_000L;

    private final long earliestNs;
    private final boolean isTimeSet;
    private final long latestNs;
    private final List<FeedCounters> feeds;
    private final EpochNanoClock clock;
    private long lastCount = -1;
    private long quietFromNs;

    /**
     * @param earliestNs time before which nothing ends the date
     * @param feeds      written by the ingress thread
     */
    RollWatch(TradingDate date, long earliestNs, List<FeedCounters> feeds, EpochNanoClock clock) {
        this.earliestNs = earliestNs;
        this.feeds = feeds;
        this.clock = clock;
        isTimeSet = earliestNs > date.midnightNs();
        long overNs = TradingDate.of(date.date().plusDays(1)).midnightNs();
        latestNs = clock.nanoTime() < overNs ? overNs : Long.MAX_VALUE;
    }

    /** True when the date is to end. */
    boolean isDue() {
        long nowNs = clock.nanoTime();
        long count = feeds.stream()
            .mapToLong(feed -> feed.shownMessages() + feed.shownMissing()).sum();
        if (count != lastCount) {
            lastCount = count;
            quietFromNs = nowNs;
        }
        if (nowNs >= latestNs
            || feeds.stream().anyMatch(feed -> feed.shownSessionsBehindAnEnd() > 0)) {
            return true;
        }
        return nowNs >= earliestNs && nowNs - quietFromNs >= QUIET_NS
            && feeds.stream().allMatch(RollWatch::isOver)
            && (isTimeSet || feeds.stream().anyMatch(feed -> feed.shownEndsOfSession() > 0));
    }

    /** True for what has ended, and for what never began. */
    private static boolean isOver(FeedCounters feed) {
        return feed.shownEndsOfSession() > 0 || feed.shownMessages() + feed.shownMissing() == 0;
    }
}
