// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import java.util.Arrays;

/**
 * How far the lines of a channel are, as at least two of their latest packets say: one damaged
 * number is no proof that anything is missing before it. Sequences are unsigned. Owned by the
 * ingress thread.
 */
public final class RecentEnds {
    private static final int PACKETS = 16;

    private final long[] ends = new long[PACKETS];
    private final long[] lastByLine;
    private int next;

    /** @param lines most lines; they are numbered from 1 */
    public RecentEnds(int lines) {
        lastByLine = new long[lines];
    }

    /** Notes how far a packet with messages goes, unless the line just repeats its last one. */
    public void addData(int line, long end) {
        if (lastByLine[line - 1] != end) {
            lastByLine[line - 1] = end;
            addHeartbeat(end);
        }
    }

    /** Notes which message is the next to come; one who says that twice says it twice. */
    public void addHeartbeat(long end) {
        ends[next] = end;
        next = next + 1 & PACKETS - 1;
    }

    /** Forgets all: another session begins. */
    public void clear() {
        Arrays.fill(ends, 0);
        Arrays.fill(lastByLine, 0);
    }

    /** The farthest end that two of the latest packets reached. */
    public long confirmed() {
        long highest = 0;
        long second = 0;
        for (long end : ends) {
            if (Long.compareUnsigned(end, highest) > 0) {
                second = highest;
                highest = end;
            } else if (Long.compareUnsigned(end, second) > 0) {
                second = end;
            }
        }
        return second;
    }
}
