// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

/**
 * The holes of a channel that are open now, in the order of their sequences; at most
 * {@link #LIMIT}. Owned by the ingress thread.
 */
public final class OpenHoles {
    /** Most holes at once; a further one makes the session give the first one up. */
    public static final int LIMIT = 4_096;

    private final Hole[] holes = new Hole[LIMIT];
    private int head;
    private int size;

    /** Allocates all holes there ever are. */
    public OpenHoles() {
        for (int i = 0; i < LIMIT; i++) {
            holes[i] = new Hole();
        }
    }

    /** Holes now open. */
    public int size() {
        return size;
    }

    /** True when nothing is missing. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** True when no further one can be opened. */
    public boolean isFull() {
        return size == LIMIT;
    }

    /** The hole at a place, 0 for that of the lowest sequences. */
    public Hole get(int index) {
        return holes[head + index & LIMIT - 1];
    }

    /** The hole of the lowest sequences. */
    public Hole first() {
        return holes[head];
    }

    /** Opens a hole behind all others. */
    public Hole add(long from, long to) {
        assert size < LIMIT;
        assert size == 0 || Long.compareUnsigned(get(size - 1).to(), from) <= 0;
        Hole hole = get(size++);
        hole.open(from, to);
        return hole;
    }

    /** Forgets the first hole: it is closed. */
    public void removeFirst() {
        assert size > 0;
        head = head + 1 & LIMIT - 1;
        size--;
    }
}
