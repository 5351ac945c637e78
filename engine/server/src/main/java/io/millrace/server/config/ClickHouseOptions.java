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
    public static final String BATCH_EVENTS = "bridge.clickhouse.batch-events";
    public static final String LINGER = "bridge.clickhouse.linger-ms";
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
        new ConfigOption(PASSWORD_FILE, "none", text(4096),
            "File whose first line is the password, where the environment variable " + PASSWORD
                + " is not set."),
        new ConfigOption(TTL, Integer.toString(ClickHouseContext.TTL_DAYS_DEFAULT),
            integer(1, ClickHouseContext.MAX_TTL_DAYS),
            "Days after which rows are dropped, when a table is made."),
        new ConfigOption(TIMEOUT, Integer.toString(ClickHouseContext.TIMEOUT_MS_DEFAULT),
            integer(1, ClickHouseContext.MAX_TIMEOUT_MS), "Longest wait for an answer."),
        new ConfigOption(BATCH_EVENTS, "131072", integer(1, BridgeContext.MAX_BATCH_EVENTS),
            "Most events of one insert, in the place of bridge.batch-events."),
        new ConfigOption(LINGER, "1000", integer(0, BridgeContext.MAX_TIME_MS),
            "Longest wait for them, in the place of bridge.linger-ms: many small inserts are many"
                + " small parts."));

    private ClickHouseOptions() {
    }
}
