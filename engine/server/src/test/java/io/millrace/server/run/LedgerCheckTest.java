// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapState;
import io.millrace.event.EventDescriptor;
import io.millrace.journal.GapLedger.Hole;
import org.junit.jupiter.api.Test;

class LedgerCheckTest {
    private final LedgerCheck ledger = new LedgerCheck();

    @Test
    void shouldCountOnceWhatASnapshotMadeUpForAfterItWasLost() {
        part(1, GapState.HEALED, GapCure.RETRANSMISSION, 10, 20);
        part(1, GapState.LOST, GapCure.DECLARED, 30, 40);
        part(1, GapState.HEALED, GapCure.SNAPSHOT, 30, 40);
        part(1, GapState.HEALED, GapCure.SNAPSHOT, 50, 55);
        part(2, GapState.HEALED, GapCure.SNAPSHOT, 50, 57);
        assertTrue(ledger.holds(22), ledger.text(22));
        assertFalse(ledger.holds(32));
    }

    @Test
    void shouldCountEachPartOfAHoleThatASnapshotReachedInto() {
        part(1, GapState.OPEN, GapCure.NONE, 10, 30);
        part(1, GapState.HEALED, GapCure.RETRANSMISSION, 10, 15);
        part(1, GapState.HEALED, GapCure.SNAPSHOT, 15, 20);
        part(1, GapState.LOST, GapCure.DECLARED, 20, 30);
        part(1, GapState.HEALED, GapCure.SNAPSHOT, 20, 30);
        assertTrue(ledger.holds(15), ledger.text(15));
    }

    @Test
    void shouldNotHoldWhileAHoleNeverClosed() {
        ledger.onHole(new Hole(32, 1, EventDescriptor.NO_INSTRUMENT, 1, 2, 0,
            EventDescriptor.UNDEFINED, 0, GapCure.NONE, 0, 0));
        assertFalse(ledger.holds(0));
    }

    private void part(int channelId, GapState state, GapCure cure, long from, long to) {
        ledger.onPart(32, channelId, state, cure, from, to);
    }
}
