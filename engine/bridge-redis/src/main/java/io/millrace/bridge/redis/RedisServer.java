// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.Position;
import io.millrace.bridge.cache.LatestQuote;
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
final class RedisServer implements RedisCache {
    private final RedisContext context;
    private final HostAndPort address;
    private final RedisKeys keys = RedisKeys.PLAIN;
    private final MemoryPolicy policy;
    private Jedis server;

    RedisServer(RedisContext context, String address, MemoryPolicy policy) {
        this.context = context;
        this.policy = policy;
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
    public boolean isFresh(String symbol) {
        return server.exists(keys.quote(symbol));
    }

    @Override
    public int write(Collection<LatestQuote> quotes, Position to) throws IOException {
        policy.look(System.nanoTime(), () -> MemoryGauges.percent(server.info("memory")));
        SetParams ttl = SetParams.setParams().px(policy.ttlMs());
        int leftOut = 0;
        AbstractTransaction transaction = server.multi();
        for (LatestQuote quote : quotes) {
            String symbol = quote.symbol();
            Map<String, String> values = quote.values();
            byte[] json = quote.json(values).getBytes(UTF_8);
            if (policy.isLeftOut(symbol)) {
                transaction.del(keys.quote(symbol));
                leftOut++;
            } else {
                transaction.set(keys.quote(symbol).getBytes(UTF_8), json, ttl);
            }
            transaction.hset(keys.hash(symbol), values);
            transaction.publish(keys.channel(symbol).getBytes(UTF_8), json);
        }
        transaction.set(RedisKeys.position(context.clientId()), to.toString());
        for (Object answer : transaction.exec()) {
            if (answer instanceof Exception) {
                throw new IOException("redis refuses a command", (Exception) answer);
            }
        }
        return leftOut;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(server);
        server = null;
    }
}
