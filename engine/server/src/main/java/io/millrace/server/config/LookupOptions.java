// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.listOr;
import static io.millrace.server.config.ValueRule.oneOf;

import java.util.List;

/** The options of questions for quotes; part of the table in {@link ConfigOptions}. */
public final class LookupOptions {
    public static final String ENABLED = "lookup.enabled";
    public static final String TIERS = "lookup.tiers";
    public static final String ON_MISS = "lookup.on-miss";
    public static final String TIMEOUT = "lookup.timeout-ms";
    /** Value of {@link #TIERS}: the engine, and everybody whose bridge is enabled. */
    public static final String AUTO = "auto";
    public static final String ENGINE = "engine";
    public static final String REDIS = "redis";
    public static final String CLICKHOUSE = "clickhouse";
    public static final String PARQUET = "parquet";
    /** All that may be asked, in the order of {@link #AUTO}. */
    public static final List<String> NAMES = List.of(ENGINE, REDIS, CLICKHOUSE, PARQUET);

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ENABLED, "false", oneOf("true", "false"),
            "Keep the newest values of each security beside the running engine, read from its"
                + " journal, and answer /quotes/SYMBOL at edge.port."),
        new ConfigOption(TIERS, AUTO, listOr(AUTO, NAMES),
            "Who is asked for a quote: of engine and redis the first that has it, then the newer"
                + " of clickhouse and parquet; auto is the engine and those whose bridge is"
                + " enabled."),
        new ConfigOption(ON_MISS, "fallback", oneOf("fallback", "reject"),
            "What a quote is answered that neither the engine nor Redis has: the newest one of"
                + " ClickHouse and Parquet, or none."),
        new ConfigOption(TIMEOUT, "500", integer(1, 60_000),
            "Longest wait for one place that may know a quote; then the next one is asked."));

    private LookupOptions() {
    }
}
