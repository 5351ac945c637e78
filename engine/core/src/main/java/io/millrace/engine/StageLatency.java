// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.event.EventDescriptor;
import io.millrace.event.Measurement;
import java.nio.ByteOrder;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/**
 * Histograms of the time that each step took, in ns. Two clock readings per batch; nothing is
 * allocated after construction. Events whose receive time is not of now, as when a capture is
 * imported, leave the steps from receipt out. Written by the chain's thread; read by it, or after
 * the engine was closed.
 */
public final class StageLatency {
    private static final long MAX_NS = 4_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram[] histograms = new Histogram[LatencyStep.values().length];

    StageLatency() {
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = new Histogram(1, MAX_NS, SIGNIFICANT_DIGITS);
        }
    }

    /** Times of a step in ns. */
    public Histogram histogram(LatencyStep step) {
        return histograms[step.ordinal()];
    }

    /**
     * Takes one batch.
     *
     * @param blockOffset of the oldest event
     * @param beganNs     epoch ns at which the chain took the batch
     * @param endedNs     epoch ns at which it was done
     */
    void onBatch(DirectBuffer buffer, int blockOffset, long beganNs, long endedNs) {
        record(LatencyStep.CHAIN, endedNs - beganNs);
        long receivedNs = buffer.getLong(blockOffset + EventDescriptor.RECEIVE_TIME_OFFSET,
            ByteOrder.LITTLE_ENDIAN);
        if (endedNs - receivedNs >= MAX_NS || endedNs < receivedNs) {
            return;
        }
        long publishDeltaNs = Measurement.publishDeltaNs(buffer, blockOffset);
        record(LatencyStep.RECEIVE_TO_RING, publishDeltaNs);
        record(LatencyStep.RING_TO_CHAIN, beganNs - receivedNs - publishDeltaNs);
        record(LatencyStep.RECEIVE_TO_END, endedNs - receivedNs);
    }

    private void record(LatencyStep step, long elapsedNs) {
        histograms[step.ordinal()].recordValue(Math.min(Math.max(elapsedNs, 0), MAX_NS));
    }
}
