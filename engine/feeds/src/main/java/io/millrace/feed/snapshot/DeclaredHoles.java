// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import io.millrace.feed.ChannelEvents;

/**
 * Holes that the next snapshot closes: those declared lost, then those that nothing was told of but
 * their opening. A hole is never told to be healed with messages that came. Owned by the ingress
 * thread.
 */
final class DeclaredHoles {
    static final int LIMIT = 64;

    private final long[] from = new long[LIMIT];
    private final long[] to = new long[LIMIT];
    private int count;
    /** Those at the front that were declared lost. */
    private int lostCount;

    /** Messages were declared lost; beyond the limit they stay so. */
    void addLost(long first, long end) {
        if (count < LIMIT) {
            put(first, end);
            lostCount = count;
        }
    }

    /**
     * Messages are missing, and nothing was declared yet: in front of the limit a lost one makes
     * room, and without one the last ones become one.
     */
    void addOpen(long first, long end) {
        if (count < LIMIT) {
            put(first, end);
        } else if (lostCount > 0) {
            removeFirst();
            put(first, end);
        } else {
            to[LIMIT - 1] = end;
        }
    }

    /** Forgets those that begin at a number or behind it. */
    void forgetFrom(long first) {
        while (count > 0 && from[count - 1] >= first) {
            count--;
        }
        lostCount = Math.min(lostCount, count);
    }

    /**
     * Tells that everything from a number to another is lost, each open hole among it by itself as
     * it was opened, and forgets them.
     */
    void lose(long first, long end, ChannelEvents events) {
        long told = first;
        for (int i = lostCount; i < count; i++) {
            if (from[i] >= told && to[i] <= end) {
                if (told < from[i]) {
                    events.lost(told, from[i]);
                }
                events.lost(from[i], to[i]);
                told = to[i];
            }
        }
        if (told < end) {
            events.lost(told, end);
        }
        forgetFrom(first);
    }

    /** Tells that all of them are healed, and forgets them. */
    void heal(ChannelEvents events) {
        for (int i = 0; i < count; i++) {
            events.healedBySnapshot(from[i], to[i]);
        }
        clear();
    }

    void clear() {
        count = 0;
        lostCount = 0;
    }

    private void put(long first, long end) {
        from[count] = first;
        to[count++] = end;
    }

    private void removeFirst() {
        count--;
        lostCount--;
        System.arraycopy(from, 1, from, 0, count);
        System.arraycopy(to, 1, to, 0, count);
    }
}
