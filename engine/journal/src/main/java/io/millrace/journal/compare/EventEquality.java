// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.MEASUREMENT_LENGTH;
import static io.millrace.event.EventDescriptor.ORIGIN_SEQUENCE_OFFSET;
import static io.millrace.event.EventDescriptor.SEQUENCE_OFFSET;

import io.millrace.event.EventView;

/** What equal means: the same header and block, measurement left out; or, raw, every byte. */
public enum EventEquality {
    /** Measurements are not data. */
    DATA(MEASUREMENT_LENGTH),
    /** Measurements count too. */
    RAW(0);

    private static final long HASH_MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    private static final int HASH_SHIFT = 29;

    private final int ignoredLength;

    EventEquality(int ignoredLength) {
        this.ignoredLength = ignoredLength;
    }

    /** True when two events are equal. */
    public boolean isEqual(EventView first, EventView second) {
        return areWordsEqual(first, second, false);
    }

    /**
     * True when two events are equal but for their numbers in the journal: the sequence, and of a
     * derived event the sequence of its cause.
     */
    boolean isEqualButForNumbers(EventView first, EventView second) {
        return areWordsEqual(first, second, true);
    }

    /** The same for events that are equal but for their numbers. */
    long hashWithoutNumbers(EventView event) {
        long hash = event.length();
        for (int i = -HEADER_LENGTH; i < end(event); i += Long.BYTES) {
            if (!isNumber(event, i)) {
                hash = (hash ^ word(event, i)) * HASH_MULTIPLIER;
                hash ^= hash >>> HASH_SHIFT;
            }
        }
        return hash;
    }

    private boolean areWordsEqual(EventView first, EventView second, boolean isNumberLeftOut) {
        if (first.length() != second.length()) {
            return false;
        }
        for (int i = -HEADER_LENGTH; i < end(first); i += Long.BYTES) {
            if (word(first, i) != word(second, i) && !(isNumberLeftOut && isNumber(first, i))) {
                return false;
            }
        }
        return true;
    }

    private int end(EventView event) {
        return event.length() - ignoredLength - HEADER_LENGTH;
    }

    private static boolean isNumber(EventView event, int offset) {
        return offset == SEQUENCE_OFFSET
            || offset == ORIGIN_SEQUENCE_OFFSET && event.isDerived();
    }

    private static long word(EventView event, int offset) {
        return event.buffer().getLong(event.offset() + offset);
    }
}
