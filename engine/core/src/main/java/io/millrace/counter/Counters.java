// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;

import java.util.HashMap;
import java.util.Map;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * Named off-heap counters and the log of distinct errors of one engine, in memory or in a {@link CountersFile} that
 * other processes read. Counters are made on the control thread before start; each is then written by one thread.
 */
public final class Counters {
    private final CountersManager manager;
    private final DistinctErrorLog errors;
    private final Map<String, AtomicCounter> counterByLabel = new HashMap<>();

    Counters(AtomicBuffer metadata, AtomicBuffer values, AtomicBuffer errorLog, EpochClock clock) {
        manager = new CountersManager(metadata, values);
        errors = new DistinctErrorLog(errorLog, clock);
    }

    /** Counters that no other process can see. */
    public static Counters inMemory() {
        return new Counters(
            memory(CountersDescriptor.METADATA_LENGTH),
            memory(CountersDescriptor.VALUES_LENGTH),
            memory(CountersDescriptor.ERROR_LOG_LENGTH),
            new EngineClock());
    }

    /** The counter of a label, made when it does not exist yet. Control thread. */
    public AtomicCounter counter(String label) {
        return counterByLabel.computeIfAbsent(label, manager::newCounter);
    }

    /** Value of a counter, or 0 when there is none of that label. Control thread. */
    public long value(String label) {
        AtomicCounter counter = counterByLabel.get(label);
        return counter == null ? 0 : counter.get();
    }

    /** The log that keeps each distinct error once, with its count. Any thread. */
    public DistinctErrorLog errors() {
        return errors;
    }

    private static AtomicBuffer memory(int length) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, CACHE_LINE_LENGTH));
    }
}
