// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import io.millrace.instrument.InstrumentDirectory;
import java.util.Arrays;

/** A set of instrument ids, one bit each. Owned by the ingress thread. */
final class InstrumentSet {
    private final long[] words;

    InstrumentSet(InstrumentDirectory directory) {
        words = new long[(directory.capacity() >>> 6) + 1];
    }

    void add(int instrumentId) {
        words[instrumentId >>> 6] |= 1L << instrumentId;
    }

    void remove(int instrumentId) {
        words[instrumentId >>> 6] &= ~(1L << instrumentId);
    }

    /** False for an id that is none. */
    boolean contains(int instrumentId) {
        return instrumentId > 0 && (words[instrumentId >>> 6] >>> instrumentId & 1) != 0;
    }

    void clear() {
        Arrays.fill(words, 0);
    }
}
