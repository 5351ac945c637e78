// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import io.millrace.codec.event.ClockEncoder;

/** Publishes the smallest of events. */
final class TestEvents {
    private TestEvents() {
    }

    /** A Clock event whose channel sequence is a mark to know it by. */
    static void publish(EventPublisher publisher, long mark) {
        int offset = publisher.claim(ClockEncoder.TEMPLATE_ID, ClockEncoder.BLOCK_LENGTH);
        publisher.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT, 0, 0,
            EventFlag.LAST, mark);
    }

    /** A publisher that fails when its ring is full. */
    static EventPublisher publisher(EventRing ring, int commitInterval) {
        return new EventPublisher(ring, () -> {
            throw new IllegalStateException("ring is full");
        }, null, commitInterval);
    }
}
