// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.cache.CacheSink;
import java.util.List;

/** Makes the sink that keeps the newest values of each security in Redis. */
public final class RedisSink {
    private static final String NAME = "redis";

    private RedisSink() {
    }

    /**
     * Makes the sink of a bridge. Control thread.
     *
     * @param context concluded here
     */
    public static Bridge.SinkFactory factory(RedisContext context) {
        context.conclude();
        MemoryGauges gauges = new MemoryGauges(context);
        if (context.routing() == RedisContext.Routing.CLUSTER) {
            return CacheSink.factory(NAME, context.counters(),
                List.of(new RedisCluster(context, gauges.newPolicy())), symbol -> 0);
        }
        List<RedisServer> servers = context.servers().stream()
            .map(address -> new RedisServer(context, address, gauges.newPolicy())).toList();
        ShardRouter router = new ShardRouter(context.routing(), servers.size());
        return CacheSink.factory(NAME, context.counters(), servers, router::shard);
    }
}
