// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import com.clickhouse.client.api.Client;
import io.millrace.counter.Counters;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Options of the way to ClickHouse. Set on the control thread, then concluded; nothing changes
 * afterwards.
 */
public final class ClickHouseContext {
    /** Key of {@link #url(String)}. */
    public static final String URL_KEY = "bridge.clickhouse.url";
    /** Key of {@link #database(String)}. */
    public static final String DATABASE_KEY = "bridge.clickhouse.database";
    /** Key of {@link #user(String)}. */
    public static final String USER_KEY = "bridge.clickhouse.user";
    /** Key of {@link #ttlDays(int)}. */
    public static final String TTL_KEY = "bridge.clickhouse.ttl-days";
    /** Key of {@link #timeoutMs(int)}. */
    public static final String TIMEOUT_KEY = "bridge.clickhouse.timeout-ms";
    /** Key of {@link #replicated(boolean)}. */
    public static final String REPLICATED_KEY = "bridge.clickhouse.replicated";
    /** Key of {@link #cluster(String)}. */
    public static final String CLUSTER_KEY = "bridge.clickhouse.cluster";
    /** Key of {@link #onCluster(boolean)}. */
    public static final String ON_CLUSTER_KEY = "bridge.clickhouse.on-cluster";
    /** Key of {@link #maxConnections(int)}. */
    public static final String MAX_CONNECTIONS_KEY = "bridge.clickhouse.max-connections";
    /** Key of {@link #healthSeconds(int)}. */
    public static final String HEALTH_KEY = "bridge.clickhouse.health-seconds";

    public static final String URL_DEFAULT = "http://localhost:8123";
    public static final String DATABASE_DEFAULT = "millrace";
    public static final String USER_DEFAULT = "default";
    public static final int TTL_DAYS_DEFAULT = 365;
    public static final int MAX_TTL_DAYS = 36_500;
    public static final int TIMEOUT_MS_DEFAULT = 30_000;
    public static final int MAX_TIMEOUT_MS = 3_600_000;
    public static final int MAX_CONNECTIONS_DEFAULT = 4;
    public static final int MOST_MAX_CONNECTIONS = 64;
    public static final int HEALTH_SECONDS_DEFAULT = 60;
    public static final int MAX_HEALTH_SECONDS = 3_600;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern URL = Pattern.compile("https?://[^/\\s]+(:\\d{1,5})?");

    private String url = URL_DEFAULT;
    private String database = DATABASE_DEFAULT;
    private String user = USER_DEFAULT;
    private String password = "";
    private int ttlDays = TTL_DAYS_DEFAULT;
    private int timeoutMs = TIMEOUT_MS_DEFAULT;
    private boolean isReplicated;
    private String cluster = "";
    private boolean isOnCluster;
    private int maxConnections = MAX_CONNECTIONS_DEFAULT;
    private int healthSeconds = HEALTH_SECONDS_DEFAULT;
    private Counters counters;

    /** Where the server speaks HTTP or HTTPS. */
    public ClickHouseContext url(String address) {
        url = address;
        return this;
    }

    String url() {
        return url;
    }

    /** Database of the tables; made when it is missing. */
    public ClickHouseContext database(String name) {
        database = name;
        return this;
    }

    String database() {
        return database;
    }

    /** Who writes. */
    public ClickHouseContext user(String name) {
        user = name;
        return this;
    }

    String user() {
        return user;
    }

    /** Password; empty for none. */
    public ClickHouseContext password(String secret) {
        password = secret;
        return this;
    }

    String password() {
        return password;
    }

    /** Days after which rows are dropped, 1 to 36,500. */
    public ClickHouseContext ttlDays(int days) {
        ttlDays = days;
        return this;
    }

    int ttlDays() {
        return ttlDays;
    }

    /** Ms to wait for an answer, 1 to 3,600,000. */
    public ClickHouseContext timeoutMs(int ms) {
        timeoutMs = ms;
        return this;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    /** Tables that the servers of a shard keep equal; they need a keeper and two macros. */
    public ClickHouseContext replicated(boolean wanted) {
        isReplicated = wanted;
        return this;
    }

    boolean isReplicated() {
        return isReplicated;
    }

    /** Cluster over which each table is read as {@code NAME_all}; empty for none. */
    public ClickHouseContext cluster(String name) {
        cluster = name;
        return this;
    }

    String cluster() {
        return cluster;
    }

    /** Makes database and tables on all servers of the cluster, which need a queue for that. */
    public ClickHouseContext onCluster(boolean wanted) {
        isOnCluster = wanted;
        return this;
    }

    boolean isOnCluster() {
        return isOnCluster;
    }

    /** Most connections at once, 1 to 64: inserts of a batch wait for one. */
    public ClickHouseContext maxConnections(int connections) {
        maxConnections = connections;
        return this;
    }

    int maxConnections() {
        return maxConnections;
    }

    /** Seconds from one health query to the next, 1 to 3,600. */
    public ClickHouseContext healthSeconds(int seconds) {
        healthSeconds = seconds;
        return this;
    }

    int healthSeconds() {
        return healthSeconds;
    }

    /** Where pool and server are shown; in memory of its own unless set. */
    public ClickHouseContext counters(Counters engineCounters) {
        counters = engineCounters;
        return this;
    }

    Counters counters() {
        return counters;
    }

    /** How each client is made. */
    Client.Builder clientBuilder() {
        return new Client.Builder().addEndpoint(url).setUsername(user).setPassword(password)
            .setConnectTimeout(timeoutMs).setSocketTimeout(timeoutMs)
            .setConnectionRequestTimeout(timeoutMs, ChronoUnit.MILLIS)
            .setMaxConnections(maxConnections).setMaxRetries(0).setClientName("millrace");
    }

    /** Checks every option; who takes a context concludes it. */
    public ClickHouseContext conclude() {
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException(URL_KEY + " '" + url
                + "' is not an address such as " + URL_DEFAULT);
        }
        if (!NAME.matcher(database).matches()) {
            throw new IllegalArgumentException(DATABASE_KEY + " '" + database
                + "' is not a name of letters, digits and _");
        }
        if (!cluster.isEmpty() && !NAME.matcher(cluster).matches()) {
            throw new IllegalArgumentException(CLUSTER_KEY + " '" + cluster
                + "' is not a name of letters, digits and _");
        }
        if (isOnCluster && cluster.isEmpty()) {
            throw new IllegalArgumentException(ON_CLUSTER_KEY + " is true, and " + CLUSTER_KEY
                + " names none");
        }
        check(TTL_KEY, ttlDays, MAX_TTL_DAYS);
        check(TIMEOUT_KEY, timeoutMs, MAX_TIMEOUT_MS);
        check(MAX_CONNECTIONS_KEY, maxConnections, MOST_MAX_CONNECTIONS);
        check(HEALTH_KEY, healthSeconds, MAX_HEALTH_SECONDS);
        counters = counters == null ? Counters.inMemory() : counters;
        return this;
    }

    private static void check(String key, int value, int greatest) {
        if (value < 1 || value > greatest) {
            throw new IllegalArgumentException(key + " " + value + " is not within 1 to "
                + greatest);
        }
    }
}
