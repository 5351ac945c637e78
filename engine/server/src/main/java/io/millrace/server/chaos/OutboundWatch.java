// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.FingerprintDecoder;
import io.millrace.event.EventFlag;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.Agent;

/**
 * Reads all that is derived: no hole in the sequences, causes in order, best prices of whole
 * updates only. One thread.
 */
final class OutboundWatch implements Agent {
    private final EventReader reader;
    private final Verdict verdict;
    private final EventView event = new EventView();
    private final FingerprintDecoder print = new FingerprintDecoder();
    /** Causes of this life's events, from the first behind those of the life before. */
    private final LongArrayList causes = new LongArrayList();
    private final long foundSequence;
    private long lastSequence;
    private long lastCause;
    private long fingerprint;

    /** @param lastSequence last event that an earlier life derived, 0 for none */
    OutboundWatch(EventReader reader, long lastSequence, Verdict verdict) {
        this.lastSequence = lastSequence;
        this.reader = reader;
        this.verdict = verdict;
        foundSequence = lastSequence;
    }

    @Override
    public int doWork() {
        long first = reader.next();
        long last = reader.available();
        for (long slot = first; slot <= last; slot++) {
            onEvent(event.wrap(reader.ring().buffer(), reader.ring().blockOffset(slot)));
            reader.release(slot);
        }
        return (int) (last - first + 1);
    }

    long lastSequence() {
        return lastSequence;
    }

    /** Hash of all that was derived, when the engine has stopped. */
    long fingerprint() {
        return fingerprint;
    }

    /** Inbound sequence that caused an event of this life, 0 for one of another. */
    long causeOf(long sequence) {
        return sequence <= foundSequence ? 0
            : causes.getLong((int) (sequence - foundSequence - 1));
    }

    @Override
    public String roleName() {
        return "watch-out";
    }

    private void onEvent(EventView derived) {
        verdict.equal("outbound-sequence-contiguous", lastSequence + 1, derived.sequence());
        lastSequence = derived.sequence();
        long cause = derived.originSequence();
        verdict.holds("cause-never-decreases", cause >= lastCause, "at least " + lastCause, cause);
        lastCause = cause;
        causes.addLong(cause);
        if (derived.templateId() == BboDecoder.TEMPLATE_ID) {
            verdict.holds("best-of-whole-updates", (derived.flags() & EventFlag.LAST) != 0,
                "the last event of an update as cause of " + lastSequence, cause);
        } else if (derived.templateId() == FingerprintDecoder.TEMPLATE_ID) {
            fingerprint = print.wrap(derived.buffer(), derived.offset(), derived.blockLength(),
                FingerprintDecoder.SCHEMA_VERSION).outputHash();
        }
    }
}
