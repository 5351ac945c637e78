// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;

import io.millrace.journal.checkpoint.CheckpointPolicy;
import java.util.List;

/** The options of a journal's checkpoints; part of the table in {@link ConfigOptions}. */
public final class CheckpointOptions {
    public static final String CHECKPOINTS = "journal.checkpoints";
    public static final String CHECKPOINT_EVENTS = CheckpointPolicy.INTERVAL_KEY;
    public static final String CHECKPOINT_MAX_MB = CheckpointPolicy.MAX_MB_KEY;

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(CHECKPOINTS, "auto", oneOf("auto", "on", "off"),
            "Keep the books' state beside the journal: at the stop, and with on at intervals too,"
                + " by a second chain with as much memory; auto is on with four cores or more."),
        new ConfigOption(CHECKPOINT_EVENTS, Long.toString(CheckpointPolicy.INTERVAL_DEFAULT),
            integer(1_000, Integer.MAX_VALUE),
            "Inbound events from one checkpoint to the next."),
        new ConfigOption(CHECKPOINT_MAX_MB, Long.toString(CheckpointPolicy.MAX_MB_DEFAULT),
            integer(0, 1 << 20),
            "Mebibytes of a trading date's checkpoints; above, those go that are closest to"
                + " others."));

    private CheckpointOptions() {
    }
}
