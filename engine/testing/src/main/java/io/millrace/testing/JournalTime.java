// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** Reads the times that a {@link ReplayJournal} names. */
final class JournalTime {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final long SECOND_NS = 1_000_000_000L;

    private JournalTime() {
    }

    /** Ns since the Unix epoch of an instant, or of a time in New York on a date. */
    static long parse(String text, LocalDate date) {
        Instant instant = text.indexOf('T') >= 0 ? Instant.parse(text)
            : LocalTime.parse(text).atDate(date).atZone(NEW_YORK).toInstant();
        return instant.getEpochSecond() * SECOND_NS + instant.getNano();
    }
}
