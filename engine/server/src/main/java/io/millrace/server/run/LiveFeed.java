// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_OVERFLOW_WAIT;
import static io.millrace.server.config.ConnectionOptions.ACTIVE;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_ATTEMPTS;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_ENABLED;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_HOLD;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_HOST;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_LOGIN_TIMEOUT;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PASSWORD;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PASSWORD_FILE;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PORT;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_USERNAME;
import static io.millrace.server.config.ConnectionOptions.SOUP_BUFFER;
import static io.millrace.server.config.ConnectionOptions.SOUP_CONNECT_TIMEOUT;
import static io.millrace.server.config.ConnectionOptions.SOUP_FIRST_RETRY;
import static io.millrace.server.config.ConnectionOptions.SOUP_HEARTBEAT;
import static io.millrace.server.config.ConnectionOptions.SOUP_HOST;
import static io.millrace.server.config.ConnectionOptions.SOUP_LOGIN_TIMEOUT;
import static io.millrace.server.config.ConnectionOptions.SOUP_LONGEST_RETRY;
import static io.millrace.server.config.ConnectionOptions.SOUP_PASSWORD;
import static io.millrace.server.config.ConnectionOptions.SOUP_PASSWORD_FILE;
import static io.millrace.server.config.ConnectionOptions.SOUP_PORT;
import static io.millrace.server.config.ConnectionOptions.SOUP_RECEIVE_TIMEOUT;
import static io.millrace.server.config.ConnectionOptions.SOUP_REJECTIONS;
import static io.millrace.server.config.ConnectionOptions.SOUP_SESSION;
import static io.millrace.server.config.ConnectionOptions.SOUP_START;
import static io.millrace.server.config.ConnectionOptions.SOUP_USERNAME;

import io.millrace.counter.EngineClock;
import io.millrace.engine.Pipeline;
import io.millrace.event.ChainClock;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.IngressAgent;
import io.millrace.feed.IngressLine;
import io.millrace.feed.IngressTask;
import io.millrace.feed.SnapshotRecovery;
import io.millrace.feed.glimpse.GlimpseSource;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.recovery.RecoveryCounters;
import io.millrace.feed.snapshot.SnapshotContext;
import io.millrace.feed.snapshot.SnapshotGate;
import io.millrace.feed.soupbintcp.SoupBinTcpContext;
import io.millrace.feed.soupbintcp.SoupBinTcpCredentials;
import io.millrace.feed.soupbintcp.SoupBinTcpSession;
import io.millrace.feed.soupbintcp.SoupBinTcpState;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.MulticastReceiver;
import io.millrace.feed.transport.TcpReceiver;
import io.millrace.server.config.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;

/**
 * What stands between the network and the decoder of one feed: multicast lines or a SoupBinTCP
 * connection, and the snapshots. Built by the control thread, run by the ingress thread.
 */
final class LiveFeed {
    private static final long NS_PER_MS = 1_000_000L;

    private final Configuration configuration;
    private final Map<String, String> environment;
    private final Pipeline pipeline;
    private final EngineClock clock;
    private final FeedChannel channel;
    private final VenueFeed feed;
    private final ChainClock chainClock;
    private final List<IngressLine> lines = new ArrayList<>();
    private final List<IngressTask> tasks = new ArrayList<>();
    private final SnapshotGate gate;
    private final SoupBinTcpSession session;
    private final HealingSession packets;

    /**
     * Opens the line; connections are made when the ingress agent runs.
     *
     * @param environment where passwords may stand
     */
    LiveFeed(Configuration configuration, Map<String, String> environment, Pipeline pipeline,
             EngineClock clock, FeedChannel channel, VenueFeed feed) throws IOException {
        this.configuration = configuration;
        this.environment = environment;
        this.pipeline = pipeline;
        this.clock = clock;
        this.channel = channel;
        this.feed = feed;
        chainClock = new ChainClock(pipeline.inbound(), channel.flags());
        gate = configuration.isTrue(GLIMPSE_ENABLED) ? glimpse() : null;
        session = ConnectionChecks.isSoup(configuration) ? soup() : null;
        packets = session == null ? multicast() : null;
        if (session != null) {
            tasks.add(session);
        }
        if (gate != null) {
            tasks.add(gate);
        }
    }

    /** Polls all of it. */
    IngressAgent agent() {
        return new IngressAgent(pipeline.inbound(), chainClock, clock,
            configuration.number(FEED_OVERFLOW_WAIT) * NS_PER_MS, lines, tasks);
    }

    /** The multicast lines, none when messages come by a connection. */
    List<MulticastReceiver> receivers() {
        return lines.stream().map(IngressLine::receiver).toList();
    }

    /** What holes cost on multicast lines and how they ended, or null without such lines. */
    RecoveryCounters recovery() {
        return packets == null ? null : packets.recovery();
    }

    /** Where the connections stand, for the status line; empty without any. */
    String status() {
        return (session == null ? "" : "  line " + session.client().counters().shownState())
            + (gate == null ? "" : "  snapshots " + gate.counters().shownState() + " "
            + gate.counters().shownEnded());
    }

    /** Why the line is of no use any more, or null. */
    String problem() {
        return session != null && session.client().state() == SoupBinTcpState.REFUSED
            ? session.client().serverName() + " refused user " + configuration.text(SOUP_USERNAME)
                + " and is not asked any more" : null;
    }

    /** What became of the connections, for the report. */
    List<String> report() {
        List<String> report = new ArrayList<>();
        if (session != null) {
            report.add("soupbintcp  " + session.client().serverName() + ", next message "
                + session.expectedSequence() + (session.hasEnded() ? ", session ended" : "") + ": "
                + session.client().counters());
        }
        if (gate != null) {
            report.add("glimpse     " + gate.serverName() + ": " + gate.counters());
        }
        return report;
    }

    private HealingSession multicast() throws IOException {
        RecoveryContext recovery = FeedLines.recovery(configuration).snapshots(snapshots());
        List<MulticastReceiver> receivers = FeedLines.receivers(configuration, clock);
        try {
            HealingSession healing = feed.liveSession(FeedLines.start(configuration), recovery,
                FeedLines.servers(configuration, clock), handler());
            lines.addAll(FeedLines.lines(receivers, healing, feed.counters()));
            return healing;
        } catch (IOException | RuntimeException failure) {
            CloseHelper.closeAll(receivers);
            throw failure;
        }
    }

    private MessageHandler handler() {
        return gate == null ? feed.decoder() : gate;
    }

    private SnapshotRecovery snapshots() {
        return gate == null ? SnapshotRecovery.NONE : gate;
    }

    private SoupBinTcpSession soup() throws IOException {
        String name = configuration.text(SOUP_SESSION);
        SoupBinTcpContext context = context(SOUP_USERNAME, SOUP_PASSWORD, SOUP_PASSWORD_FILE)
            .session(name.equals(ACTIVE) ? "" : name)
            .startSequence(configuration.number(SOUP_START));
        return new SoupBinTcpSession(context, receiver(SOUP_HOST, SOUP_PORT),
            new SoupBinTcpSession.Parts(pipeline.inbound(), chainClock, channel, feed.counters(),
                handler(), snapshots()));
    }

    private SnapshotGate glimpse() throws IOException {
        GlimpseSource source = new GlimpseSource(
            context(GLIMPSE_USERNAME, GLIMPSE_PASSWORD, GLIMPSE_PASSWORD_FILE).jitterSeed(2)
                .loginTimeoutNs(ns(GLIMPSE_LOGIN_TIMEOUT)),
            receiver(GLIMPSE_HOST, GLIMPSE_PORT), pipeline.inbound(), chainClock);
        return new SnapshotGate(pipeline.inbound(), channel, feed.counters(), feed.decoder(),
            source, new SnapshotContext(configuration.integer(GLIMPSE_HOLD),
                configuration.integer(GLIMPSE_ATTEMPTS)));
    }

    private TcpReceiver receiver(String hostKey, String portKey) throws IOException {
        InetAddress host = InetAddress.getByName(configuration.text(hostKey));
        return new TcpReceiver(new InetSocketAddress(host, configuration.integer(portKey)),
            configuration.integer(SOUP_BUFFER), clock);
    }

    private SoupBinTcpContext context(String username, String variable, String passwordFile) {
        String password =
            FeedPassword.of(configuration, environment, variable, passwordFile).text();
        return new SoupBinTcpContext()
            .credentials(new SoupBinTcpCredentials(configuration.text(username), password))
            .connectTimeoutNs(ns(SOUP_CONNECT_TIMEOUT))
            .loginTimeoutNs(ns(SOUP_LOGIN_TIMEOUT))
            .receiveTimeoutNs(ns(SOUP_RECEIVE_TIMEOUT))
            .heartbeatNs(ns(SOUP_HEARTBEAT))
            .retryNs(ns(SOUP_FIRST_RETRY), ns(SOUP_LONGEST_RETRY))
            .rejectionLimit(configuration.integer(SOUP_REJECTIONS))
            .errors(pipeline.counters()::onError);
    }

    private long ns(String key) {
        return configuration.number(key) * NS_PER_MS;
    }
}
