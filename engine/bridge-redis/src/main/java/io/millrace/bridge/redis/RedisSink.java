// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.cache.CacheSink;

/** Makes the sink that keeps the newest values of each security in Redis. */
public final class RedisSink {
    static final String NAME = "redis";

    private RedisSink() {
    }

    /**
     * Makes the sink of a bridge. Control thread.
     *
     * @param context concluded here
     */
    public static Bridge.SinkFactory factory(RedisContext context) {
        RedisServers servers = RedisServers.of(context);
        return CacheSink.factory(NAME, context.counters(), servers.caches(), servers.router());
    }
}
