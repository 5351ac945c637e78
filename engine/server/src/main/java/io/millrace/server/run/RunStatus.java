// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.event.EventRing;
import io.millrace.feed.FeedCounters;
import io.millrace.journal.JournalQueue;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** One line a second about a running server. Control thread; what it reads is a moment's truth. */
public final class RunStatus {
    /** The simulated exchange begins late and repeats the end of its session. */
    static final long AROUND_FLOW_NS = 1_300_000_000L;
    private static final long SHORTEST_FLOW_NS = 500_000_000L;

    private final MarketDataServer server;
    private final long beganNs = System.nanoTime();
    private long lastNs = beganNs;
    private long lastMessages;

    /** @param server started */
    public RunStatus(MarketDataServer server) {
        this.server = server;
    }

    /** Span that a simulated day may take, so that a run of a given span ends with it. */
    public static long flowNs(long runNs) {
        return Math.max(SHORTEST_FLOW_NS, runNs - AROUND_FLOW_NS);
    }

    /** True once a simulated exchange has nothing more to send. */
    public boolean isDone() {
        return server.exchange() != null && server.exchange().isDone();
    }

    /** True when a stage threw: nothing goes on. */
    public boolean isFailed() {
        return server.pipeline().chain().failure() != null;
    }

    /** Why the journal ends the run, or null as long as it does not. */
    public String haltReason() {
        return server.journal() != null && server.journal().isHalted()
            ? "journal.on-full halt: " + server.journal().state() : null;
    }

    /** The line. */
    public String line() {
        long nowNs = System.nanoTime();
        long messages = sum(FeedCounters::shownMessages);
        double rate = (messages - lastMessages) * 1e9 / Math.max(1, nowNs - lastNs);
        lastNs = nowNs;
        lastMessages = messages;
        StringBuilder line = new StringBuilder(160);
        line.append(String.format(Locale.ROOT, "run: %3.0f s  %,9.0f msg/s  %,12d messages",
            (nowNs - beganNs) / 1e9, rate, messages));
        if (server.exchange() != null) {
            line.append(String.format(Locale.ROOT, " of %,d sent",
                server.exchange().messagesSent()));
        }
        line.append(String.format(Locale.ROOT, "  %d gaps  rings %.1f %% %.1f %%",
            sum(FeedCounters::shownGaps), used(server.pipeline().inboundRing()),
            used(server.pipeline().outboundRing())));
        if (server.journal() != null) {
            line.append(String.format(Locale.ROOT, "  journal %,d in %,d out",
                server.journal().sequence(JournalQueue.INBOUND),
                server.journal().sequence(JournalQueue.OUTBOUND)));
            line.append(server.journal().isAppending() ? "" : "  " + server.journal().state());
        }
        server.feeds().forEach(feed -> line.append(feed.status()));
        line.append(server.bridges() == null ? "" : server.bridges().status());
        line.append(server.recorder() == null ? "" : server.recorder().status());
        return line.toString();
    }

    private long sum(ToLongFunction<FeedCounters> count) {
        return server.feeds().stream().map(LiveFeed::counters).mapToLong(count).sum();
    }

    private static double used(EventRing ring) {
        return 100.0 * (ring.capacity() - ring.remainingCapacity()) / ring.capacity();
    }
}
