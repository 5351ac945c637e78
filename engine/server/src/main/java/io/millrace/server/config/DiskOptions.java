// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;

import java.util.List;

/** Options of the disk that journals are on: what is done when it is full. */
public final class DiskOptions {
    public static final String ON_FULL = "journal.on-full";
    public static final String RESUME_MARGIN = "journal.resume-margin-mb";

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(ON_FULL, "degrade", oneOf("degrade", "halt"),
            "When the disk is full: degrade goes on without appending, until there is space again,"
                + " behind a declared hole; halt stops the engine in order, with exit 3."),
        new ConfigOption(RESUME_MARGIN, "256", integer(0, 1 << 20),
            "Mebibytes above journal.minimum-free-mb from which appending begins again."));

    private DiskOptions() {
    }
}
