// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.event.EventDescriptor;
import io.millrace.event.Measurement;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StageLatencyTest {
    private static final int BLOCK = EventDescriptor.HEADER_LENGTH;

    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[EventDescriptor.SLOT_LENGTH]);
    private final StageLatency latency = new StageLatency();

    @Test
    void shouldTellEachStepApart() {
        receivedAt(1_000);
        Measurement.publishedAt(slot, BLOCK, 1_100);
        latency.onBatch(slot, BLOCK, 1_400, 1_900);
        assertEquals("100 300 500 900", max());
    }

    @Test
    void shouldLeaveReceiptOutWhenItsTimeIsNotOfNow() {
        receivedAt(1_000);
        Measurement.publishedAt(slot, BLOCK, 1L << 50);
        latency.onBatch(slot, BLOCK, 1L << 50, (1L << 50) + 25);
        assertEquals("0 0 25 0", max());
        assertEquals(0, latency.histogram(LatencyStep.RECEIVE_TO_END).getTotalCount());
    }

    private void receivedAt(long timeNs) {
        slot.putLong(0, EventDescriptor.header(25, 48), ByteOrder.LITTLE_ENDIAN);
        slot.putLong(BLOCK + EventDescriptor.RECEIVE_TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
    }

    private String max() {
        StringBuilder text = new StringBuilder();
        for (LatencyStep step : LatencyStep.values()) {
            text.append(text.isEmpty() ? "" : " ").append(latency.histogram(step).getMaxValue());
        }
        return text.toString();
    }
}
