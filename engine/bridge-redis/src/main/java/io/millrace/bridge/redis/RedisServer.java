// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.bridge.Position;
import io.millrace.bridge.cache.LatestQuote;
import io.millrace.bridge.cache.QuoteCache;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.agrona.CloseHelper;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/**
 * One server: values and position are written in one transaction, so that a restart neither loses
 * nor repeats. Bridge's thread.
 */
final class RedisServer implements QuoteCache {
    private final RedisContext context;
    private final HostAndPort address;
    private final RedisKeys keys = RedisKeys.PLAIN;
    private Jedis server;

    RedisServer(RedisContext context, String address) {
        this.context = context;
        this.address = HostAndPort.from(address);
    }

    @Override
    public Position open() {
        server = new Jedis(address, context.clientConfig());
        String told = server.get(RedisKeys.position(context.clientId()));
        return told == null ? null : Position.parse(told);
    }

    @Override
    public Map<String, String> latest(String symbol) {
        return server.hgetAll(keys.hash(symbol));
    }

    @Override
    public int write(Collection<LatestQuote> quotes, Position to) throws IOException {
        AbstractTransaction transaction = server.multi();
        for (LatestQuote quote : quotes) {
            String symbol = quote.symbol();
            String json = quote.json();
            transaction.set(keys.quote(symbol), json,
                SetParams.setParams().px(context.quoteTtlMs()));
            transaction.hset(keys.hash(symbol), quote.values());
            transaction.publish(keys.channel(symbol), json);
        }
        transaction.set(RedisKeys.position(context.clientId()), to.toString());
        for (Object answer : transaction.exec()) {
            if (answer instanceof Exception) {
                throw new IOException("redis refuses a command", (Exception) answer);
            }
        }
        return 0;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(server);
        server = null;
    }
}
