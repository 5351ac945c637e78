// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.QuoteTier;
import java.util.HashSet;
import java.util.Set;
import org.agrona.CloseHelper;

/**
 * Reads what the bridge has written: {@code sym:{SYMBOL}:latest} has the values, and as long as
 * {@code quote:{symbol}}, written with the same ones, has not expired they are fresh. One thread.
 */
public final class RedisQuotes implements QuoteTier {
    private final RedisServers servers;
    private final Set<RedisCache> opened = new HashSet<>();

    /** @param context concluded here */
    public RedisQuotes(RedisContext context) {
        servers = RedisServers.of(context);
    }

    @Override
    public String name() {
        return RedisSink.NAME;
    }

    @Override
    public LatestAnswer find(String symbol) throws Exception {
        RedisCache cache = servers.caches().get(servers.router().applyAsInt(symbol));
        try {
            if (!opened.contains(cache)) {
                cache.open();
                opened.add(cache);
            }
            boolean isFresh = cache.isFresh(symbol);
            return LatestAnswer.ofFields(symbol, cache.latest(symbol), !isFresh);
        } catch (Exception | Error failure) {
            opened.remove(cache);
            cache.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(servers.caches());
        opened.clear();
    }
}
