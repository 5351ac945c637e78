// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One number for each constant of an enumeration. Written by the thread of its owner; any thread
 * may ask.
 *
 * @param <C> what is counted
 */
public final class Tally<C extends Enum<C>> {
    private final C[] counts;
    private final AtomicLongArray values;

    /** All zero. */
    public Tally(Class<C> type) {
        counts = type.getEnumConstants();
        values = new AtomicLongArray(counts.length);
    }

    /** A count of now. */
    public long of(C count) {
        return values.get(count.ordinal());
    }

    /** All counts that are not zero. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (C count : counts) {
            if (of(count) != 0) {
                text.append(text.length() == 0 ? "" : ", ")
                    .append(count.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(String.format(Locale.ROOT, " %,d", of(count)));
            }
        }
        return text.toString();
    }

    /** Adds to a count; its owner's thread. */
    public void add(C count, long amount) {
        int index = count.ordinal();
        values.lazySet(index, values.getPlain(index) + amount);
    }

    /** Adds one; its owner's thread. */
    public void increment(C count) {
        add(count, 1);
    }
}
