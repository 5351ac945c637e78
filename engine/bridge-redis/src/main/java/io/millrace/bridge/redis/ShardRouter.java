// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.bridge.redis.RedisContext.Routing;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Which of several servers has a security. Immutable. */
final class ShardRouter {
    private static final int LETTERS = 26;
    private static final int SLOTS = 16_384;

    private final Routing routing;
    private final int count;

    ShardRouter(Routing routing, int count) {
        this.routing = routing;
        this.count = count;
    }

    int shard(String symbol) {
        return routing == Routing.SLOTS ? JedisClusterCRC16.getSlot(symbol) * count / SLOTS
            : letterShard(symbol);
    }

    /** Ranges of equal length, the last with what is left; no letter counts as the first. */
    private int letterShard(String symbol) {
        int letter = symbol.isEmpty() ? 0 : Character.toUpperCase(symbol.charAt(0)) - 'A';
        int inRange = letter < 0 || letter >= LETTERS ? 0 : letter;
        return Math.min(count - 1, inRange / Math.max(1, LETTERS / count));
    }
}
