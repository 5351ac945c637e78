// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.engine.Pipeline;
import io.millrace.event.ChainClock;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.IngressLine;
import io.millrace.feed.SessionStart;
import io.millrace.feed.TradingDate;
import io.millrace.feed.breaker.BreakerSession;
import io.millrace.feed.glimpse.GlimpseSource;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.recovery.RecoveryCounters;
import io.millrace.feed.snapshot.SnapshotContext;
import io.millrace.feed.snapshot.SnapshotGate;
import io.millrace.feed.snapshot.SnapshotState;
import io.millrace.feed.soupbintcp.SoupBinTcpContext;
import io.millrace.feed.soupbintcp.SoupBinTcpCredentials;
import io.millrace.instrument.Venue;
import io.millrace.server.chaos.wire.VirtualLine;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.server.run.BookComparison;
import io.millrace.server.run.VenueFeed;
import io.millrace.simulator.wire.StreamContext;
import java.util.ArrayList;
import java.util.List;

/** What listens to one venue: lines, session, breaker, snapshots, decoder. One thread. */
final class RehearsedFeed {
    private static final long NS_PER_MS = 1_000_000L;

    private final RehearsedVenue venue;
    private final Pipeline pipeline;
    private final Verdict verdict;
    private final FeedChannel channel;
    private final VenueFeed feed;
    private final ChannelWatch watch;
    private final DeliveryCheck delivery;
    private final ChannelHistory history;
    private final SnapshotGate gate;
    private final HealingSession session;
    private final BreakerSession watched;
    private final RecoveryContext recovery;
    private final boolean isContentChecked;

    RehearsedFeed(RehearsedVenue venue, Pipeline pipeline, ChainClock chainClock, ChaosPlan plan,
        Verdict verdict) {
        this.venue = venue;
        this.pipeline = pipeline;
        this.verdict = verdict;
        isContentChecked = !plan.has(Fault.CORRUPTION);
        channel = new FeedChannel(Venue.valueOf(venue.mic()), venue.index(), EventFlag.SIMULATED);
        feed = new VenueFeed(FeedProtocol.ITCH50, pipeline.inbound(), pipeline.instruments(),
            channel);
        feed.decoder().tradingDate(TradingDate.of(ChaosPlan.DATE));
        watch = new ChannelWatch(venue, verdict, isContentChecked);
        delivery = new DeliveryCheck(feed.decoder(), channel, watch, venue, verdict,
            isContentChecked);
        history = new ChannelHistory(feed.decoder());
        SnapshotContext snapshots = plan.snapshots();
        gate = new SnapshotGate(pipeline.inbound(), channel, feed.counters(), delivery,
            new GlimpseSource(glimpse(plan.seed), venue.network().streams().connection(),
                pipeline.inbound(), chainClock), snapshots);
        recovery = plan.recovery().snapshots(gate);
        session = feed.liveSession(SessionStart.FIRST_MESSAGE, recovery,
            List.of(venue.network().requests().newLine()), gate);
        watched = feed.watched(plan.breaker(), venue.network().lines().size(),
            venue.network().lines(), session, pipeline.counters()::onError);
    }

    List<IngressLine> lines() {
        List<IngressLine> lines = new ArrayList<>();
        for (VirtualLine line : venue.network().lines()) {
            line.join();
            lines.add(new IngressLine(lines.size() + 1, line, watched, feed.counters()));
        }
        return lines;
    }

    /** An inbound event of an earlier life. */
    void onPast(EventView event) {
        history.onEvent(event);
    }

    /** Goes on where the life before ended. */
    void resume() {
        delivery.resume();
        feed.resume(history, watched.breaker(), gate);
        watched.resume(history);
    }

    SnapshotGate gate() {
        return gate;
    }

    ChannelWatch watch() {
        return watch;
    }

    /** Nothing grows beyond what it was given. */
    void checkBounds() {
        RecoveryCounters counters = session.recovery();
        verdict.holds("held-packets-bounded", counters.mostHeldPackets() <= recovery.holdPackets(),
            "at most " + recovery.holdPackets(), counters.mostHeldPackets());
        verdict.holds("held-bytes-bounded",
            counters.mostHeldBytes() <= recovery.holdLengthBytes(),
            "at most " + recovery.holdLengthBytes(), counters.mostHeldBytes());
    }

    /** The books as far as delivered; the chain stands still. */
    void checkBooks() {
        MessageLedger ledger = watch.ledger();
        if (!isContentChecked || ledger.isInSnapshot()
            || !delivery.follow(watch.session(), ledger.position() - 1)
            || delivery.twin().session() != watch.session() || delivery.twin().isRetelling()) {
            return;
        }
        BookComparison books = new BookComparison(pipeline.market(), pipeline.instruments(),
            channel.venueId(), delivery.twin().books(), FeedProtocol.ITCH50).run();
        if (books.differentUnmarked() > 0) {
            verdict.fail("books-equal-or-stale", "books of " + venue.mic() + " behind "
                + (ledger.position() - 1) + " equal or marked", books.line());
        }
        if (watch.isSound() && books.stale() > 0) {
            verdict.fail("books-stale-only-with-reason", "no stale book of " + venue.mic()
                + ": nothing is lost", books.line());
        }
    }

    /** True when all that was sent is delivered or given up and nothing is waited for. */
    boolean hasSettled() {
        return !session.isWaiting() && (gate.state() == SnapshotState.PASSING || isAhead())
            && (!isContentChecked || venue.agent().isDone() || hasAll());
    }

    /** Why it has not settled. */
    String standing() {
        return venue.mic() + " session " + watch.session() + " next " + watch.ledger().position()
            + ", known to " + session.expectedSequence() + (session.isWaiting() ? ", waiting" : "")
            + ", snapshots " + gate.state() + ", sent " + venue.agent().messagesSent();
    }

    /** The last snapshot held a message that the venue has made and not sent yet. */
    private boolean isAhead() {
        return gate.state() == SnapshotState.DRAINING
            && watch.ledger().position() > session.expectedSequence();
    }

    private boolean hasAll() {
        return delivery.follow(watch.session(), watch.ledger().position() - 1)
            && delivery.twin().messages() >= venue.agent().messagesSent();
    }

    private SoupBinTcpContext glimpse(long seed) {
        return new SoupBinTcpContext()
            .credentials(new SoupBinTcpCredentials(StreamContext.USERNAME_DEFAULT,
                StreamContext.PASSWORD_DEFAULT))
            .connectTimeoutNs(5 * NS_PER_MS).loginTimeoutNs(20 * NS_PER_MS)
            .receiveTimeoutNs(40 * NS_PER_MS).heartbeatNs(10 * NS_PER_MS)
            .retryNs(NS_PER_MS, 16 * NS_PER_MS).jitterSeed(seed)
            .errors(error -> { });
    }
}
