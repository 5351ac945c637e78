// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.engine.Pipeline;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.breaker.BreakerCounters;
import io.millrace.feed.breaker.BreakerState;
import io.millrace.feed.recovery.RecoveryCounters;
import java.util.Locale;

/**
 * What one feed has to answer for: loss, lines, holes, decoder, and the books when the venue is a
 * simulated one that knows what they should be. Control thread, after everything stopped.
 */
final class FeedReport {
    private final LiveFeed feed;
    private final Claims claims;
    private final String suffix;

    /** @param suffix behind the names of claims, so that they tell the feeds apart */
    FeedReport(LiveFeed feed, Claims claims, String suffix) {
        this.feed = feed;
        this.claims = claims;
        this.suffix = suffix;
    }

    /** Checks all; the venue is null when the feed listens to a real one. */
    void check(SimulatedVenue venue, Pipeline pipeline) {
        checkMessages(venue);
        checkLines();
        if (venue != null) {
            BookComparison books = new BookComparison(pipeline.market(), pipeline.instruments(),
                feed.channel().venueId(), venue.agent().books(), feed.protocol()).run();
            claim("books", books.isEqual(), books.line());
        }
    }

    private void checkMessages(SimulatedVenue venue) {
        FeedCounters counters = feed.counters();
        long received = feed.received();
        if (venue == null) {
            claims.tell("messages" + suffix, String.format(Locale.ROOT,
                "received %,d, declared gaps %,d (%d)", received, counters.missing(),
                counters.gaps()));
            return;
        }
        long sent = venue.agent().messagesSent();
        claim("messages", sent == received + counters.missing() && sent > 0,
            String.format(Locale.ROOT,
                "sent %,d = received %,d + declared gaps %,d (%d gaps, %d duplicates)", sent,
                received, counters.missing(), counters.gaps(), counters.duplicates()));
        venue.truth().forEach(claims::tell);
        if (!venue.isBalanced()) {
            claim("lines", false, "the senders' counts do not add up");
        }
    }

    private void checkLines() {
        FeedCounters counters = feed.counters();
        Scorecard.text(counters.lines()).forEach(claims.lines()::add);
        if (counters.overflowPackets() > 0) {
            claims.tell("overflow" + suffix, String.format(Locale.ROOT,
                "%,d packets discarded as the ring was full, as if lost on the wire",
                counters.overflowPackets()));
        }
        feed.report().forEach(claims::tell);
        if (feed.problem() != null) {
            claim("login", false, feed.problem());
        }
        RecoveryCounters recovery = feed.recovery();
        if (recovery != null && recovery.opened() > 0) {
            claim("gaps", recovery.shownOpen() == 0, recovery.toString());
        }
        BreakerCounters breaker = feed.breaker().counters();
        if (breaker.opened() > 0) {
            claim("breaker", breaker.state() == BreakerState.CLOSED, breaker.toString());
        }
        claim("decoder", counters.isBalanced() && counters.malformedMessages() == 0,
            counters.toString());
    }

    private void claim(String name, boolean holds, String line) {
        claims.claim(name + suffix, holds, line);
    }
}
