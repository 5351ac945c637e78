// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;

import java.util.List;

/** The options of the clock behind all stamps; part of the table in {@link ConfigOptions}. */
public final class ClockOptions {
    public static final String STEP_LIMIT = "clock.step-limit-ms";
    public static final String SYNC_INTERVAL = "clock.sync-interval-s";

    /** All of them, in the order in which they are printed. */
    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(STEP_LIMIT, "10", integer(1, 60_000),
            "Change of the wall clock within a second from which it is a step: told as an event,"
                + " and what comes until it is over carries BAD_TIME."),
        new ConfigOption(SYNC_INTERVAL, "60", integer(1, 86_400),
            "Seconds between two samples of how the machine's clock is kept, told as events."));

    private ClockOptions() {
    }
}
