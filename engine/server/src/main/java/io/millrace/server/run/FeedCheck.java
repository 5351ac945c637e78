// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_RECEIVE_BUFFER;
import static io.millrace.server.config.ConfigOptions.FEED_SOURCE;
import static io.millrace.server.config.ConfigOptions.RECOVERY_SERVERS;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.LineCounters;
import io.millrace.feed.recovery.RecoveryCounters;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.server.config.Configuration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What came on each line of a feed while somebody listened, and what to do about a line on which
 * nothing came. Control thread: sockets are looked at before the server stops, counts after.
 */
public final class FeedCheck {
    private final List<Source> sources = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Looks at the lines of a started server. */
    public FeedCheck(MarketDataServer server) throws IOException {
        for (LiveFeed feed : server.feeds()) {
            if (feed.hasConnection()) {
                sources.add(new Source(feed, 0, null));
            }
            List<MulticastReceiver> receivers = feed.receivers();
            for (int i = 0; i < receivers.size(); i++) {
                sources.add(new Source(feed, i + 1, receivers.get(i)));
                noteBuffer(feed.configuration(), receivers.get(i));
            }
        }
    }

    /**
     * One line.
     *
     * @param feed      code of the venue
     * @param line      A, B, or TCP
     * @param name      address of the line
     * @param datagrams whatever came, of a connection its packets
     * @param packets   whole packets of the session
     * @param messages  messages in them
     * @param problem   what is wrong, with option, value and remedy; null when nothing is
     */
    public record Line(String feed, String line, String name, long datagrams, long packets,
                       long messages, String problem) {
    }

    /** A line while it is listened to. */
    private record Source(LiveFeed feed, int number, MulticastReceiver receiver) {
        Line line() {
            if (receiver == null) {
                return ConnectionCheck.line(feed);
            }
            LineCounters line = feed.counters().lines().line(number);
            return new Line(feed.name(), String.valueOf((char) ('A' + number - 1)),
                receiver.name(), receiver.packets(), line.packets(), line.messages(),
                problem(line));
        }

        private String problem(LineCounters line) {
            if (line.packets() > 0) {
                return null;
            }
            return receiver.packets() == 0
                ? LineOptions.of(feed.configuration(), number).silence(receiver.name())
                : foreign(feed);
        }

        private String foreign(LiveFeed feed) {
            FeedCounters counters = feed.counters();
            return FEED_SOURCE + ": '" + feed.configuration().text(FEED_SOURCE) + "' is not what"
                + " comes on " + receiver.name() + ": of " + receiver.packets() + " datagrams none"
                + " is a packet of its session (" + counters.malformedPackets() + " malformed, "
                + counters.foreignPackets() + " of another channel, "
                + counters.suspiciousPackets() + " of another session); name the venue's protocol,"
                + " or the group and port that carry it";
        }
    }

    /** What came on each line; after the server has stopped. */
    public List<Line> lines() {
        return sources.stream().map(Source::line).toList();
    }

    /** What is worth knowing though nothing is wrong; after the server has stopped. */
    public List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        for (LiveFeed feed : sources.stream().map(Source::feed).distinct().toList()) {
            addNotes(feed, all);
        }
        return all;
    }

    private static void addNotes(LiveFeed feed, List<String> notes) {
        FeedCounters counters = feed.counters();
        boolean isHeard = counters.packets() > counters.malformedPackets();
        if (isHeard && counters.messages() == 0) {
            notes.add(feed.name() + ": heart-beats and no message; is the market open?");
        }
        if (counters.missing() > 0) {
            notes.add(feed.name() + ": " + counters.missing() + " messages given up, those before"
                + " the test began included");
        }
        RecoveryCounters recovery = feed.recovery();
        if (recovery != null && recovery.requests() > 0 && recovery.answers() == 0) {
            notes.add(RECOVERY_SERVERS + ": '" + feed.configuration().text(RECOVERY_SERVERS)
                + "' answered none of " + recovery.requests() + " requests; check address, port"
                + " and that a firewall lets answers in");
        }
        feed.report().forEach((name, text) -> notes.add(feed.name() + ": " + name + ' ' + text));
    }

    private void noteBuffer(Configuration configuration, MulticastReceiver receiver)
        throws IOException {
        int given = receiver.receiveBufferLengthBytes();
        if (given < configuration.integer(FEED_RECEIVE_BUFFER)) {
            notes.add(FEED_RECEIVE_BUFFER + ": '" + configuration.text(FEED_RECEIVE_BUFFER)
                + "' was asked and " + given + " given on " + receiver.name()
                + "; raise net.core.rmem_max, see tuning");
        }
    }
}
