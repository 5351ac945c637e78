// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.counter.Counters;
import io.millrace.edge.status.EngineState;
import io.millrace.edge.status.StatusLabels;
import io.millrace.event.EventRing;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.LineCounters;
import io.millrace.feed.breaker.BreakerCounters;
import io.millrace.feed.recovery.RecoveryCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Copies what threads of a running server show each other into its counters, so that the edge and
 * other processes see it; the threads themselves do nothing for it. Made and sampled by the control
 * thread, which is the only one to write these counters.
 */
final class StatusCounters {
    private final MarketDataServer server;
    private final Counters counters;
    private final List<Copy> copies = new ArrayList<>();
    private final AtomicCounter state;

    /** A counter and where its value comes from. */
    private record Copy(AtomicCounter counter, LongSupplier value) {
        void run() {
            counter.setRelease(value.getAsLong());
        }
    }

    StatusCounters(MarketDataServer server) {
        this.server = server;
        counters = server.counters();
        state = counters.counter(StatusLabels.ENGINE_STATE);
        copy(StatusLabels.CHAIN_EVENTS, () -> server.pipeline().chain().position() + 1);
        addRing("inbound", server.pipeline().inboundRing());
        addRing("outbound", server.pipeline().outboundRing());
        server.feeds().forEach(this::addFeed);
    }

    /** Says that an earlier life's journal is replayed. */
    void replaying() {
        state.setRelease(EngineState.REPLAYING.ordinal());
    }

    /** Says once what does not change. */
    void begin(boolean isSimulated) {
        counters.counter(StatusLabels.ENGINE_SIMULATED).setRelease(isSimulated ? 1 : 0);
        counters.counter(StatusLabels.ENGINE_TRADING_DATE)
            .setRelease(server.pipeline().context().tradingDate());
        counters.counter(StatusLabels.ENGINE_PID).setRelease(ProcessHandle.current().pid());
        counters.counter(StatusLabels.ENGINE_START_TIME).setRelease(server.clock().time());
        state.setRelease(EngineState.RUNNING.ordinal());
        sample();
    }

    /** Takes all values. */
    void sample() {
        for (Copy copy : copies) {
            copy.run();
        }
        if (server.pipeline().chain().failure() != null) {
            state.setRelease(EngineState.FAILED.ordinal());
        }
    }

    /** The last values of a server that has stopped. */
    void end() {
        sample();
        if (state.get() != EngineState.FAILED.ordinal()) {
            state.setRelease(EngineState.STOPPED.ordinal());
        }
    }

    private void addRing(String name, EventRing ring) {
        counters.counter(StatusLabels.ring(name, "capacity")).setRelease(ring.capacity());
        copy(StatusLabels.ring(name, "used"),
            () -> ring.cursor() < 0 ? 0 : ring.capacity() - ring.remainingCapacity());
        copy(StatusLabels.ring(name, "high-water"), ring::highWater);
    }

    private void addFeed(LiveFeed live) {
        String name = StatusLabels.feedName(live.name(), live.channel().channelId());
        FeedCounters feed = live.counters();
        copy(StatusLabels.feed(name, "messages"), feed::shownMessages);
        copy(StatusLabels.feed(name, "missing"), feed::shownMissing);
        copy(StatusLabels.feed(name, "gaps"), feed::shownGaps);
        copy(StatusLabels.feed(name, "ends-of-session"), feed::shownEndsOfSession);
        copy(StatusLabels.feed(name, "session-changes"), feed::shownSessionChanges);
        copy(StatusLabels.feed(name, "breaker"),
            () -> live.breaker().counters().shownState().ordinal());
        for (int i = 1; i <= live.lineCount(); i++) {
            addLine(name, StatusLabels.lineName(i), feed.lines().line(i));
        }
        if (live.hasConnection()) {
            copy(StatusLabels.feed(name, "connected"), () -> live.isConnected() ? 1 : 0);
        }
        BreakerCounters breaker = live.breaker().counters();
        copy(StatusLabels.feed(name, "breaker-opened"), breaker::shownOpened);
        copy(StatusLabels.feed(name, "breaker-probes"), breaker::shownProbes);
        copy(StatusLabels.feed(name, "breaker-failed"), breaker::shownFailed);
        copy(StatusLabels.feed(name, "breaker-closed"), breaker::shownClosed);
        copy(StatusLabels.feed(name, "line-silences"), breaker::shownSilences);
        if (live.recovery() != null) {
            addRecovery(name, live.recovery());
        }
    }

    private void addLine(String feed, String name, LineCounters line) {
        copy(StatusLabels.line(feed, name, "packets"), line::shownPackets);
        copy(StatusLabels.line(feed, name, "messages"), line::shownMessages);
        copy(StatusLabels.line(feed, name, "won"), line::shownWon);
        copy(StatusLabels.line(feed, name, "leads"), line::shownLeadCount);
        copy(StatusLabels.line(feed, name, "lead-ns"), line::shownLeadNs);
        copy(StatusLabels.line(feed, name, "lost"), line::shownLost);
        copy(StatusLabels.line(feed, name, "repeated"), line::shownRepeated);
        copy(StatusLabels.line(feed, name, "late"), line::shownLate);
        copy(StatusLabels.line(feed, name, "reorder-depth"), line::shownReorderDepth);
    }

    private void addRecovery(String feed, RecoveryCounters recovery) {
        copy(StatusLabels.feed(feed, "holes-opened"), recovery::shownOpened);
        copy(StatusLabels.feed(feed, "holes-open"), recovery::shownOpen);
        copy(StatusLabels.feed(feed, "healed-by-line"), recovery::shownHealedByLine);
        copy(StatusLabels.feed(feed, "healed-by-request"), recovery::shownHealedByRequest);
        copy(StatusLabels.feed(feed, "requests"), recovery::shownRequests);
        copy(StatusLabels.feed(feed, "held-packets"), recovery::shownHeldPackets);
    }

    private void copy(String label, LongSupplier value) {
        copies.add(new Copy(counters.counter(label), value));
    }
}
