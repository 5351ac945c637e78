// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConnectionOptions.ACTIVE;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_ATTEMPTS;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_HOLD;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_HOST;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_LOGIN_TIMEOUT;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PASSWORD;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PASSWORD_FILE;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_PORT;
import static io.millrace.server.config.ConnectionOptions.GLIMPSE_USERNAME;
import static io.millrace.server.config.ConnectionOptions.SNAP_ATTEMPTS;
import static io.millrace.server.config.ConnectionOptions.SNAP_HOLD;
import static io.millrace.server.config.ConnectionOptions.SNAP_HOST;
import static io.millrace.server.config.ConnectionOptions.SNAP_PORT;
import static io.millrace.server.config.ConnectionOptions.SNAP_SILENCE;
import static io.millrace.server.config.ConnectionOptions.SNAP_TOKEN;
import static io.millrace.server.config.ConnectionOptions.SNAP_TOKEN_FILE;
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
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.event.ChainClock;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.SnapshotRecovery;
import io.millrace.feed.glimpse.GlimpseSource;
import io.millrace.feed.iexsnap.IexSnapContext;
import io.millrace.feed.iexsnap.IexSnapSource;
import io.millrace.feed.iextp.IexTpStream;
import io.millrace.feed.recovery.HealingSession;
import io.millrace.feed.snapshot.SnapshotContext;
import io.millrace.feed.snapshot.SnapshotGate;
import io.millrace.feed.soupbintcp.SoupBinTcpContext;
import io.millrace.feed.soupbintcp.SoupBinTcpCredentials;
import io.millrace.feed.soupbintcp.SoupBinTcpSession;
import io.millrace.feed.transport.MessageHandler;
import io.millrace.feed.transport.TcpReceiver;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.FeedPassword;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * The configured connections of one feed: to a SoupBinTCP server, to a GLIMPSE or SNAP server. They
 * are made when the ingress agent runs. Control thread, at start.
 */
final class FeedConnections {
    private static final long NS_PER_MS = 1_000_000L;
    /** More levels and messages of state than any instrument has. */
    private static final int MESSAGES_PER_INSTRUMENT = 1_024;

    private final Configuration configuration;
    private final Map<String, String> environment;
    private final Pipeline pipeline;
    private final EngineClock clock;
    private final ChainClock chainClock;
    private final FeedChannel channel;
    private final VenueFeed feed;
    private IexSnapSource snapshots;

    /** @param environment where passwords may stand */
    FeedConnections(Configuration configuration, Map<String, String> environment,
        Pipeline pipeline, EngineClock clock, ChainClock chainClock, FeedChannel channel,
        VenueFeed feed) {
        this.configuration = configuration;
        this.environment = environment;
        this.pipeline = pipeline;
        this.clock = clock;
        this.chainClock = chainClock;
        this.channel = channel;
        this.feed = feed;
    }

    /**
     * Messages by a connection.
     *
     * @param handler   takes them
     * @param snapshots heal what they miss
     */
    SoupBinTcpSession soup(MessageHandler handler, SnapshotRecovery snapshots)
        throws IOException {
        String name = configuration.text(SOUP_SESSION);
        SoupBinTcpContext context = context(SOUP_USERNAME, SOUP_PASSWORD, SOUP_PASSWORD_FILE)
            .session(name.equals(ACTIVE) ? "" : name)
            .startSequence(configuration.number(SOUP_START));
        return new SoupBinTcpSession(context, receiver(SOUP_HOST, SOUP_PORT),
            new SoupBinTcpSession.Parts(pipeline.inbound(), chainClock, channel, feed.counters(),
                handler, snapshots));
    }

    /** Lets snapshots in before the decoder. */
    SnapshotGate glimpse() throws IOException {
        GlimpseSource source = new GlimpseSource(
            context(GLIMPSE_USERNAME, GLIMPSE_PASSWORD, GLIMPSE_PASSWORD_FILE).jitterSeed(2)
                .loginTimeoutNs(ns(GLIMPSE_LOGIN_TIMEOUT)),
            receiver(GLIMPSE_HOST, GLIMPSE_PORT), pipeline.inbound(), chainClock);
        return new SnapshotGate(pipeline.inbound(), channel, feed.counters(), feed.decoder(),
            source, new SnapshotContext(configuration.integer(GLIMPSE_HOLD),
                configuration.integer(GLIMPSE_ATTEMPTS), longestSnapshot()));
    }

    /** Lets snapshots of IEX in before the decoder, once they know what to {@link #follow}. */
    SnapshotGate snap() throws IOException {
        String token = FeedPassword.token(configuration, environment, SNAP_TOKEN, SNAP_TOKEN_FILE)
            .text();
        snapshots = new IexSnapSource(new IexSnapContext(token).jitterSeed(2)
            .connectTimeoutNs(ns(SOUP_CONNECT_TIMEOUT)).silenceNs(ns(SNAP_SILENCE))
            .retryNs(ns(SOUP_FIRST_RETRY), ns(SOUP_LONGEST_RETRY))
            .errors(pipeline.counters()::onError), receiver(SNAP_HOST, SNAP_PORT),
            pipeline.inbound(), chainClock);
        return new SnapshotGate(pipeline.inbound(), channel, feed.counters(), feed.decoder(),
            snapshots, new SnapshotContext(configuration.integer(SNAP_HOLD),
                configuration.integer(SNAP_ATTEMPTS), longestSnapshot()));
    }

    /** Snapshots are of the stream that a session of IEX follows. */
    void follow(HealingSession session) {
        if (snapshots != null) {
            snapshots.follow((IexTpStream) session);
        }
    }

    /** Messages that tell of all that the engines of this market have room for. */
    private long longestSnapshot() {
        EngineContext engine = pipeline.context();
        return engine.shard().count()
            * (engine.maxOrders() + (long) MESSAGES_PER_INSTRUMENT * engine.maxInstruments());
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
