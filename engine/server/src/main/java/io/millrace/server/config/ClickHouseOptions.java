// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;
import static io.millrace.server.config.ValueRule.text;

import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.clickhouse.ClickHouseContext;
import java.util.List;

/** The options of the way to ClickHouse; part of the table in {@link ConfigOptions}. */
public final class ClickHouseOptions {
    public static final String ENABLED = "bridge.clickhouse.enabled";
    public static final String URL = ClickHouseContext.URL_KEY;
    public static final String DATABASE = ClickHouseContext.DATABASE_KEY;
    public static final String USER = ClickHouseContext.USER_KEY;
    public static final String PASSWORD_FILE = "bridge.clickhouse.password-file";
    public static final String TTL = ClickHouseContext.TTL_KEY;
    public static final String TIMEOUT = ClickHouseContext.TIMEOUT_KEY;
    public static final String REPLICATED = ClickHouseContext.REPLICATED_KEY;
    public static final String CLUSTER = ClickHouseContext.CLUSTER_KEY;
    public static final String ON_CLUSTER = ClickHouseContext.ON_CLUSTER_KEY;
    public static final String MAX_CONNECTIONS = ClickHouseContext.MAX_CONNECTIONS_KEY;
    public static final String HEALTH = ClickHouseContext.HEALTH_KEY;
    public static final String BATCH_EVENTS = "bridge.clickhouse.batch-events";
    public static final String LINGER = "bridge.clickhouse.linger-ms";
    /** In the place of a name: no such cluster or file. */
    public static final String NONE = "none";
    /** Environment variable with the password; no option, for it stands in no report. */
    public static final String PASSWORD = "MILLRACE_CLICKHOUSE_PASSWORD";

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ENABLED, "false", oneOf("true", "false"),
            "Copy the journals to tables of ClickHouse, on a thread of its own."),
        new ConfigOption(URL, ClickHouseContext.URL_DEFAULT, text(4096),
            "Where the server speaks HTTP or HTTPS."),
        new ConfigOption(DATABASE, ClickHouseContext.DATABASE_DEFAULT, text(63),
            "Database of the tables; made when it is missing."),
        new ConfigOption(USER, ClickHouseContext.USER_DEFAULT, text(200), "Who writes."),
        new ConfigOption(PASSWORD_FILE, NONE, text(4096),
            "File whose first line is the password, where the environment variable " + PASSWORD
                + " is not set."),
        new ConfigOption(TTL, Integer.toString(ClickHouseContext.TTL_DAYS_DEFAULT),
            integer(1, ClickHouseContext.MAX_TTL_DAYS),
            "Days after which rows are dropped, when a table is made."),
        new ConfigOption(TIMEOUT, Integer.toString(ClickHouseContext.TIMEOUT_MS_DEFAULT),
            integer(1, ClickHouseContext.MAX_TIMEOUT_MS), "Longest wait for an answer."),
        new ConfigOption(REPLICATED, "false", oneOf("true", "false"),
            "Make tables that the servers of a shard keep equal (ReplicatedMergeTree); they need a"
                + " keeper and the macros shard and replica."),
        new ConfigOption(CLUSTER, NONE, text(63),
            "Cluster over which every table is read as NAME_all too (Distributed), or " + NONE
                + ". Each engine writes to the shard of its server."),
        new ConfigOption(ON_CLUSTER, "false", oneOf("true", "false"),
            "Make database and tables on all servers of the cluster (ON CLUSTER)."),
        new ConfigOption(MAX_CONNECTIONS,
            Integer.toString(ClickHouseContext.MAX_CONNECTIONS_DEFAULT),
            integer(1, ClickHouseContext.MOST_MAX_CONNECTIONS),
            "Most connections at once; a batch has one insert for each table that it has rows of,"
                + " and they wait for one."),
        new ConfigOption(HEALTH, Integer.toString(ClickHouseContext.HEALTH_SECONDS_DEFAULT),
            integer(1, ClickHouseContext.MAX_HEALTH_SECONDS),
            "From one query about the server's health, shown as metrics, to the next."),
        new ConfigOption(BATCH_EVENTS, "131072", integer(1, BridgeContext.MAX_BATCH_EVENTS),
            "Most events of one insert, in the place of bridge.batch-events."),
        new ConfigOption(LINGER, "1000", integer(0, BridgeContext.MAX_TIME_MS),
            "Longest wait for them, in the place of bridge.linger-ms: many small inserts are many"
                + " small parts."));

    private ClickHouseOptions() {
    }
}
