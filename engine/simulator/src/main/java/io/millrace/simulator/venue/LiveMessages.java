// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import io.millrace.simulator.wire.StreamMessages;
import org.agrona.MutableDirectBuffer;

/**
 * What a venue has sent in its session, from any number on that is still kept. A session that was
 * followed by another has ended. Owned by the venue's thread.
 */
final class LiveMessages implements StreamMessages {
    private final SessionState session;
    private int ordinal;
    private long next;

    LiveMessages(SessionState session) {
        this.session = session;
    }

    @Override
    public byte[] session() {
        return session.nameBytes();
    }

    @Override
    public long open(boolean isActiveSession, long requested) {
        if (!isActiveSession || requested < 0) {
            return 0;
        }
        ordinal = session.ordinal();
        long wanted = requested == 0 ? session.nextUnsent() - 1 : requested;
        next = Math.max(session.store().first(), Math.min(wanted, session.nextUnsent()));
        return next;
    }

    @Override
    public int next(MutableDirectBuffer target, int offset) {
        if (ordinal != session.ordinal()) {
            return ENDED;
        }
        if (next == session.nextUnsent()) {
            return session.isOver() ? ENDED : NOTHING;
        }
        return session.has(next) ? session.store().copy(next++, target, offset) : GONE;
    }

    @Override
    public void close() {
        // Nothing is held for a connection.
    }
}
