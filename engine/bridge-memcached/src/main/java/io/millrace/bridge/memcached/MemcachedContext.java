// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.memcached;

import io.millrace.counter.Counters;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Options of the way to Memcached. Set on the control thread, then concluded; nothing changes
 * afterwards.
 */
public final class MemcachedContext {
    /** Key of {@link #servers(String)}. */
    public static final String SERVERS_KEY = "bridge.memcached.servers";
    /** Key of {@link #clientId(String)}. */
    public static final String CLIENT_ID_KEY = "bridge.memcached.client-id";
    /** Key of {@link #quoteTtlS(int)}. */
    public static final String QUOTE_TTL_KEY = "bridge.memcached.quote-ttl-s";
    /** Key of {@link #timeoutMs(int)}. */
    public static final String TIMEOUT_KEY = "bridge.memcached.timeout-ms";

    public static final String SERVERS_DEFAULT = "localhost:11211";
    public static final String CLIENT_ID_DEFAULT = "millrace";
    public static final int MAX_CLIENT_ID_LENGTH = 64;
    public static final int QUOTE_TTL_S_DEFAULT = 2;
    /** The protocol takes more for a date. */
    public static final int MAX_QUOTE_TTL_S = 2_592_000;
    public static final int TIMEOUT_MS_DEFAULT = 2_000;
    public static final int MAX_TIMEOUT_MS = 60_000;
    /** Most servers. */
    public static final int MAX_SERVERS = 26;

    private static final Pattern SERVER = Pattern.compile("[^:,\\s]+:\\d{1,5}");

    private List<String> servers = List.of(SERVERS_DEFAULT);
    private String clientId = CLIENT_ID_DEFAULT;
    private int quoteTtlS = QUOTE_TTL_S_DEFAULT;
    private int timeoutMs = TIMEOUT_MS_DEFAULT;
    private Counters counters = Counters.inMemory();

    /** Hosts and ports with commas between. */
    public MemcachedContext servers(String hostsAndPorts) {
        servers = List.of(hostsAndPorts.split(","));
        return this;
    }

    List<String> servers() {
        return servers;
    }

    /** Who this bridge is to the servers; two that write to the same need two names. */
    public MemcachedContext clientId(String id) {
        clientId = id;
        return this;
    }

    String clientId() {
        return clientId;
    }

    /** Seconds that a quote counts as fresh, 1 to 2,592,000; it ends up to one earlier. */
    public MemcachedContext quoteTtlS(int seconds) {
        quoteTtlS = seconds;
        return this;
    }

    int quoteTtlS() {
        return quoteTtlS;
    }

    /** Ms to wait for a server, 1 to 60,000. */
    public MemcachedContext timeoutMs(int ms) {
        timeoutMs = ms;
        return this;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    /** Where offered, written and conflated values are counted. */
    public MemcachedContext counters(Counters engineCounters) {
        counters = engineCounters;
        return this;
    }

    Counters counters() {
        return counters;
    }

    /** Checks every option; who takes a context concludes it. */
    public MemcachedContext conclude() {
        if (servers.isEmpty() || servers.size() > MAX_SERVERS
            || !servers.stream().allMatch(server -> SERVER.matcher(server).matches())) {
            throw new IllegalArgumentException(SERVERS_KEY + " '" + String.join(",", servers)
                + "' is not 1 to " + MAX_SERVERS + " of host:port with commas between");
        }
        if (clientId.isBlank() || clientId.length() > MAX_CLIENT_ID_LENGTH) {
            throw new IllegalArgumentException(CLIENT_ID_KEY + " '" + clientId
                + "' is not a text of 1 to " + MAX_CLIENT_ID_LENGTH + " characters");
        }
        check(QUOTE_TTL_KEY, quoteTtlS, MAX_QUOTE_TTL_S);
        check(TIMEOUT_KEY, timeoutMs, MAX_TIMEOUT_MS);
        return this;
    }

    private static void check(String key, int value, int greatest) {
        if (value < 1 || value > greatest) {
            throw new IllegalArgumentException(key + " " + value + " is not within 1 to "
                + greatest);
        }
    }
}
