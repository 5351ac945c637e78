// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The servers of a context and how they share the securities, for whoever writes or reads.
 *
 * @param caches each without a connection
 * @param router index of the cache that has a symbol
 */
record RedisServers(List<? extends RedisCache> caches, ToIntFunction<String> router) {

    /** @param context concluded here */
    static RedisServers of(RedisContext context) {
        context.conclude();
        MemoryGauges gauges = new MemoryGauges(context);
        if (context.routing() == RedisContext.Routing.CLUSTER) {
            return new RedisServers(List.of(new RedisCluster(context, gauges.newPolicy())),
                symbol -> 0);
        }
        List<RedisServer> servers = context.servers().stream()
            .map(address -> new RedisServer(context, address, gauges.newPolicy())).toList();
        return new RedisServers(servers,
            new ShardRouter(context.routing(), servers.size())::shard);
    }
}
