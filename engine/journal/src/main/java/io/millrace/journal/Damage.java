// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import java.nio.file.Path;

/**
 * Something in a journal that is not as it was written.
 *
 * @param file         the damaged file
 * @param position     byte offset within the file
 * @param fromSequence first event that is lost or untrustworthy, inclusive
 * @param toSequence   last such event, inclusive; below fromSequence when no event is hit
 * @param reason       what is wrong
 */
public record Damage(Path file, long position, long fromSequence, long toSequence, String reason) {
    /** True when at least one event is lost or untrustworthy. */
    public boolean isEventHit() {
        return fromSequence <= toSequence;
    }

    /** One line: file, offset, events, reason. */
    @Override
    public String toString() {
        String events = isEventHit() ? "events " + fromSequence + " to " + toSequence
            : "no event hit";
        return file + " at " + position + ": " + reason + ", " + events;
    }
}
