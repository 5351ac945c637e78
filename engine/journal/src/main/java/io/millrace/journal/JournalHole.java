// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.event.JournalGapReason;
import java.util.Locale;

/**
 * Events that a journal does not hold and says so: it could not be written then. A hole is no
 * damage; what stands before and behind it is as it was written.
 *
 * @param queue        which queue
 * @param fromSequence first missing event
 * @param toSequence   last missing event
 * @param gapSequence  inbound sequence of the JournalGap event that tells of it
 * @param reason       why it could not be written
 * @param resumedNs    receive time of that event
 */
public record JournalHole(JournalQueue queue, long fromSequence, long toSequence,
    long gapSequence, JournalGapReason reason, long resumedNs) {
    /** Events missing. */
    public long eventCount() {
        return toSequence - fromSequence + 1;
    }

    /** One line: queue, events, reason, where it goes on. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT,
            "hole %s: events %d to %d were not written (%s); inbound goes on at %d",
            queue.label(), fromSequence, toSequence,
            reason.name().toLowerCase(Locale.ROOT).replace('_', ' '), gapSequence);
    }
}
