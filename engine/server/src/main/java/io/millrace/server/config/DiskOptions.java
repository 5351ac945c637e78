// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;

import java.util.List;

/** Options of the disk that journals are on: what is done when it is full, and what is kept. */
public final class DiskOptions {
    public static final String ON_FULL = "journal.on-full";
    public static final String RESUME_MARGIN = "journal.resume-margin-mb";
    public static final String RETENTION_DAYS = "journal.retention-days";
    public static final String RETENTION_GB = "journal.retention-gb";

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ON_FULL, "degrade", oneOf("degrade", "halt"),
            "When the disk is full: degrade goes on without appending, until there is space again,"
                + " behind a declared hole; halt stops the engine in order, with exit 3."),
        new ConfigOption(RESUME_MARGIN, "256", integer(0, 1 << 20),
            "Mebibytes above journal.minimum-free-mb from which appending begins again."),
        new ConfigOption(RETENTION_DAYS, "0", integer(0, 36_500),
            "Trading dates that journal prune keeps; 0 is no limit."),
        new ConfigOption(RETENTION_GB, "0", integer(0, 1 << 20),
            "Gibibytes of disk that journal prune lets all epochs take; 0 is no limit."));

    private DiskOptions() {
    }
}
