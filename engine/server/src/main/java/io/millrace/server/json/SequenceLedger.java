// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import java.util.HashMap;
import java.util.Map;

/**
 * Notices which numbers of each session never came by, and which session began anew under its name.
 * So many sessions are followed; packets of any more are counted, as a hostile capture may name
 * another session in each. One thread.
 */
final class SequenceLedger {
    /** Sessions of one capture that are followed. */
    static final int MAX_SESSIONS = 1_024;

    private record Session(long high, long low) {
    }

    /** How far a session is. */
    private static final class Progress {
        private long expected;
        private long sendTimeNs = Long.MIN_VALUE;
    }

    private final Map<Session, Progress> progressBySession = new HashMap<>();

    int sessionCount() {
        return progressBySession.size();
    }

    void clear() {
        progressBySession.clear();
    }

    /** @param count messages that the packet really held */
    void onPacket(PacketFraming packet, int count, WireSummary summary) {
        Session session = new Session(packet.sessionHigh(), packet.sessionLow());
        long sequence = packet.sequence();
        Progress progress = progressBySession.get(session);
        if (progress == null) {
            if (progressBySession.size() == MAX_SESSIONS) {
                summary.unfollowedPackets++;
                return;
            }
            progress = new Progress();
            progress.expected = sequence;
            progressBySession.put(session, progress);
        }
        if (sequence > progress.expected) {
            summary.gaps++;
            summary.missing += sequence - progress.expected;
        } else if (sequence < progress.expected && packet.isStart()
            && packet.sendTimeNs() > progress.sendTimeNs) {
            summary.gaps++;
            progress.expected = sequence;
        }
        progress.expected = Math.max(progress.expected, sequence + count);
        progress.sendTimeNs = Math.max(progress.sendTimeNs, packet.sendTimeNs());
    }
}
