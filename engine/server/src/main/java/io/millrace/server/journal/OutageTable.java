// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import static io.millrace.journal.LineLedger.WHOLE_FEED;

import io.millrace.instrument.Venue;
import io.millrace.journal.LineLedger.Outage;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines and feeds that were not heard, as text or JSON. One thread. */
final class OutageTable {
    private static final String HEAD = "%n%-5s %7s %-7s %-17s  %-30s %-30s %12s %6s %12s%n";
    private static final String ROW = "%-5s %7d %-7s %-17s  %-30s %-30s %12s %6d %,12d%n";
    private static final double NS_PER_SECOND = 1e9;

    private final List<Outage> outages = new ArrayList<>();

    void add(Outage outage) {
        outages.add(outage);
    }

    /** A table and a closing line; empty when everything was always heard. */
    String text() {
        if (outages.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, HEAD, "venue", "channel",
            "what", "last state", "not heard since", "heard again", "seconds", "trials", "lost"));
        outages.forEach(outage -> text.append(row(outage)));
        long feeds = outages.stream().filter(outage -> outage.line() == WHOLE_FEED).count();
        long open = outages.stream().filter(outage -> !outage.isOver()).count();
        return text.append(String.format(Locale.ROOT,
            "%,d times a breaker opened, %,d times a line fell silent or went down; %,d not heard"
                + " again%n", feeds, outages.size() - feeds, open)).toString();
    }

    void print(JsonLines lines) throws IOException {
        for (Outage outage : outages) {
            lines.begin().field("venue", venue(outage)).field("channel", outage.channelId())
                .field("outage", outage.line() == WHOLE_FEED ? "FEED" : "LINE")
                .field("line", outage.line()).field("state", outage.state().name())
                .field("silenceNs", outage.silenceNs()).field("trials", outage.trials())
                .field("lost", outage.lost()).field("fromNs", outage.fromNs());
            if (outage.isOver()) {
                lines.field("toNs", outage.toNs());
            }
            lines.end();
        }
    }

    private static String row(Outage outage) {
        return String.format(Locale.ROOT, ROW, venue(outage), outage.channelId(),
            outage.line() == WHOLE_FEED ? "feed" : "line " + (char) ('A' + outage.line() - 1),
            outage.state(), Times.text(outage.fromNs()),
            outage.isOver() ? Times.text(outage.toNs()) : "-",
            outage.isOver() ? String.format(Locale.ROOT, "%,.3f",
                (outage.toNs() - outage.fromNs()) / NS_PER_SECOND) : "-",
            outage.trials(), outage.lost());
    }

    private static String venue(Outage outage) {
        Venue venue = Venue.byId(outage.venueId());
        return venue == null ? Integer.toString(outage.venueId()) : venue.name();
    }
}
