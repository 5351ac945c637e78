// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.GapCure;
import io.millrace.event.EventDescriptor;
import io.millrace.journal.GapLedger.Hole;
import org.junit.jupiter.api.Test;

class LedgerCheckTest {
    private final LedgerCheck ledger = new LedgerCheck();

    @Test
    void shouldCountOnceWhatASnapshotMadeUpForAfterItWasLost() {
        hole(1, 10, 20, GapCure.RETRANSMISSION, 10, 0);
        hole(1, 30, 40, GapCure.DECLARED, 0, 10);
        hole(1, 30, 40, GapCure.SNAPSHOT, 10, 0);
        hole(1, 50, 55, GapCure.SNAPSHOT, 5, 0);
        hole(2, 50, 57, GapCure.SNAPSHOT, 7, 0);
        assertTrue(ledger.holds(22), ledger.text(22));
        assertFalse(ledger.holds(32));
    }

    @Test
    void shouldNotHoldWhileAHoleNeverClosed() {
        ledger.onHole(new Hole(32, 1, EventDescriptor.NO_INSTRUMENT, 1, 2, 0,
            EventDescriptor.UNDEFINED, 0, GapCure.NONE, 0, 0));
        assertFalse(ledger.holds(0));
    }

    private void hole(int channelId, long from, long to, GapCure cure, long healed, long lost) {
        ledger.onHole(new Hole(32, channelId, EventDescriptor.NO_INSTRUMENT, from, to, 0, 1, 0,
            cure, healed, lost));
    }
}
