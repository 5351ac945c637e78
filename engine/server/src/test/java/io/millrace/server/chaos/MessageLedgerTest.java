// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import java.util.BitSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MessageLedgerTest {
    private final BitSet handed = new BitSet();
    private final MessageLedger ledger = new MessageLedger("SIMA", new Verdict(), handed, true);

    @Test
    void shouldAccountForEveryMessageOnce() {
        deliver(1);
        deliver(2);
        gap(3, 6, GapState.OPEN, GapCure.NONE);
        gap(3, 5, GapState.HEALED, GapCure.OTHER_LINE);
        deliver(3);
        deliver(4);
        gap(5, 6, GapState.LOST, GapCure.DECLARED);
        assertFalse(ledger.isWhole());
        ledger.onSnapshotBegun();
        ledger.onSnapshotEnded(9);
        gap(5, 6, GapState.HEALED, GapCure.SNAPSHOT);
        assertTrue(ledger.isWhole());
        deliver(9);
        deliver(9);
        ledger.finish();
        assertEquals(10, ledger.position());
    }

    @Test
    void shouldRefuseAMessageThatComesAgain() {
        deliver(1);
        deliver(2);
        assertViolates("message-delivered-once-in-order", () -> deliver(1));
    }

    @Test
    void shouldRefuseAMessageThatIsNeitherDeliveredNorLost() {
        deliver(1);
        assertViolates("delivered-and-lost-is-sent", () -> deliver(3));
    }

    @Test
    void shouldRefuseAHoleThatIsClosedTwice() {
        gap(1, 3, GapState.OPEN, GapCure.NONE);
        gap(1, 2, GapState.HEALED, GapCure.RETRANSMISSION);
        assertViolates("hole-closed-once",
            () -> gap(1, 3, GapState.HEALED, GapCure.RETRANSMISSION));
    }

    @Test
    void shouldRefuseAHoleThatStaysOpen() {
        gap(1, 3, GapState.OPEN, GapCure.NONE);
        assertViolates("hole-closed-once", ledger::finish);
    }

    @Test
    void shouldLetWhatWasHeldAtACrashBeMissingOnceMore() {
        gap(1, 3, GapState.OPEN, GapCure.NONE);
        gap(1, 2, GapState.HEALED, GapCure.OTHER_LINE);
        ledger.onRestart();
        gap(1, 2, GapState.OPEN, GapCure.NONE);
        gap(1, 3, GapState.HEALED, GapCure.RETRANSMISSION);
        deliver(1);
        deliver(2);
        ledger.finish();
    }

    private void deliver(long sequence) {
        handed.set((int) sequence);
        ledger.onDelivered(sequence);
    }

    private void gap(long from, long to, GapState state, GapCure cure) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[GapEncoder.BLOCK_LENGTH]);
        new GapEncoder().wrap(buffer, 0).fromSequence(from).toSequence(to).state(state).cure(cure);
        ledger.onGap(new GapDecoder().wrap(buffer, 0, GapDecoder.BLOCK_LENGTH,
            GapDecoder.SCHEMA_VERSION));
    }

    private static void assertViolates(String invariant, Executable executable) {
        assertEquals(invariant, assertThrows(Violation.class, executable).invariant());
    }
}
