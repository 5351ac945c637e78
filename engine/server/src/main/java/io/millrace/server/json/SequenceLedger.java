// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Notices which numbers of each MoldUDP64 session never came by. A session is its ten bytes as they
 * are. So many sessions are followed; packets of any more are counted, as a hostile capture may
 * name another session in each. One thread.
 */
final class SequenceLedger {
    /** Sessions of one capture that are followed. */
    static final int MAX_SESSIONS = 1_024;

    private static final int SESSION_LENGTH = 10;

    private record Session(long head, short tail) {
    }

    private final Map<Session, Long> expectedBySession = new HashMap<>();

    int sessionCount() {
        return expectedBySession.size();
    }

    void clear() {
        expectedBySession.clear();
    }

    void onPacket(DirectBuffer buffer, int sessionOffset, long sequence, int count,
        WireSummary summary) {
        Session session = new Session(buffer.getLong(sessionOffset),
            buffer.getShort(sessionOffset + SESSION_LENGTH - Short.BYTES));
        if (expectedBySession.size() == MAX_SESSIONS && !expectedBySession.containsKey(session)) {
            summary.unfollowedPackets++;
            return;
        }
        long expected = expectedBySession.getOrDefault(session, sequence);
        if (sequence > expected) {
            summary.gaps++;
            summary.missing += sequence - expected;
        }
        expectedBySession.put(session, Math.max(expected, sequence + count));
    }
}
