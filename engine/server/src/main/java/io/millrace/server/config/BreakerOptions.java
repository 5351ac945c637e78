// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;

import io.millrace.feed.breaker.BreakerContext;
import java.util.List;

/** The options of a feed's circuit breaker: part of the one table. */
public final class BreakerOptions {
    public static final String LINE_SILENCE = "breaker.line-silence-ms";
    public static final String OPEN_AFTER = "breaker.open-after-ms";
    public static final String FIRST_PROBE = "breaker.first-probe-ms";
    public static final String LONGEST_PROBE = "breaker.longest-probe-ms";
    public static final String CLOSE_AFTER = "breaker.close-after-packets";

    private static final int MAX_TIME_MS = (int) (BreakerContext.MAX_TIME_NS / 1_000_000);

    static final List<ConfigOption> ALL = List.of(
        new ConfigOption(LINE_SILENCE, "1500", integer(1, MAX_TIME_MS),
            "Silence after which one line is told to be silent; venues send heart-beats every"
                + " second."),
        new ConfigOption(OPEN_AFTER, "3000", integer(1, MAX_TIME_MS),
            "Silence of all lines after which the breaker opens and the books are stale."),
        new ConfigOption(FIRST_PROBE, "1000", integer(1, MAX_TIME_MS),
            "Wait before a silent feed is probed: groups are joined anew, a mute connection is"
                + " made anew; it doubles with each further one."),
        new ConfigOption(LONGEST_PROBE, "30000", integer(1, MAX_TIME_MS),
            "Longest wait before a probe."),
        new ConfigOption(CLOSE_AFTER, "3", integer(1, BreakerContext.MAX_PACKETS),
            "Packets after a silence before the breaker closes and the books are trusted."));

    private BreakerOptions() {
    }
}
