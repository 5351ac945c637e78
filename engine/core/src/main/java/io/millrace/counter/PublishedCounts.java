// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;

/**
 * A few numbers that one thread works out and others look at while it runs. The one writer sets
 * them with release, any reader reads them with acquire or stronger: whoever sees a number sees
 * all that was set before it. For each duty cycle, not for each message.
 */
public final class PublishedCounts {
    private final AtomicCounter[] counts;

    /** @param size how many numbers; each is 0 at first */
    public PublishedCounts(int size) {
        UnsafeBuffer values = new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            size * CountersReader.COUNTER_LENGTH, CACHE_LINE_LENGTH));
        counts = new AtomicCounter[size];
        for (int i = 0; i < size; i++) {
            counts[i] = new AtomicCounter(values, i);
        }
    }

    /** Shows a number to the others. The one writing thread. */
    public void set(int index, long value) {
        counts[index].setRelease(value);
    }

    /** A number as it was set last. Any thread. */
    public long get(int index) {
        return counts[index].get();
    }
}
