// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.retention;

import java.time.LocalDate;

/**
 * How much is kept: what exceeds one of the limits goes, the earliest first.
 *
 * @param days     of trading dates, today's included; 0 for no limit
 * @param byteCount that all epochs may take; 0 for no limit
 * @param today    from which days are counted
 */
public record RetentionPolicy(int days, long byteCount, LocalDate today) {
    boolean isTooOld(LocalDate date) {
        return days > 0 && !date.isAfter(today.minusDays(days));
    }

    boolean isTooMuch(long allocatedBytes) {
        return byteCount > 0 && allocatedBytes > byteCount;
    }
}
