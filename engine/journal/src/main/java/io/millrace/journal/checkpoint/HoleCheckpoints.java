// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.engine.Pipeline;
import io.millrace.engine.StateCapture;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.KeptEvents;
import java.io.UncheckedIOException;

/**
 * Keeps the state of the chain behind every hole of its journal, since nobody can derive it again:
 * arms a capture as soon as the journal is degraded, lets it go on only then, and keeps what the
 * chain saved once the journal holds the event behind the hole. Control thread.
 */
public final class HoleCheckpoints {
    /** An order or two may come between the estimate and the event. */
    private static final long SPARE_BYTES = 1 << 20;

    private final Pipeline pipeline;
    private final Journal journal;
    private final JournalWriter inbound;
    private final CheckpointStore store;
    private StateCapture capture;

    /**
     * @param journal that waits for this before it goes on behind a hole
     * @param inbound its writer
     */
    public HoleCheckpoints(Pipeline pipeline, Journal journal, JournalWriter inbound) {
        this.pipeline = pipeline;
        this.journal = journal;
        this.inbound = inbound;
        store = new CheckpointStore(journal.directory());
        journal.resumable(false);
    }

    /** Many times a second. */
    public void onTick() {
        if (capture == null) {
            if (inbound.state().isFull()) {
                arm();
            }
        } else if (capture.isDone()) {
            settle();
        } else if (pipeline.state().estimatedBytes() + SPARE_BYTES > capture.preparedBytes()) {
            grow();
        }
    }

    private void arm() {
        capture = new StateCapture(JournalGapDecoder.TEMPLATE_ID, bytes());
        pipeline.chain().arm(capture);
        journal.resumable(true);
    }

    /** In a long hole the state can become much longer; meanwhile nobody may ask for its end. */
    private void grow() {
        if (journal.withdraw()) {
            capture.prepare(bytes());
            journal.resumable(true);
        }
    }

    private long bytes() {
        long bytes = pipeline.state().estimatedBytes();
        return bytes + bytes / 4 + SPARE_BYTES;
    }

    /** Without room after all the hole goes on, and the state at its end is another one. */
    private void settle() {
        journal.resumable(false);
        if (capture.failure() != null) {
            pipeline.counters().onError(new JournalException("the state behind a hole of "
                + journal.directory() + " is not kept: " + capture.failure()));
            capture = null;
            return;
        }
        long behind = capture.position().inboundSequence();
        boolean isDecided = journal.decided() >= behind;
        if (inbound.sequence() >= behind) {
            keep();
            capture = null;
        } else if (isDecided) {
            capture = null;
        }
    }

    /** The state at once; again with what tells of sessions, for which the journal is read. */
    private void keep() {
        try {
            store.write(pipeline.state(), capture, null);
            store.write(pipeline.state(), capture, kept());
        } catch (UncheckedIOException failure) {
            pipeline.counters().onError(failure);
        }
    }

    /** What the journal tells up to the hole and the writer saw in it; null when unknown. */
    private KeptEvents kept() {
        long behind = capture.position().inboundSequence();
        KeptEvents kept = store.keptUpTo(behind - 1);
        if (kept != null) {
            kept.goOn(journal.holeEvents(), behind);
        }
        return kept;
    }
}
