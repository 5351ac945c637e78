// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import java.util.zip.CRC32C;
import org.agrona.concurrent.Agent;

/**
 * Stands for a journal writer: reads a ring with a gating reader and sums up all bytes but the
 * measurement.
 */
final class RingRecorder implements Agent {
    private final EventReader reader;
    private final EventView event = new EventView();
    private final byte[] bytes = new byte[EventDescriptor.SLOT_LENGTH];
    private final CRC32C checksum = new CRC32C();
    private final int runLimit;
    private long eventCount;
    private long lastSequence;
    private int holeCount;
    private boolean isStarted;
    private boolean isClosed;

    RingRecorder(EventRing ring, int runLimit) {
        reader = ring.newGatingReader();
        this.runLimit = runLimit;
    }

    @Override
    public void onStart() {
        isStarted = true;
    }

    @Override
    public int doWork() {
        if (!isStarted || isClosed) {
            throw new IllegalStateException("work before start or after close");
        }
        long first = reader.next();
        long last = Math.min(reader.available(), first + runLimit - 1);
        for (long sequence = first; sequence <= last; sequence++) {
            onEvent(event.wrap(reader.ring().buffer(), reader.ring().blockOffset(sequence)));
        }
        if (last >= first) {
            reader.release(last);
        }
        return (int) Math.max(0, last - first + 1);
    }

    @Override
    public void onClose() {
        isClosed = true;
    }

    @Override
    public String roleName() {
        return "recorder";
    }

    long eventCount() {
        return eventCount;
    }

    /** Event sequences that did not follow the one before by one. */
    int holeCount() {
        return holeCount;
    }

    long checksum() {
        return checksum.getValue();
    }

    boolean isClosed() {
        return isClosed;
    }

    private void onEvent(EventView event) {
        holeCount += event.sequence() == lastSequence + 1 ? 0 : 1;
        lastSequence = event.sequence();
        eventCount++;
        int length = event.length() - EventDescriptor.MEASUREMENT_LENGTH;
        event.buffer().getBytes(event.offset() - EventDescriptor.HEADER_LENGTH, bytes, 0, length);
        checksum.update(bytes, 0, length);
    }
}
