// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MeasurementTest {
    private final EventRing ring = new EventRing(2);
    private final EventPublisher publisher = TestEvents.publisher(ring, 1);
    private final int offset = ring.blockOffset(0);

    @Test
    void shouldKeepBothStampsApart() {
        publish(1_000);
        Measurement.publishedAt(ring.buffer(), offset, 1_250);
        Measurement.journaledAt(ring.buffer(), offset, 9_000);
        assertEquals("250 8000", deltas());
    }

    @Test
    void shouldBeZeroWithoutAStamp() {
        publish(1_000);
        assertEquals("0 0", deltas());
    }

    @Test
    void shouldSaturateAtBothEnds() {
        publish(1_000);
        Measurement.publishedAt(ring.buffer(), offset, 1_000 + (1L << 40));
        Measurement.journaledAt(ring.buffer(), offset, 10);
        assertEquals("4294967295 1", deltas());
    }

    private void publish(long receiveTimeNs) {
        publisher.receiveTimeNs(receiveTimeNs);
        TestEvents.publish(publisher, 0);
    }

    private String deltas() {
        return Measurement.publishDeltaNs(ring.buffer(), offset) + " "
            + Measurement.journalDeltaNs(ring.buffer(), offset);
    }
}
