// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.bridge.EventBatch;
import io.millrace.bridge.Position;
import io.millrace.journal.JournalQueue;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.CloseHelper;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.params.SetParams;

/**
 * One server: the newest values of its securities, and how far it has come, which is written in
 * the same transaction. Bridge's thread.
 */
final class RedisShard implements AutoCloseable {
    private static final String QUOTE = "quote:";
    private static final String QUOTES = "quotes:";
    private static final String HASH = "sym:";
    private static final String LATEST = ":latest";
    private static final String POSITION = "millrace:position:";

    private final RedisContext context;
    private final Jedis server;
    private final Map<String, LatestQuote> latest = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private Position position;

    RedisShard(RedisContext context, String address) {
        this.context = context;
        server = new Jedis(HostAndPort.from(address), DefaultJedisClientConfig.builder()
            .user(context.user().isEmpty() ? null : context.user())
            .password(context.password().isEmpty() ? null : context.password())
            .sslOptions(context.isTls() ? SslOptions.defaults() : null)
            .timeoutMillis(context.timeoutMs())
            .clientName(context.clientId()).build());
        String told = server.get(POSITION + context.clientId());
        position = told == null ? null : Position.parse(told);
    }

    /** How far this server has come, or null. */
    Position position() {
        return position;
    }

    /** True when an event is in what this server has taken already. */
    boolean holds(EventBatch batch, int index) {
        JournalQueue queue = batch.queue(index);
        return isOfSameJournal(batch.to())
            && batch.event(index).sequence() <= position.sequence(queue);
    }

    private boolean isOfSameJournal(Position other) {
        return position != null && position.epoch().equals(other.epoch())
            && position.birthNs() == other.birthNs();
    }

    /** The values of a security, to be changed. */
    LatestQuote change(String symbol) {
        changed.add(symbol);
        return latest.computeIfAbsent(symbol,
            name -> new LatestQuote(name, server.hgetAll(HASH + name + LATEST)));
    }

    /** Writes what was changed; returns the number of securities. */
    int write(EventBatch batch) throws IOException {
        Position to = batch.to();
        if (isOfSameJournal(to)) {
            for (JournalQueue queue : JournalQueue.values()) {
                to = to.with(queue, Math.max(to.sequence(queue), position.sequence(queue)));
            }
        }
        AbstractTransaction transaction = server.multi();
        for (String symbol : changed) {
            LatestQuote quote = latest.get(symbol);
            String json = quote.json();
            transaction.set(QUOTE + symbol, json,
                SetParams.setParams().px(context.quoteTtlMs()));
            transaction.hset(HASH + symbol + LATEST, quote.values());
            transaction.publish(QUOTES + symbol, json);
        }
        transaction.set(POSITION + context.clientId(), to.toString());
        List<Object> answers = transaction.exec();
        for (Object answer : answers) {
            if (answer instanceof Exception) {
                throw new IOException("redis refuses a command", (Exception) answer);
            }
        }
        position = to;
        int count = changed.size();
        changed.clear();
        return count;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(server);
    }
}
