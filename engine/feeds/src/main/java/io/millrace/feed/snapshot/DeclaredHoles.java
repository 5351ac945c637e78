// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

import io.millrace.feed.ChannelEvents;

/**
 * Holes that were declared lost and that the next snapshot closes. Of more than it can keep the
 * last ones become one. Owned by the ingress thread.
 */
final class DeclaredHoles {
    static final int LIMIT = 64;

    private final long[] from = new long[LIMIT];
    private final long[] to = new long[LIMIT];
    private int count;

    void add(long first, long end) {
        if (count == LIMIT) {
            to[LIMIT - 1] = end;
            return;
        }
        from[count] = first;
        to[count++] = end;
    }

    /** Forgets those that begin at a number or behind it. */
    void forgetFrom(long first) {
        while (count > 0 && from[count - 1] >= first) {
            count--;
        }
    }

    /** Tells that all of them are healed, and forgets them. */
    void heal(ChannelEvents events) {
        for (int i = 0; i < count; i++) {
            events.healedBySnapshot(from[i], to[i]);
        }
        count = 0;
    }

    void clear() {
        count = 0;
    }
}
