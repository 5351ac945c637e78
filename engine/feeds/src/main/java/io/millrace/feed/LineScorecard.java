// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import java.util.Arrays;

/**
 * The lines of one channel side by side: which was first with each packet, and by how much. When
 * the lines cut their packets differently, only those that begin with the same message are
 * compared. Owned by the ingress thread.
 */
public final class LineScorecard {
    /** Most lines of a channel; they are numbered from 1. */
    public static final int MAX_LINES = 4;

    /** Packets are remembered by the number of their first message. */
    private static final int MEMORY = 1 << 14;
    private static final int LINE_BITS = 3;
    private static final long LINE_MASK = (1L << LINE_BITS) - 1;

    private final LineCounters[] lines = new LineCounters[MAX_LINES];
    private final long[] sequences = new long[MEMORY];
    /** Ns since the first packet, and the line in the lowest bits. */
    private final long[] arrivals = new long[MEMORY];
    private long baseNs = Long.MIN_VALUE;

    /** Four empty lines. */
    public LineScorecard() {
        for (int i = 0; i < MAX_LINES; i++) {
            lines[i] = new LineCounters();
        }
    }

    /** The counters of a line, from 1. */
    public LineCounters line(int number) {
        return lines[number - 1];
    }

    /** Shows the lines to other threads. */
    public void show() {
        for (LineCounters line : lines) {
            if (line.packets() > 0) {
                line.show();
            }
        }
    }

    /**
     * A whole packet of the session came on a line.
     *
     * @param fresh how many of its messages had not come before
     */
    public void onPacket(int line, long first, int count, long receiveTimeNs, long fresh) {
        lines[line - 1].onPacket(first, count, fresh);
        if (count == 0 || receiveTimeNs == Long.MIN_VALUE) {
            return;
        }
        if (baseNs == Long.MIN_VALUE) {
            baseNs = receiveTimeNs;
        }
        int place = place(first);
        long arrival = Math.max(0, receiveTimeNs - baseNs) << LINE_BITS;
        if (sequences[place] != first) {
            sequences[place] = first;
            arrivals[place] = arrival | line;
        } else {
            compare(place, line, arrival);
        }
    }

    /** Another session: its numbers mean other messages. */
    public void onSessionChanged() {
        Arrays.fill(sequences, 0);
        for (LineCounters line : lines) {
            line.onSessionChanged();
        }
    }

    private void compare(int place, int line, long arrival) {
        int winner = (int) (arrivals[place] & LINE_MASK);
        if (winner != 0 && winner != line) {
            lines[winner - 1].onLead((arrival >> LINE_BITS) - (arrivals[place] >> LINE_BITS));
        }
        arrivals[place] &= ~LINE_MASK;
    }

    private static int place(long first) {
        long mixed = first * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> Long.SIZE - Integer.numberOfTrailingZeros(MEMORY));
    }
}
