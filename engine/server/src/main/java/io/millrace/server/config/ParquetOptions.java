// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;
import static io.millrace.server.config.ValueRule.text;

import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.parquet.ParquetContext;
import java.util.List;

/** The options of the way to Parquet files; part of the table in {@link ConfigOptions}. */
public final class ParquetOptions {
    public static final String ENABLED = "bridge.parquet.enabled";
    public static final String DIRECTORY = ParquetContext.DIRECTORY_KEY;
    public static final String MAX_ROWS = "bridge.parquet.max-rows";
    public static final String MAX_SECONDS = "bridge.parquet.max-seconds";
    public static final String SYMBOL_GROUPS = ParquetContext.SYMBOL_GROUPS_KEY;
    public static final String MINIMUM_FREE = ParquetContext.MINIMUM_FREE_KEY;
    public static final String ICEBERG = "bridge.parquet.iceberg";
    /** Directory that stands for the folder parquet in that of the journals. */
    public static final String AUTO = "auto";

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ENABLED, "false", oneOf("true", "false"),
            "Copy the journals to Parquet files, on a thread of its own."),
        new ConfigOption(DIRECTORY, AUTO, text(4096),
            "Folder of tables and manifest, of one engine alone; auto: parquet in"
                + " journal.directory."),
        new ConfigOption(MAX_ROWS, Integer.toString(BridgeContext.MAX_BATCH_EVENTS),
            integer(1, BridgeContext.MAX_BATCH_EVENTS),
            "Most rows of a file; files of all tables end together after so many events."),
        new ConfigOption(MAX_SECONDS, "60", integer(1, BridgeContext.MAX_TIME_MS / 1_000),
            "Longest time that a file takes."),
        new ConfigOption(SYMBOL_GROUPS, Integer.toString(ParquetContext.SYMBOL_GROUPS_DEFAULT),
            integer(1, ParquetContext.MAX_SYMBOL_GROUPS),
            "Ranges of first letters that have folders of their own; 3: A-H, I-P, Q-Z."),
        new ConfigOption(MINIMUM_FREE, Integer.toString(ParquetContext.MINIMUM_FREE_MB_DEFAULT),
            integer(0, ParquetContext.MAX_MINIMUM_FREE_MB),
            "Mebibytes that stay free on the disk; below, this bridge waits."),
        new ConfigOption(ICEBERG, "false", oneOf("true", "false"),
            "Keep Iceberg tables over the files, their metadata beside the rows."));

    private ParquetOptions() {
    }
}
