// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.engine.LatencyStep;
import io.millrace.engine.StageLatency;
import io.millrace.instrument.Shard;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.JournalWriter;
import java.util.List;
import java.util.Locale;

/**
 * What a run has to answer for when it has ended: loss, books, journal, time, threads. Each claim
 * is checked here, and the run is good only when all hold. Control thread, after everything
 * stopped.
 */
public final class RunReport {
    /** Holes of the journal that are told one by one. */
    private static final int MAX_HOLES = 20;

    private final MarketDataServer server;
    private final Claims claims = new Claims();

    /** @param server closed */
    public RunReport(MarketDataServer server) {
        this.server = server;
    }

    /** Checks everything but the proof. */
    public RunReport check() {
        checkFeeds();
        checkJournal();
        checkRecording();
        if (server.bridges() != null) {
            server.bridges().lines().forEach(line -> claims.tell("bridge", line));
        }
        return this;
    }

    /** Adds why the feed's trading date ended the run; null when it did not. */
    public RunReport date(String problem) {
        if (problem != null) {
            claims.claim("date", false, problem);
        }
        return this;
    }

    /** Adds what a replay of the journal showed. */
    public RunReport proof(boolean isEqual, String line) {
        claims.claim("proof", isEqual, line);
        return this;
    }

    /** True when every claim holds. */
    public boolean isGood() {
        return claims.failures().isEmpty();
    }

    /** The report as text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        claims.lines().forEach(line -> text.append(line).append('\n'));
        text.append('\n').append(latency().text()).append('\n');
        server.threads().forEach(thread -> text.append(thread).append('\n'));
        text.append(isGood() ? "all held\n"
            : "FAILED: " + String.join(", ", claims.failures()) + '\n');
        return text.toString();
    }

    private void checkFeeds() {
        if (server.restart() != null) {
            claims.tell("restart", "counts of feeds are of this life alone; "
                + server.restart().text());
        }
        List<LiveFeed> feeds = server.feeds();
        for (int i = 0; i < feeds.size(); i++) {
            LiveFeed feed = feeds.get(i);
            SimulatedVenue venue = server.exchange() == null ? null
                : server.exchange().venues().get(i);
            if (feeds.size() > 1) {
                claims.tell("feed", feed.name() + ' ' + feed.protocol().label());
            }
            new FeedReport(feed, claims, feeds.size() > 1 ? ' ' + feed.name() : "")
                .check(venue, server.pipeline());
        }
        if (!server.pipeline().context().shard().equals(Shard.ALL)) {
            claims.tell("shard", String.format(Locale.ROOT, "%s, %,d events left to others",
                server.pipeline().context().shard(), server.pipeline().inbound().elsewhere()));
        }
        claims.tell("rings", String.format(Locale.ROOT,
            "at most %,d of %,d slots in use inbound, %,d of %,d outbound",
            server.pipeline().inboundRing().highWater(),
            server.pipeline().inboundRing().capacity(),
            server.pipeline().outboundRing().highWater(),
            server.pipeline().outboundRing().capacity()));
    }

    private void checkJournal() {
        if (server.journal() == null) {
            claims.tell("journal", "off");
            return;
        }
        JournalVerifier.Report report = new JournalVerifier(server.journal().directory()).verify();
        long inbound = server.journal().sequence(JournalQueue.INBOUND);
        long outbound = server.journal().sequence(JournalQueue.OUTBOUND);
        boolean isWhole = report.isWhole() && report.holes().isEmpty()
            && server.journal().isAppending()
            && report.queues().get(0).last() == inbound && report.queues().get(1).last() == outbound
            && inbound == server.pipeline().state().position().inboundSequence()
            && outbound == server.pipeline().state().position().outboundSequence();
        claims.claim("journal", isWhole,
            String.format(Locale.ROOT, "%s: %,d events in, %,d events out%s, %s",
            report.directory(), inbound, outbound, earlier(),
            (report.isWhole() ? "verified" : report.damages().get(0))
                + (server.journal().isAppending() ? "" : ", " + server.journal().state())));
        tellHoles(report);
        checkLedger();
    }

    private String earlier() {
        long inbound = server.journal().foundSequence(JournalQueue.INBOUND);
        return inbound == 0 ? "" : String.format(Locale.ROOT,
            ", of these %,d in and %,d out of earlier lives", inbound,
            server.journal().foundSequence(JournalQueue.OUTBOUND));
    }

    private void tellHoles(JournalVerifier.Report report) {
        report.holes().stream().limit(MAX_HOLES)
            .forEach(hole -> claims.tell("lost", hole.toString()));
        for (JournalQueue queue : JournalQueue.values()) {
            long lost = server.counters()
                .value(JournalWriter.label(queue, "unjournaled"));
            if (lost > 0) {
                claims.tell("lost", String.format(Locale.ROOT,
                    "%,d %s events were not written", lost, queue.label()));
            }
        }
    }

    private void checkLedger() {
        LedgerCheck ledger = new LedgerCheck()
            .read(server.journal().directory(),
                server.journal().foundSequence(JournalQueue.INBOUND));
        long missing = server.feeds().stream().mapToLong(feed -> feed.counters().missing()).sum();
        if (!ledger.isEmpty()) {
            claims.claim("ledger", ledger.holds(missing), ledger.text(missing));
        }
    }

    private void checkRecording() {
        FeedRecorder recorder = server.recorder();
        if (recorder != null) {
            claims.claim("recording", recorder.isWhole(), recorder.line());
        }
    }

    private LatencyTable latency() {
        LatencyTable table = new LatencyTable();
        if (server.exchange() != null) {
            server.exchange().venues().forEach(venue -> table.add(
                venue.name() + " behind its plan", venue.agent().lateness()));
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
}
