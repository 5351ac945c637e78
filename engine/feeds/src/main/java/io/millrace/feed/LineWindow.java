// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import java.util.Arrays;

/**
 * Which of the latest messages came on one line, a bit for each, so that a late one is told from a
 * repeated one and what is lost is known exactly. Sequences are unsigned. Owned by the ingress
 * thread.
 */
final class LineWindow {
    /** Messages that are remembered. */
    static final int LENGTH = 1 << 16;

    private static final int WORDS = LENGTH / Long.SIZE;

    private final long[] came = new long[WORDS];
    private boolean isEmpty = true;
    private long start;
    private long next;
    private long lost;
    private long repeated;
    private long late;
    private long deepestLate;

    /** Takes note of the messages of a packet; of none, that those before a number were sent. */
    void add(long first, int count) {
        if (isEmpty) {
            isEmpty = false;
            start = first;
            next = first;
        }
        long end = first + count;
        if (Long.compareUnsigned(next, first) < 0) {
            skipTo(first);
        }
        long known = Long.compareUnsigned(end, next) < 0 ? end : next;
        if (Long.compareUnsigned(first, known) < 0) {
            addOld(first, known);
            first = known;
        }
        if (first != end) {
            mark(first, end);
            next = end;
        }
    }

    /** Begins anew with the next packet; the counts stay. */
    void clear() {
        isEmpty = true;
        Arrays.fill(came, 0);
    }

    long lost() {
        return lost;
    }

    long repeated() {
        return repeated;
    }

    long late() {
        return late;
    }

    long deepestLate() {
        return deepestLate;
    }

    private void skipTo(long first) {
        long distance = first - next;
        lost = distance < 0 || lost > Long.MAX_VALUE - distance ? Long.MAX_VALUE : lost + distance;
        if (Long.compareUnsigned(distance, LENGTH) >= 0) {
            Arrays.fill(came, 0);
        } else {
            for (long sequence = next; sequence != first; sequence++) {
                came[word(sequence)] &= ~(1L << sequence);
            }
        }
        next = first;
    }

    private void addOld(long first, long end) {
        for (long sequence = first; sequence != end; sequence++) {
            boolean isKnown = Long.compareUnsigned(next - sequence, LENGTH) > 0
                || (came[word(sequence)] & 1L << sequence) != 0;
            if (isKnown) {
                repeated++;
            } else {
                came[word(sequence)] |= 1L << sequence;
                late++;
                lost -= Long.compareUnsigned(sequence, start) < 0 ? 0 : 1;
                deepestLate = Math.max(deepestLate, next - sequence - 1);
            }
        }
    }

    private void mark(long first, long end) {
        for (long sequence = first; sequence != end;) {
            int bits = (int) Math.min(Long.SIZE - (sequence & Long.SIZE - 1), end - sequence);
            long mask = bits == Long.SIZE ? -1L : (1L << bits) - 1;
            came[word(sequence)] |= mask << sequence;
            sequence += bits;
        }
    }

    private static int word(long sequence) {
        return (int) (sequence >>> 6) & WORDS - 1;
    }
}
