// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge.status;

import io.millrace.codec.event.LineState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads channels and their lines out of the counters. What the feed itself tells of a line or a
 * breaker, as events in the journal, goes before what the counters alone let conclude, as long as
 * that journal is written. Used by the edge's agent.
 */
final class FeedReader {
    private static final String PREFIX = "feed.";
    private static final String MESSAGES = "messages";
    private static final String PACKETS = "packets";
    private static final String WON = "won";
    private static final String CONNECTED = "connected";

    private final long silenceNs;
    private final CounterRates rates;
    private final Movements movements = new Movements();

    /** @param silenceNs without a packet after which a line is silent */
    FeedReader(long silenceNs, CounterRates rates) {
        this.silenceNs = silenceNs;
        this.rates = rates;
    }

    /** All channels by name. */
    List<FeedStatus> read(Map<String, Long> counters, JournalReading journal, long nowNs) {
        List<FeedStatus> feeds = new ArrayList<>();
        for (String name : names(counters, PREFIX, '.' + MESSAGES)) {
            feeds.add(feed(name, counters, journal, nowNs));
        }
        return feeds;
    }

    private FeedStatus feed(String name, Map<String, Long> counters, JournalReading journal,
        long nowNs) {
        Fields feed = field -> counters.getOrDefault(StatusLabels.feed(name, field), 0L);
        return new FeedStatus(name, breaker(journal.breakers().get(name),
            counters.get(StatusLabels.feed(name, "breaker"))),
            rates.perSecond(StatusLabels.feed(name, MESSAGES)), feed.get(MESSAGES),
            feed.get("missing"), feed.get("gaps"), feed.get("session-changes"),
            feed.get("holes-opened"), feed.get("holes-open"), feed.get("healed-by-line"),
            feed.get("healed-by-request"), feed.get("requests"), feed.get("held-packets"),
            lines(name, counters, journal, nowNs));
    }

    private List<LineStatus> lines(String feed, Map<String, Long> counters,
        JournalReading journal, long nowNs) {
        TreeSet<String> names = names(counters, StatusLabels.linePrefix(feed), '.' + PACKETS);
        long allWon = names.stream()
            .mapToLong(name -> counters.getOrDefault(StatusLabels.line(feed, name, WON), 0L)).sum();
        List<LineStatus> lines = new ArrayList<>();
        if (counters.containsKey(StatusLabels.feed(feed, CONNECTED))) {
            lines.add(connection(feed, counters));
        }
        for (String name : names) {
            Fields line =
                field -> counters.getOrDefault(StatusLabels.line(feed, name, field), 0L);
            long stillNs = movements.stillNs(feed + '.' + name, line.get(PACKETS), nowNs);
            lines.add(line(feed, name, line, allWon, stillNs,
                health(journal.lines().get(feed + '.' + name), line.get(PACKETS), stillNs)));
        }
        return lines;
    }

    /** What comes by a connection counts as a line that is first with all. */
    private LineStatus connection(String feed, Map<String, Long> counters) {
        long messages = counters.getOrDefault(StatusLabels.feed(feed, MESSAGES), 0L);
        boolean isUp = counters.getOrDefault(StatusLabels.feed(feed, CONNECTED), 0L) != 0;
        return new LineStatus("TCP", isUp ? LineHealth.UP : LineHealth.DOWN, 0, 0,
            rates.perSecond(StatusLabels.feed(feed, MESSAGES)), 0, messages, messages, 1, 0, 0, 0,
            0, 0, 0);
    }

    private LineStatus line(String feed, String name, Fields line, long allWon, long stillNs,
        LineHealth health) {
        long leads = line.get("leads");
        return new LineStatus(name, health, stillNs,
            rates.perSecond(StatusLabels.line(feed, name, PACKETS)),
            rates.perSecond(StatusLabels.line(feed, name, MESSAGES)), line.get(PACKETS),
            line.get(MESSAGES), line.get(WON), (double) line.get(WON) / Math.max(1, allWon), leads,
            (double) line.get("lead-ns") / Math.max(1, leads), line.get("lost"),
            line.get("repeated"), line.get("late"), line.get("reorder-depth"));
    }

    private LineHealth health(LineState told, long packets, long stillNs) {
        if (told != null) {
            return switch (told) {
                case SILENT -> LineHealth.SILENT;
                case DOWN -> LineHealth.DOWN;
                default -> LineHealth.UP;
            };
        }
        if (packets == 0) {
            return LineHealth.UNHEARD;
        }
        return stillNs >= silenceNs ? LineHealth.SILENT : LineHealth.UP;
    }

    /** @param shown ordinal among the states without NOT_TOLD, or null */
    private static BreakerState breaker(LineState told, Long shown) {
        if (told == null) {
            return shown == null ? BreakerState.NOT_TOLD
                : BreakerState.values()[(int) (shown + BreakerState.CLOSED.ordinal())];
        }
        return switch (told) {
            case BREAKER_OPEN -> BreakerState.OPEN;
            case BREAKER_HALF_OPEN -> BreakerState.HALF_OPEN;
            case BREAKER_CLOSED -> BreakerState.CLOSED;
            default -> BreakerState.NOT_TOLD;
        };
    }

    private static TreeSet<String> names(Map<String, Long> counters, String prefix,
        String suffix) {
        TreeSet<String> names = new TreeSet<>();
        for (String label : counters.keySet()) {
            String name = StatusLabels.between(label, prefix, suffix);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** Values of one channel or line by field. */
    private interface Fields {
        long get(String field);
    }
}
