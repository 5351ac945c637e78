// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.bridge.Position;
import io.millrace.bridge.cache.LatestQuote;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.ClusterCommandObjects;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.params.SetParams;

/**
 * A Redis Cluster, of which the servers named tell the rest. The symbol in braces is the hash tag:
 * what one security has is in one slot. No transaction spans slots, so the position is a key of its
 * own that is set once every node has acknowledged the values. A bridge that ends in between writes
 * the last flush once more, so that until it has caught up readers may see a value again that a
 * newer one had replaced; the last values win. A node that loses what it acknowledged, as in a
 * failover, misses it until the security is quoted again. Bridge's thread.
 */
final class RedisCluster implements RedisCache {
    private static final RedisKeys KEYS = new RedisKeys("{", "}");

    private final RedisContext context;
    private final MemoryPolicy policy;
    private final Set<HostAndPort> seeds;
    private final ClusterCommandObjects commands = new ClusterCommandObjects(RedisProtocol.RESP2);
    private RedisClusterClient cluster;

    RedisCluster(RedisContext context, MemoryPolicy policy) {
        this.context = context;
        this.policy = policy;
        seeds = context.servers().stream().map(HostAndPort::from)
            .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Position open() {
        cluster = RedisClusterClient.builder().nodes(seeds).clientConfig(context.clientConfig())
            .maxTotalRetriesDuration(Duration.ofMillis(context.timeoutMs())).build();
        String told = cluster.get(RedisKeys.position(context.clientId()));
        return told == null ? null : Position.parse(told);
    }

    @Override
    public Map<String, String> latest(String symbol) {
        return cluster.hgetAll(KEYS.hash(symbol));
    }

    @Override
    public boolean isFresh(String symbol) {
        return cluster.exists(KEYS.quote(symbol));
    }

    @Override
    public int write(Collection<LatestQuote> quotes, Position to) throws IOException {
        policy.look(System.nanoTime(), this::usedPercent);
        SetParams ttl = SetParams.setParams().px(policy.ttlMs());
        List<CommandObject<?>> all = new ArrayList<>();
        int leftOut = 0;
        for (LatestQuote quote : quotes) {
            String symbol = quote.symbol();
            Map<String, String> values = quote.values();
            String json = quote.json(values);
            if (policy.isLeftOut(symbol)) {
                all.add(commands.del(KEYS.quote(symbol)));
                leftOut++;
            } else {
                all.add(commands.set(KEYS.quote(symbol), json, ttl));
            }
            all.add(commands.hset(KEYS.hash(symbol), values));
            all.add(publication(KEYS.channel(symbol), json));
        }
        send(all);
        cluster.set(RedisKeys.position(context.clientId()), to.toString());
        return leftOut;
    }

    /** Any node hands a message on to all; the one that has the security gets it, in order. */
    private static CommandObject<Long> publication(String channel, String message) {
        return new CommandObject<>(new CommandArguments(Protocol.Command.PUBLISH).key(channel)
            .add(message), BuilderFactory.LONG);
    }

    /** Returns when every node has acknowledged its part. */
    private void send(List<CommandObject<?>> all) throws IOException {
        List<Response<?>> answers = new ArrayList<>(all.size());
        try (ClusterPipeline pipeline = cluster.pipelined()) {
            all.forEach(command -> answers.add(pipeline.executeCommand(command)));
        }
        for (int i = 0; i < answers.size(); i++) {
            confirm(all.get(i), answers.get(i));
        }
    }

    /** A slot that has moved, or moves, is followed there. */
    private void confirm(CommandObject<?> command, Response<?> answer) throws IOException {
        try {
            answer.get();
        } catch (JedisRedirectionException e) {
            cluster.executeCommand(command);
        } catch (IllegalStateException e) {
            // The pipeline has swallowed why.
            throw new IOException("a node of the redis cluster has not answered", e);
        }
    }

    /** Of the fullest node that answers. */
    private int usedPercent() {
        return cluster.getClusterNodes().values().stream().mapToInt(RedisCluster::usedPercent)
            .max().orElse(0);
    }

    private static int usedPercent(ConnectionPool node) {
        try (Connection connection = node.getResource()) {
            return MemoryGauges.percent(new Jedis(connection).info("memory"));
        } catch (JedisException e) {
            // A replica that is away is no reason to write nothing; a master's values will tell.
            return 0;
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(cluster);
        cluster = null;
    }
}
