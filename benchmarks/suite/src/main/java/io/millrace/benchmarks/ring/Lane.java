// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.ring;

/** One way from a writing thread to a reading thread for events of 64 bytes of content. */
interface Lane {
    /**
     * Writes one event that carries a value in its fields, and shows it; waits while full. Writing
     * thread.
     */
    void send(long value);

    /** Reads all fields of all events there are; returns their number. Reading thread. */
    int drain();

    /** Sum of all fields read so far. Reading thread. */
    long sum();

    /** Opens a lane by name. */
    static Lane open(String name, int capacity) {
        return switch (name) {
            case "millrace" -> new MillraceLane(capacity);
            case "disruptor" -> new DisruptorLane(capacity);
            case "agrona" -> new AgronaLane(capacity);
            default -> throw new IllegalArgumentException("lane " + name);
        };
    }
}
