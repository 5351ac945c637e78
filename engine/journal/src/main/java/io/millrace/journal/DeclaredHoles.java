// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.event.EventView;
import io.millrace.event.JournalGapReason;
import java.nio.file.Path;

/**
 * Tells a hole that the journal declares from events that were lost otherwise. Inbound the event
 * behind the hole is the JournalGap itself; outbound it is the first that was derived from one, for
 * each derives a fingerprint. Owned by one reading thread.
 */
final class DeclaredHoles {
    private final Path epochDirectory;
    private final JournalQueue queue;
    private final JournalGapDecoder gap = new JournalGapDecoder();

    DeclaredHoles(Path epochDirectory, JournalQueue queue) {
        this.epochDirectory = epochDirectory;
        this.queue = queue;
    }

    /**
     * The hole in front of an event, or null when the journal tells of none there.
     *
     * @param expected sequence that was to come
     * @param behind   event that came
     */
    JournalHole before(long expected, EventView behind) {
        if (queue == JournalQueue.INBOUND) {
            return inbound(expected, behind);
        }
        try (JournalTail inbound = JournalTail.written(epochDirectory, JournalQueue.INBOUND)
            .damageListener(damage -> { })) {
            boolean isThere = inbound.seekSequence(behind.originSequence()) && inbound.next()
                && inbound.event().sequence() == behind.originSequence()
                && isGap(inbound.event());
            return isThere ? hole(expected, behind.sequence() - 1, inbound.event()) : null;
        }
    }

    private JournalHole inbound(long expected, EventView behind) {
        if (!isGap(behind) || wrap(behind).toSequence() != behind.sequence()) {
            return null;
        }
        return hole(Math.max(expected, gap.fromSequence()), behind.sequence() - 1, behind);
    }

    private JournalHole hole(long from, long to, EventView event) {
        return new JournalHole(queue, from, to, event.sequence(),
            JournalGapReason.of(wrap(event).reason()), event.receiveTimeNs());
    }

    private JournalGapDecoder wrap(EventView event) {
        return gap.wrap(event.buffer(), event.offset(), event.blockLength(),
            JournalGapDecoder.SCHEMA_VERSION);
    }

    private static boolean isGap(EventView event) {
        return event.templateId() == JournalGapDecoder.TEMPLATE_ID;
    }
}
