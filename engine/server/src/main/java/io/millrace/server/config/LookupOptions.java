// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;

import java.util.List;

/** The options of questions for quotes; part of the table in {@link ConfigOptions}. */
public final class LookupOptions {
    public static final String ENABLED = "lookup.enabled";
    public static final String ON_MISS = "lookup.on-miss";
    public static final String TIMEOUT = "lookup.timeout-ms";
    /** Value of {@link #ON_MISS}: stores are asked. */
    public static final String STORE = "store";

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ENABLED, "false", oneOf("true", "false"),
            "Keep the newest values of each security beside the running engine, read from its"
                + " journal, and answer /quotes/SYMBOL at edge.port."),
        new ConfigOption(ON_MISS, STORE, oneOf(STORE, "reject"),
            "What a quote is answered that neither the engine nor Redis has: the newest one of"
                + " ClickHouse and Parquet, as far as their bridges are enabled, or none."),
        new ConfigOption(TIMEOUT, "500", integer(1, 60_000),
            "Longest wait for one place that may know a quote; then the next one is asked."));

    private LookupOptions() {
    }
}
