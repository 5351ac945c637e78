// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SequenceLedgerTest {
    private final SequenceLedger ledger = new SequenceLedger();
    private final WireSummary summary = new WireSummary();
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[10]);

    @Test
    void shouldCountGapsOfEachSession() {
        onPacket(1, 1, 2);
        onPacket(2, 7, 1);
        onPacket(1, 5, 1);
        onPacket(2, 8, 1);

        assertEquals("1 gaps, 2 missing", summary.gaps + " gaps, " + summary.missing + " missing");
    }

    @Test
    void shouldFollowSoManySessionsAndCountThePacketsOfMore() {
        for (int session = 0; session < SequenceLedger.MAX_SESSIONS + 50; session++) {
            onPacket(session, 1, 1);
        }
        onPacket(0, 3, 1);

        assertEquals(SequenceLedger.MAX_SESSIONS, ledger.sessionCount());
        assertEquals(50, summary.unfollowedPackets);
        assertEquals(1, summary.missing);
    }

    private void onPacket(long session, long sequence, int count) {
        packet.putLong(0, session);
        ledger.onPacket(packet, 0, sequence, count, summary);
    }
}
