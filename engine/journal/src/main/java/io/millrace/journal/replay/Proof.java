// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.journal.Damage;
import io.millrace.journal.JournalHole;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of running an inbound journal through the chain again.
 *
 * @param outcome          the answer
 * @param inboundCount     events that went in
 * @param producedCount    events that the chain derived now
 * @param recordedCount    of these, events that the journal holds
 * @param fingerprintCount fingerprints compared and found equal
 * @param divergence       where it differs, or null
 * @param damages          damage met in either queue
 * @param behindSequence   inbound event behind which the proof began, from a checkpoint; 0 for the
 *                         start
 * @param holes            of the inbound queue that were passed by the checkpoints behind them, and
 *                         in the end one that could not be
 */
public record Proof(Outcome outcome, long inboundCount, long producedCount, long recordedCount,
    long fingerprintCount, Divergence divergence, List<Damage> damages, long behindSequence,
    List<JournalHole> holes) {
    /** The answer. */
    public enum Outcome {
        /** Every recorded event came out again. */
        EQUAL,
        /** Something else came out. */
        DIVERGED,
        /** The journal holds no fingerprint to compare with, or no checkpoint behind a hole. */
        NOT_PROVABLE
    }

    /**
     * Where two outputs part.
     *
     * @param fromSequence  first inbound event of the first fingerprint interval that differs, 0
     *                      when none does
     * @param toSequence    last inbound event of it
     * @param firstOutbound sequence of the first outbound event that differs, 0 when none does
     * @param cause         inbound event that it was derived from, 0 when there is none
     * @param reason        what was found there
     */
    public record Divergence(long fromSequence, long toSequence, long firstOutbound,
        long cause, String reason) {
    }

    /** The same behind what was proven before, in front of a hole. */
    Proof after(Proof before) {
        List<Damage> all = new ArrayList<>(before.damages);
        all.addAll(damages);
        boolean isEqualSoFar = divergence == null && before.isEqual();
        return new Proof(isEqualSoFar ? Outcome.EQUAL : outcome,
            before.inboundCount + inboundCount,
            before.producedCount + producedCount, before.recordedCount + recordedCount,
            before.fingerprintCount + fingerprintCount, divergence, all, before.behindSequence,
            holes);
    }

    /** The same with other holes and another outcome. */
    Proof with(Outcome other, List<JournalHole> allHoles) {
        return new Proof(other, inboundCount, producedCount, recordedCount, fingerprintCount,
            divergence, damages, behindSequence, List.copyOf(allHoles));
    }

    /** True when every recorded event came out again. */
    public boolean isEqual() {
        return outcome == Outcome.EQUAL;
    }
}
