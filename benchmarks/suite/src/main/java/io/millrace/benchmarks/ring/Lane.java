// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;

/**
 * One way from a writing thread to a reading thread for events of 64 bytes, our header included.
 * What the reader changes it allocates on its own thread, so that no line is shared by accident.
 */
interface Lane {
    /** Most events that are read before their slots are given back, as the chain does. */
    int BATCH_LIMIT = 256;

    /**
     * Writes one event that carries a value in its fields, and shows it; waits while full. Writing
     * thread.
     */
    void send(long value);

    /** Begins to read; called once, on the reading thread. */
    Reader newReader();

    /** The reading end. Owned by the reading thread. */
    interface Reader {
        /** Reads all fields of the events there are, a batch at most; returns their number. */
        int drain();

        /** Sum of all fields read so far. */
        long sum();
    }

    /** Opens a lane by name. */
    static Lane open(String name, int capacity) {
        return switch (name) {
            case "millrace" -> new MillraceLane(capacity, OrderDeletedEncoder.TEMPLATE_ID,
                OrderDeletedEncoder.BLOCK_LENGTH);
            case "millrace-added" -> new MillraceLane(capacity, OrderAddedEncoder.TEMPLATE_ID,
                OrderAddedEncoder.BLOCK_LENGTH);
            case "disruptor" -> new DisruptorLane(capacity);
            case "agrona" -> new AgronaLane(capacity);
            default -> throw new IllegalArgumentException("lane " + name);
        };
    }
}
