// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.compare;

import org.agrona.collections.Long2LongHashMap;

/**
 * Finds where two queues that part at a border meet again: at the first data that both have, equal
 * but for its numbers, or at the end when neither has any more. One of the two must have it among
 * its next events; how far it is away in the other does not matter. One thread.
 */
final class Realignment {
    private static final int NEAR_BY = 1 << 8;
    private static final int WINDOW = 1 << 16;
    private static final int NONE = 0;

    private final EventEquality equality;

    Realignment(EventEquality equality) {
        this.equality = equality;
    }

    /** Moves both to where they meet; false leaves them where they were. */
    boolean align(QueueCursor first, QueueCursor second) {
        return alignByWindow(first, second, NEAR_BY, NEAR_BY)
            || alignByWindow(second, first, NEAR_BY, NEAR_BY)
            || alignByWindow(first, second, WINDOW, Long.MAX_VALUE)
            || alignByWindow(second, first, WINDOW, Long.MAX_VALUE)
            || alignAtEnd(first, second);
    }

    private static boolean alignAtEnd(QueueCursor first, QueueCursor second) {
        if (first.hasData() || second.hasData()) {
            return false;
        }
        first.finish();
        second.finish();
        return true;
    }

    private boolean alignByWindow(QueueCursor near, QueueCursor far, int length, long limit) {
        Long2LongHashMap sequences = window(near, length);
        long farFrom = far.sequence();
        for (long i = 0; i < limit && far.hasEvent() && !sequences.isEmpty(); i++, far.next()) {
            long sequence = far.isData()
                ? sequences.get(equality.hashWithoutNumbers(far.event())) : NONE;
            if (sequence != NONE) {
                near.seek(sequence);
                return true;
            }
        }
        far.seek(farFrom);
        return false;
    }

    private Long2LongHashMap window(QueueCursor from, int length) {
        Long2LongHashMap sequences = new Long2LongHashMap(NONE);
        if (!from.hasEvent()) {
            return sequences;
        }
        try (QueueCursor ahead = from.at(from.sequence())) {
            for (; sequences.size() < length && ahead.hasEvent(); ahead.next()) {
                if (ahead.isData()) {
                    sequences.putIfAbsent(equality.hashWithoutNumbers(ahead.event()),
                        ahead.sequence());
                }
            }
        }
        return sequences;
    }
}
