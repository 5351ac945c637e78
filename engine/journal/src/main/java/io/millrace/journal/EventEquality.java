// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.MEASUREMENT_LENGTH;

import io.millrace.event.EventView;

/** What equal means: the same header and block, measurement left out; or, raw, every byte. */
public enum EventEquality {
    /** Measurements are not data. */
    DATA(MEASUREMENT_LENGTH),
    /** Measurements count too. */
    RAW(0);

    private final int ignoredLength;

    EventEquality(int ignoredLength) {
        this.ignoredLength = ignoredLength;
    }

    /** True when two events are equal. */
    public boolean isEqual(EventView first, EventView second) {
        int end = first.length() - ignoredLength - HEADER_LENGTH;
        if (first.length() != second.length()) {
            return false;
        }
        for (int i = -HEADER_LENGTH; i < end; i += Long.BYTES) {
            if (first.buffer().getLong(first.offset() + i)
                != second.buffer().getLong(second.offset() + i)) {
                return false;
            }
        }
        return true;
    }
}
