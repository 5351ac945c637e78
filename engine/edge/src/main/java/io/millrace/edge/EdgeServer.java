// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import io.millrace.edge.metric.Metrics;
import io.millrace.edge.status.EngineSource;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * Both ports and the one event loop behind them. Answers from the moment it is open, before any
 * engine runs and after it has ended; {@link #watch} ties it to one. Used by the control thread.
 */
public final class EdgeServer implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final int POLL_MS = 20;
    private static final int CLOSE_SECONDS = 5;

    private final EdgeContext context;
    private final EventStream events = new EventStream();
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
        new DefaultThreadFactory("edge-http", true), NioIoHandler.newFactory());
    private final Routes routes;
    private final Channel page;
    private final Channel metrics;

    private EdgeServer(EdgeContext context) {
        this.context = context;
        Metrics text = new Metrics(context.version());
        routes = Routes.all(events, text, new PageFiles());
        try {
            page = bind(EdgeContext.PORT_KEY, context.port(), routes);
            metrics = bind(EdgeContext.METRICS_PORT_KEY, context.metricsPort(),
                Routes.metricsOnly(events, text));
        } catch (RuntimeException failure) {
            shutDown();
            throw failure;
        }
    }

    /**
     * Opens both ports.
     *
     * @param context {@link EdgeContext#conclude() concluded}
     * @throws IllegalArgumentException naming the option, the port that cannot be had and the
     *                                  remedy
     */
    public static EdgeServer open(EdgeContext context) {
        return new EdgeServer(context);
    }

    /**
     * Shows an engine until what is returned is closed, which takes a last picture and returns once
     * it is shown; the source must last so long.
     */
    public AutoCloseable watch(EngineSource source, EpochNanoClock clock, ErrorHandler errors) {
        AgentRunner runner = new AgentRunner(new SleepingMillisIdleStrategy(POLL_MS), errors,
            null, new EdgeAgent(source, context, clock,
            status -> loop.execute(() -> events.publish(status))));
        AgentRunner.startOnThread(runner);
        return () -> {
            runner.close();
            awaitShown();
        };
    }

    /**
     * Answers for quotes from a source, with the next question, until what is returned is closed,
     * which returns once nobody asks it any more.
     *
     * @param errors hears what the source throws
     */
    public AutoCloseable answer(QuoteSource source, ErrorHandler errors) {
        QuoteRequests requests = new QuoteRequests(source, errors);
        loop.submit(() -> routes.quotes(requests)).syncUninterruptibly();
        return () -> {
            if (!loop.isShuttingDown()) {
                loop.submit(() -> routes.quotes(null)).syncUninterruptibly();
            }
            requests.close();
        };
    }

    /** The loop answers before it does what it was given; pictures are shown in their order. */
    private void awaitShown() {
        if (!loop.isShuttingDown()) {
            loop.submit(() -> { }).syncUninterruptibly();
        }
    }

    /** Where the page is. */
    public String pageAddress() {
        return address(page) + "/";
    }

    /** Where the port for the metrics alone is. */
    public String metricsAddress() {
        return address(metrics) + "/metrics";
    }

    @Override
    public void close() {
        if (loop.isShuttingDown()) {
            return;
        }
        page.close().syncUninterruptibly();
        metrics.close().syncUninterruptibly();
        // A loop that is told to end while it works on a task may end without closing anything.
        loop.submit(events::end).syncUninterruptibly().getNow()
            .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        shutDown();
    }

    private Channel bind(String option, int port, Routes routes) {
        ServerBootstrap bootstrap = new ServerBootstrap().group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connections(routes, context.maxClients()));
        InetSocketAddress address = new InetSocketAddress(context.interfaceAddress(), port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(EdgeContext.INTERFACE_KEY + " '"
                + context.interfaceAddress() + "' is no address; name one of this machine, 0.0.0.0"
                + " for all");
        }
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalArgumentException(option + " " + port + " on "
                + context.interfaceAddress() + " cannot be had: " + bound.cause().getMessage()
                + "; end what uses it, name another by --" + option
                + " (0 for any free one), or do without the page by --edge.enabled false",
                bound.cause());
        }
        return bound.channel();
    }

    private void shutDown() {
        loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static String address(Channel channel) {
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        String host = local.getAddress().isAnyLocalAddress() ? "127.0.0.1"
            : local.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + local.getPort();
    }
}
