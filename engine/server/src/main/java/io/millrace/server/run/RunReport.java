// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.engine.LatencyStep;
import io.millrace.engine.StageLatency;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.recovery.RecoveryCounters;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run has to answer for when it has ended: loss, books, journal, time, threads. Each claim
 * is checked here, and the run is good only when all hold. Control thread, after everything
 * stopped.
 */
public final class RunReport {
    private final MarketDataServer server;
    private final List<String> lines = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** @param server closed */
    public RunReport(MarketDataServer server) {
        this.server = server;
    }

    /** Checks everything but the proof. */
    public RunReport check() {
        checkMessages();
        checkBooks();
        checkJournal();
        return this;
    }

    /** Adds why the feed's trading date ended the run; null when it did not. */
    public RunReport date(String problem) {
        if (problem != null) {
            claim("date", false, problem);
        }
        return this;
    }

    /** Adds what a replay of the journal showed. */
    public RunReport proof(boolean isEqual, String line) {
        claim("proof", isEqual, line);
        return this;
    }

    /** True when every claim holds. */
    public boolean isGood() {
        return failures.isEmpty();
    }

    /** The report as text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        text.append('\n').append(latency().text()).append('\n');
        server.threads().forEach(thread -> text.append(thread).append('\n'));
        text.append(isGood() ? "all held\n" : "FAILED: " + String.join(", ", failures) + '\n');
        return text.toString();
    }

    private void checkMessages() {
        FeedCounters feed = server.feed().counters();
        long received = feed.messages() + feed.emptyMessages();
        if (server.exchange() == null) {
            lines.add(String.format(Locale.ROOT, "messages    received %,d, declared gaps %,d (%d)",
                received, feed.missing(), feed.gaps()));
        } else {
            long sent = server.exchange().messagesSent();
            claim("messages", sent == received + feed.missing()
                && sent > 0, String.format(Locale.ROOT,
                "sent %,d = received %,d + declared gaps %,d (%d gaps, %d duplicates)", sent,
                received,
                feed.missing(), feed.gaps(), feed.duplicates()));
        }
        checkLines(feed);
        claim("decoder", feed.isBalanced() && feed.malformedMessages() == 0, feed.toString());
    }

    private void checkLines(FeedCounters feed) {
        lines.addAll(Scorecard.text(feed.lines()));
        lines.addAll(server.live().report());
        RecoveryCounters recovery = server.live().recovery();
        if (recovery != null && recovery.opened() > 0) {
            claim("gaps", recovery.shownOpen() == 0, recovery.toString());
        }
        if (server.live().problem() != null) {
            claim("login", false, server.live().problem());
        }
    }

    private void checkBooks() {
        if (server.exchange() == null) {
            return;
        }
        BookComparison books = new BookComparison(server.pipeline().market(),
            server.channel().venueId(), server.exchange().books()).run();
        claim("books", books.isEqual(), books.line());
    }

    private void checkJournal() {
        if (server.journal() == null) {
            lines.add("journal     off");
            return;
        }
        JournalVerifier.Report report = new JournalVerifier(server.journal().directory()).verify();
        long inbound = server.journal().sequence(JournalQueue.INBOUND);
        long outbound = server.journal().sequence(JournalQueue.OUTBOUND);
        boolean isWhole = report.isWhole() && server.journal().isAppending()
            && report.queues().get(0).last() == inbound && report.queues().get(1).last() == outbound
            && inbound == server.pipeline().inboundRing().cursor() + 1
            && outbound == server.pipeline().outboundRing().cursor() + 1;
        claim("journal", isWhole,
            String.format(Locale.ROOT, "%s: %,d events in, %,d events out, %s",
            report.directory(), inbound, outbound,
            (report.isWhole() ? "verified" : report.damages().get(0))
                + (server.journal().isAppending() ? "" : ", " + server.journal().state())));
    }

    private LatencyTable latency() {
        LatencyTable table = new LatencyTable();
        if (server.exchange() != null) {
            table.add("exchange behind its plan", server.exchange().lateness());
        }
        if (server.journal() != null) {
            table.addJournal(server.journal().directory());
        }
        StageLatency chain = server.pipeline().chain().latency();
        for (LatencyStep step : LatencyStep.values()) {
            table.add(step.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " (batch)",
                chain.histogram(step));
        }
        return table;
    }

    private void claim(String name, boolean holds, String line) {
        lines.add(String.format(Locale.ROOT, "%-11s %s: %s", name, line, holds ? "holds"
            : "DOES NOT HOLD"));
        if (!holds) {
            failures.add(name);
        }
    }
}
