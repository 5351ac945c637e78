// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Ranges of message numbers in the order of the numbers, which are unsigned. More than {@link
 * #LIMIT} are not kept apart: the last one then reaches further. Control thread.
 */
public final class MissingRanges {
    /** Most ranges that are kept apart. */
    public static final int LIMIT = 4_096;

    private final List<Range> ranges = new ArrayList<>();

    /**
     * One range.
     *
     * @param from first number
     * @param to   first number behind it
     */
    public record Range(long from, long to) {
    }

    /** The ranges, lowest first. */
    public List<Range> all() {
        return List.copyOf(ranges);
    }

    /** True when there is none. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    void add(long from, long to) {
        remove(from, to);
        int at = 0;
        while (at < ranges.size() && isBefore(ranges.get(at).from, from)) {
            at++;
        }
        ranges.add(at, new Range(from, to));
        if (ranges.size() > LIMIT) {
            Range last = ranges.remove(LIMIT);
            ranges.set(LIMIT - 1, new Range(ranges.get(LIMIT - 1).from, last.to));
        }
    }

    /** Takes numbers out, from within a range too. */
    void remove(long from, long to) {
        for (int i = ranges.size() - 1; i >= 0; i--) {
            Range range = ranges.get(i);
            if (!isBefore(range.from, to) || !isBefore(from, range.to)) {
                continue;
            }
            ranges.remove(i);
            if (isBefore(to, range.to)) {
                ranges.add(i, new Range(to, range.to));
            }
            if (isBefore(range.from, from)) {
                ranges.add(i, new Range(range.from, from));
            }
        }
    }

    void clear() {
        ranges.clear();
    }

    private static boolean isBefore(long left, long right) {
        return Long.compareUnsigned(left, right) < 0;
    }
}
