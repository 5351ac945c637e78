// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.disk;

import io.millrace.counter.PublishedCounts;

/**
 * What the inbound writer decides about holes, for the outbound writer to follow: an outbound event
 * is in the journal when its cause is, so that a hole outbound follows from the one inbound.
 * Written by the inbound writer's thread alone, read by the outbound writer's.
 */
public final class HoleBoard {
    /** Holes of one epoch; the last one that begins is not closed again. */
    public static final int LIMIT = 256;
    /** Stands for the end of a hole that is not over. */
    public static final long OPEN = 0;

    private static final int COUNT = 0;
    private static final int DECIDED = 1;
    private static final int HOLES = 2;

    private final PublishedCounts counts = new PublishedCounts(HOLES + 2 * LIMIT);

    /** Begins a hole. */
    public void begin(long fromSequence) {
        int count = count();
        if (count < LIMIT) {
            counts.set(HOLES + 2 * count, fromSequence);
            counts.set(COUNT, count + 1);
        }
    }

    /** Ends the last hole in front of an event, which the journal is to hold. */
    public void end(long toSequence) {
        counts.set(HOLES + 2 * count() - 1, toSequence);
    }

    /** All inbound events up to this sequence are in the journal or in a hole. */
    public void decided(long sequence) {
        counts.set(DECIDED, sequence);
    }

    /** Whether one more hole can be closed. */
    public boolean isRoomLeft() {
        return count() < LIMIT;
    }

    /** Holes begun so far. */
    public int count() {
        return (int) counts.get(COUNT);
    }

    /** First inbound sequence of a hole, from 0. */
    public long from(int index) {
        return counts.get(HOLES + 2 * index);
    }

    /** First inbound sequence behind a hole, or {@link #OPEN}. */
    public long to(int index) {
        return counts.get(HOLES + 2 * index + 1);
    }

    /** Last inbound sequence known to be in a hole, when it is greater than the journal's. */
    public long decided() {
        return counts.get(DECIDED);
    }
}
