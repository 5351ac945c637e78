// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConnectionOptions.GLIMPSE_ENABLED;
import static io.millrace.server.config.ConnectionOptions.SNAP_ENABLED;
import static io.millrace.server.config.ConnectionOptions.SOUP_USERNAME;

import io.millrace.counter.EngineClock;
import io.millrace.engine.Pipeline;
import io.millrace.event.ChainClock;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.IngressLine;
import io.millrace.feed.IngressTask;
import io.millrace.feed.SnapshotRecovery;
import io.millrace.feed.breaker.BreakerSession;
import io.millrace.feed.breaker.BreakerState;
import io.millrace.feed.breaker.BreakerTask;
import io.millrace.feed.breaker.FeedBreaker;
import io.millrace.feed.TradingDate;
import io.millrace.feed.history.ChannelHistory;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.recovery.LeftSession;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.recovery.RecoveryCounters;
import io.millrace.feed.snapshot.SnapshotGate;
import io.millrace.feed.snapshot.SnapshotState;
import io.millrace.feed.soupbintcp.SoupBinTcpSession;
import io.millrace.feed.soupbintcp.SoupBinTcpState;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.feed.transport.RequestChannel;
import io.millrace.instrument.Venue;
import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;

/**
 * One feed of a running server: what stands between the network and its decoder, multicast lines
 * or a SoupBinTCP connection, and the snapshots. Built by the control thread in two steps, since
 * a simulated venue must know the lines and its servers must be known; run by the ingress thread.
 */
final class LiveFeed implements AutoCloseable {
    private final Pipeline pipeline;
    private final EngineClock clock;
    private final FeedProtocol protocol;
    private final FeedChannel channel;
    private final VenueFeed feed;
    private final List<MulticastReceiver> receivers;
    private final List<IngressTask> tasks = new ArrayList<>();
    private final ChannelHistory history;
    private List<RequestChannel> servers = List.of();
    private Configuration configuration;
    private SnapshotGate gate;
    private SoupBinTcpSession session;
    private HealingSession packets;
    private FeedBreaker breaker;

    /**
     * Opens the lines.
     *
     * @param configuration of this feed
     */
    LiveFeed(Configuration configuration, Pipeline pipeline, EngineClock clock, TradingDate date)
        throws IOException {
        this.configuration = configuration;
        this.pipeline = pipeline;
        this.clock = clock;
        protocol = EngineOptions.protocol(configuration);
        channel = EngineOptions.channel(configuration, protocol,
            EngineOptions.isSimulated(configuration));
        feed = new VenueFeed(protocol, EngineOptions.role(configuration), pipeline.inbound(),
            pipeline.instruments(), channel);
        feed.decoder().tradingDate(date);
        history = new ChannelHistory(feed.decoder());
        receivers = ConnectionChecks.isSoup(configuration) ? List.of()
            : FeedLines.receivers(configuration, clock);
    }

    /** Learns where a simulated venue's servers are. */
    void learn(Map<String, String> servers) {
        configuration = configuration.with(servers);
    }

    /**
     * Opens the sessions; connections are made when the ingress agent runs.
     *
     * @param environment where passwords may stand
     * @param recorder    hears the answers of request servers, or null
     */
    void connect(Map<String, String> environment, ChainClock chainClock, FeedRecorder recorder)
        throws IOException {
        FeedConnections connections = new FeedConnections(configuration, environment, pipeline,
            clock, chainClock, channel, feed);
        gate = configuration.isTrue(GLIMPSE_ENABLED) ? connections.glimpse()
            : configuration.isTrue(SNAP_ENABLED) ? connections.snap() : null;
        MessageHandler handler = gate == null ? feed.decoder() : gate;
        SnapshotRecovery snapshots = gate == null ? SnapshotRecovery.NONE : gate;
        if (receivers.isEmpty()) {
            session = connections.soup(handler, snapshots);
            breaker = feed.breaker(FeedLines.breaker(configuration), session);
            tasks.add(session);
            tasks.add(new BreakerTask(pipeline.inbound(), session, breaker));
        } else {
            RecoveryContext recovery = FeedLines.recovery(configuration).snapshots(snapshots);
            servers = FeedLines.servers(configuration, clock);
            HealingSession healing = feed.liveSession(FeedLines.start(configuration), recovery,
                recorder == null ? servers : recorder.heard(servers), handler);
            connections.follow(healing);
            BreakerSession watched = feed.watched(FeedLines.breaker(configuration),
                receivers.size(), receivers, healing, pipeline.counters()::onError);
            packets = watched;
            breaker = watched.breaker();
        }
        if (gate != null) {
            tasks.add(gate);
        }
    }

    /** Where the channel was when an earlier life ended; told by that life's events. */
    ChannelHistory history() {
        return history;
    }

    /** Goes on where an earlier life was, as far as there was one. Before the start. */
    void resume() {
        feed.resume(history, breaker, gate);
        if (session != null) {
            session.resume(history);
        } else {
            packets.resume(history);
        }
    }

    /** Packets of the session that the last trading date left are none of this one's. */
    void follow(LeftSession yesterday) {
        if (packets != null) {
            packets.follow(yesterday);
        } else {
            session.follow(yesterday);
        }
    }

    /** What the next trading date knows this one's session by. */
    LeftSession leave() {
        return packets == null ? session.leave() : packets.leave();
    }

    /** The multicast lines that the ingress agent polls. */
    List<IngressLine> lines() {
        return FeedLines.lines(receivers, packets, feed.counters());
    }

    /** Multicast lines, 0 for a feed that comes by a connection. */
    int lineCount() {
        return receivers.size();
    }

    /** What the ingress agent runs besides. */
    List<IngressTask> tasks() {
        return tasks;
    }

    /** Code of the venue. */
    String name() {
        return Venue.byId(channel.venueId()).name();
    }

    /** The values in force for this feed. */
    Configuration configuration() {
        return configuration;
    }

    FeedProtocol protocol() {
        return protocol;
    }

    FeedChannel channel() {
        return channel;
    }

    FeedCounters counters() {
        return feed.counters();
    }

    /** Messages of the venue that came, or whose effect came with a snapshot. */
    long received() {
        return counters().messages() + counters().emptyMessages()
            - (gate == null ? 0 : gate.counters().surplus());
    }

    /** True when so many messages came or are given up and no snapshot is awaited. Any thread. */
    boolean hasSettled(long sent) {
        long received = counters().shownMessages() + counters().shownMissing();
        return gate == null ? received >= sent
            : received - gate.counters().shownSurplus() >= sent
            && gate.counters().shownState() == SnapshotState.PASSING;
    }

    /** The multicast lines, A first. */
    List<MulticastReceiver> receivers() {
        return receivers;
    }

    /** What holes cost on multicast lines and how they ended, or null without such lines. */
    RecoveryCounters recovery() {
        return packets == null ? null : packets.recovery();
    }

    /** Multicast group and port of each line, A first. */
    private List<InetSocketAddress> groups() throws IOException {
        List<String> names = FeedLines.groups(configuration);
        List<InetSocketAddress> groups = new ArrayList<>();
        for (int i = 0; i < receivers.size(); i++) {
            groups.add(new InetSocketAddress(names.get(i), receivers.get(i).port()));
        }
        return groups;
    }

    /** Where a simulated venue would stand to be heard. */
    VenueSite site() throws IOException {
        return new VenueSite(configuration, name(), groups());
    }

    /** True when messages come by a connection, not by lines. */
    boolean hasConnection() {
        return session != null;
    }

    /** That connection, or null. */
    SoupBinTcpSession connection() {
        return session;
    }

    /** True while that connection is logged in. */
    boolean isConnected() {
        return hasConnection()
            && session.client().counters().shownState() == SoupBinTcpState.UP;
    }

    /** Tells whether the feed is heard. */
    FeedBreaker breaker() {
        return breaker;
    }

    /** Where breaker and connections stand, for the status line; empty when all is well. */
    String status() {
        BreakerState state = breaker.counters().shownState();
        return (state == BreakerState.CLOSED ? "" : "  " + name() + " breaker " + state)
            + (session == null ? "" : "  line " + session.client().counters().shownState())
            + (gate == null ? "" : "  snapshots " + gate.counters().shownState() + " "
            + gate.counters().shownEnded());
    }

    /** Why the line is of no use any more, or null. */
    String problem() {
        return session != null && session.client().state() == SoupBinTcpState.REFUSED
            ? session.client().serverName() + " refused user " + configuration.text(SOUP_USERNAME)
                + " and is not asked any more" : null;
    }

    /** Closes the sockets, unless the ingress agent did that: of an engine that never ran. */
    @Override
    public void close() {
        CloseHelper.closeAll(receivers);
        CloseHelper.closeAll(servers);
    }

    /** What became of the connections, for the report. */
    Map<String, String> report() {
        Map<String, String> report = new LinkedHashMap<>();
        if (session != null) {
            report.put("soupbintcp", session.client().serverName() + ", next message "
                + session.expectedSequence() + (session.hasEnded() ? ", session ended" : "") + ": "
                + session.client().counters());
        }
        if (gate != null) {
            report.put(configuration.isTrue(GLIMPSE_ENABLED) ? "glimpse" : "snap",
                gate.serverName() + ": " + gate.counters());
        }
        return report;
    }
}
