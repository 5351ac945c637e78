// SPDX-License-Identifier: Apache-2.0
package io.millrace.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;

/**
 * Sets up one connection after the other, up to a limit. Only whole requests and what is written
 * keep a connection from being idle, so that a request that trickles in does not hold it for ever.
 * Event loop.
 */
final class Connections extends ChannelInitializer<Channel> {
    static final int IDLE_SECONDS = 60;

    private static final int MAX_LINE_BYTES = 2_048;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int MAX_BODY_BYTES = 1_024;

    private final Routes routes;
    private final int limit;

    Connections(Routes routes, int limit) {
        this.routes = routes;
        this.limit = limit;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (routes.events().connections() >= limit) {
            routes.events().onRefused();
            channel.close();
            return;
        }
        channel.pipeline().addLast(
            new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, MAX_HEADER_BYTES),
            new HttpObjectAggregator(MAX_BODY_BYTES), new IdleStateHandler(0, 0, IDLE_SECONDS),
            new HttpHandler(routes));
    }
}
