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
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * Named off-heap counters and the log of distinct errors of one engine, in memory or in a
 * {@link CountersFile} that other processes read. Counters are made on the control thread before
 * start; each is then written by one thread.
 */
public final class Counters {
    private final CountersManager manager;
    private final DistinctErrorLog errors;
    private final Map<String, AtomicCounter> counterByLabel = new HashMap<>();

    Counters(AtomicBuffer memory, EpochClock clock) {
        manager = new CountersManager(CountersDescriptor.metadata(memory),
            CountersDescriptor.values(memory));
        errors = new DistinctErrorLog(CountersDescriptor.errorLog(memory), clock);
    }

    /** Counters that no other process can see. */
    public static Counters inMemory() {
        return new Counters(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(CountersDescriptor.LENGTH, CACHE_LINE_LENGTH)),
            new EngineClock());
    }

    /**
     * The counter of a label such as "book.orders-refused", made when it does not exist yet.
     * Control thread.
     */
    public AtomicCounter counter(String label) {
        return counterByLabel.computeIfAbsent(label, manager::newCounter);
    }

    /** Value of a counter, or 0 when there is none of that label. Control thread. */
    public long value(String label) {
        AtomicCounter counter = counterByLabel.get(label);
        return counter == null ? 0 : counter.get();
    }

    /**
     * Notes an error; equal ones are kept once with their count. When the log is full, on stderr.
     * Any thread.
     */
    public void onError(Throwable error) {
        if (!errors.record(error)) {
            error.printStackTrace(System.err);
        }
    }

    /** Visits the distinct errors noted so far; returns their number. Any thread. */
    public int forEachError(ErrorConsumer consumer) {
        return ErrorLogReader.read(errors.buffer(), consumer);
    }

    /** The labels and values of all counters. Any thread. */
    public CountersManager manager() {
        return manager;
    }
}
