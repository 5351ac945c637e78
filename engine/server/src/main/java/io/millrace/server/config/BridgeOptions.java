// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;

import io.millrace.bridge.BridgeContext;
import java.util.List;
import java.util.Set;

/** The options that all bridges share; part of the table in {@link ConfigOptions}. */
public final class BridgeOptions {
    public static final String BATCH_EVENTS = BridgeContext.BATCH_EVENTS_KEY;
    public static final String LINGER = BridgeContext.LINGER_KEY;
    public static final String FIRST_RETRY = BridgeContext.FIRST_RETRY_KEY;
    public static final String LONGEST_RETRY = BridgeContext.LONGEST_RETRY_KEY;
    public static final String STALL = BridgeContext.STALL_KEY;
    public static final String DEAD_LETTERS = BridgeContext.DEAD_LETTER_KEY;
    public static final String DRAIN = "bridge.drain-ms";
    public static final String REHEARSAL_PAUSE = "bridge.rehearsal-pause-ms";

    /** Environment variables with passwords. */
    static final Set<String> SECRETS = Set.of(RedisOptions.PASSWORD,
        ClickHouseOptions.PASSWORD, PostgresOptions.PASSWORD);

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(BATCH_EVENTS, Integer.toString(BridgeContext.BATCH_EVENTS_DEFAULT),
            integer(1, BridgeContext.MAX_BATCH_EVENTS),
            "Most events that a bridge sends before it waits for their acknowledgement."),
        new ConfigOption(LINGER, Integer.toString(BridgeContext.LINGER_MS_DEFAULT),
            integer(0, BridgeContext.MAX_TIME_MS), "Longest wait for such a batch to fill."),
        new ConfigOption(FIRST_RETRY, Integer.toString(BridgeContext.FIRST_RETRY_MS_DEFAULT),
            integer(1, BridgeContext.MAX_TIME_MS),
            "Wait after a first failure, less up to half; it doubles with each further one."),
        new ConfigOption(LONGEST_RETRY, Integer.toString(BridgeContext.LONGEST_RETRY_MS_DEFAULT),
            integer(1, BridgeContext.MAX_TIME_MS), "Longest wait between two attempts."),
        new ConfigOption(STALL, Integer.toString(BridgeContext.STALL_MS_DEFAULT),
            integer(1, BridgeContext.MAX_TIME_MS),
            "Time without acknowledgement after which a bridge's circuit is open."),
        new ConfigOption(DEAD_LETTERS, Integer.toString(BridgeContext.DEAD_LETTER_MB_DEFAULT),
            integer(0, BridgeContext.MAX_DEAD_LETTER_MB),
            "Mebibytes of records refused for good that a bridge keeps; more are only counted."),
        new ConfigOption(DRAIN, "10000", integer(0, BridgeContext.MAX_TIME_MS),
            "Longest wait at a stop for bridges to come to the journal's end; the next run goes"
                + " on where they were."),
        new ConfigOption(REHEARSAL_PAUSE, "0", integer(0, BridgeContext.MAX_TIME_MS),
            "For rehearsals of a kill: every bridge stands still so long between the outside's"
                + " acknowledgement and its checkpoint; bridge.NAME.pausing is 1 meanwhile."));

    private BridgeOptions() {
    }
}
