// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people give them: 500ms, 30s, 5m, 1h. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

    private Durations() {
    }

    /** Reads a span in ns; a bare number is seconds. */
    static long parseNs(String flag, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(flag + ": '" + text
                + "' is no span of time; give for example 500ms, 30s, 5m, 1h");
        }
        long count = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> count * 1_000_000L;
            case "s" -> count * 1_000_000_000L;
            case "m" -> count * 60_000_000_000L;
            default -> Math.multiplyExact(count, 3_600_000_000_000L);
        };
    }
}
