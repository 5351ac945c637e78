// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import io.millrace.counter.Counters;
import java.util.List;
import java.util.regex.Pattern;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;

/**
 * Options of the way to Redis. Set on the control thread, then concluded; nothing changes
 * afterwards.
 */
public final class RedisContext {
    /** Key of {@link #servers(String)}. */
    public static final String SERVERS_KEY = "bridge.redis.servers";
    /** Key of {@link #routing(Routing)}. */
    public static final String ROUTING_KEY = "bridge.redis.routing";
    /** Key of {@link #clientId(String)}. */
    public static final String CLIENT_ID_KEY = "bridge.redis.client-id";
    /** Key of {@link #user(String)}. */
    public static final String USER_KEY = "bridge.redis.user";
    /** Key of {@link #tls(boolean)}. */
    public static final String TLS_KEY = "bridge.redis.tls";
    /** Key of {@link #quoteTtlMs(int)}. */
    public static final String QUOTE_TTL_KEY = "bridge.redis.quote-ttl-ms";
    /** Key of {@link #timeoutMs(int)}. */
    public static final String TIMEOUT_KEY = "bridge.redis.timeout-ms";

    public static final String SERVERS_DEFAULT = "localhost:6379";
    public static final String CLIENT_ID_DEFAULT = "millrace";
    public static final int QUOTE_TTL_MS_DEFAULT = 1_000;
    public static final int MAX_QUOTE_TTL_MS = 86_400_000;
    public static final int TIMEOUT_MS_DEFAULT = 2_000;
    public static final int MAX_TIMEOUT_MS = 60_000;
    /** Most servers. */
    public static final int MAX_SERVERS = 26;

    private static final Pattern SERVER = Pattern.compile("[^:,\\s]+:\\d{1,5}");

    /** How securities are spread over several servers. */
    public enum Routing {
        /** By ranges of the symbol's first letter: with three servers A-H, I-P, Q-Z. */
        LETTERS,
        /** By CRC16 of the symbol, as the slots of a cluster are. */
        SLOTS,
        /** By the servers themselves: they are some of a Redis Cluster and tell the rest. */
        CLUSTER
    }

    private List<String> servers = List.of(SERVERS_DEFAULT);
    private Routing routing = Routing.LETTERS;
    private String clientId = CLIENT_ID_DEFAULT;
    private String user = "";
    private String password = "";
    private boolean isTls;
    private int quoteTtlMs = QUOTE_TTL_MS_DEFAULT;
    private int timeoutMs = TIMEOUT_MS_DEFAULT;
    private MemoryContext memory = new MemoryContext();
    private Counters counters = Counters.inMemory();

    /** Hosts and ports with commas between, in the order of the routing. */
    public RedisContext servers(String hostsAndPorts) {
        servers = List.of(hostsAndPorts.split(","));
        return this;
    }

    List<String> servers() {
        return servers;
    }

    /** How securities are spread over several servers. */
    public RedisContext routing(Routing wanted) {
        routing = wanted;
        return this;
    }

    Routing routing() {
        return routing;
    }

    /** Who this bridge is to the servers; two that write to the same need two names. */
    public RedisContext clientId(String id) {
        clientId = id;
        return this;
    }

    String clientId() {
        return clientId;
    }

    /** User of the servers' access control list; empty for the default one. */
    public RedisContext user(String name) {
        user = name;
        return this;
    }

    String user() {
        return user;
    }

    /** Password; empty for none. */
    public RedisContext password(String secret) {
        password = secret;
        return this;
    }

    String password() {
        return password;
    }

    /** Connections by TLS, checked against the JVM's trust store. */
    public RedisContext tls(boolean wanted) {
        isTls = wanted;
        return this;
    }

    boolean isTls() {
        return isTls;
    }

    /** Ms that a quote counts as fresh while there is memory, 1 to 86,400,000. */
    public RedisContext quoteTtlMs(int ms) {
        quoteTtlMs = ms;
        return this;
    }

    int quoteTtlMs() {
        return quoteTtlMs;
    }

    /** Ms to wait for a server, 1 to 60,000. */
    public RedisContext timeoutMs(int ms) {
        timeoutMs = ms;
        return this;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    /** What happens when a server's memory is nearly full; concluded with this one. */
    public RedisContext memory(MemoryContext options) {
        memory = options;
        return this;
    }

    MemoryContext memory() {
        return memory;
    }

    /** Where offered, written and conflated values are counted. */
    public RedisContext counters(Counters engineCounters) {
        counters = engineCounters;
        return this;
    }

    Counters counters() {
        return counters;
    }

    /** How each connection is made. */
    JedisClientConfig clientConfig() {
        return DefaultJedisClientConfig.builder()
            .user(user.isEmpty() ? null : user)
            .password(password.isEmpty() ? null : password)
            .sslOptions(isTls ? SslOptions.defaults() : null)
            .autoNegotiateProtocol(false)
            .timeoutMillis(timeoutMs)
            .clientName(clientId).build();
    }

    /** Checks every option; who takes a context concludes it. */
    public RedisContext conclude() {
        if (servers.isEmpty() || servers.size() > MAX_SERVERS
            || !servers.stream().allMatch(server -> SERVER.matcher(server).matches())) {
            throw new IllegalArgumentException(SERVERS_KEY + " '" + String.join(",", servers)
                + "' is not 1 to " + MAX_SERVERS + " of host:port with commas between");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException(CLIENT_ID_KEY + " is empty");
        }
        check(QUOTE_TTL_KEY, quoteTtlMs, MAX_QUOTE_TTL_MS);
        check(TIMEOUT_KEY, timeoutMs, MAX_TIMEOUT_MS);
        memory.conclude();
        return this;
    }

    private static void check(String key, int value, int greatest) {
        if (value < 1 || value > greatest) {
            throw new IllegalArgumentException(key + " " + value + " is not within 1 to "
                + greatest);
        }
    }
}
