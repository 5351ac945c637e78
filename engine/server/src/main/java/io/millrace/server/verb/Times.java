// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as people give and read them; inside they are ns since the epoch. */
public final class Times {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private Times() {
    }

    /** Reads ns since the epoch, or ISO 8601 with an offset. */
    public static long parseNs(String flag, String text) {
        if (text.matches("-?\\d{1,19}")) {
            return Long.parseLong(text);
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NS_PER_SECOND),
                instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new UsageException(flag + ": '" + text
                + "' is no time; give ns since the epoch or ISO 8601 with"
                + " an offset, such as 2026-01-30T14:30:00.000000001Z");
        }
    }

    /** ISO 8601 in UTC. */
    public static String text(long timeNs) {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, NS_PER_SECOND),
            Math.floorMod(timeNs, NS_PER_SECOND))
            .toString();
    }
}
