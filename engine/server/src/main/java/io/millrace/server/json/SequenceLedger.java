// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import java.util.HashMap;
import java.util.Map;

/**
 * Notices which numbers of each session never came by. So many sessions are followed; packets of
 * any more are counted, as a hostile capture may name another session in each. One thread.
 */
final class SequenceLedger {
    /** Sessions of one capture that are followed. */
    static final int MAX_SESSIONS = 1_024;

    private record Session(long high, long low) {
    }

    private final Map<Session, Long> expectedBySession = new HashMap<>();

    int sessionCount() {
        return expectedBySession.size();
    }

    void clear() {
        expectedBySession.clear();
    }

    /** @param count messages that the packet really held */
    void onPacket(PacketFraming packet, int count, WireSummary summary) {
        Session session = new Session(packet.sessionHigh(), packet.sessionLow());
        long sequence = packet.sequence();
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
