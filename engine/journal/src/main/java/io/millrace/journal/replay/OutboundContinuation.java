// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.compare.EventEquality;
import java.nio.file.Path;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Behind both rings of an engine that is caught up: inbound events are in the journal already,
 * outbound ones must be what the journal holds, and where it ends they are appended, since the
 * outbound journal may lag when a process is killed. Control thread.
 */
final class OutboundContinuation implements Agent, AutoCloseable {
    private final EventReader inbound;
    private final EventReader outbound;
    private final JournalWriter writer;
    private final long recordedLast;
    private final JournalTail recorded;
    private final long knownSequence;
    private final EventView produced = new EventView();
    private long comparedCount;

    /**
     * @param inbound       reader of the inbound journal's writer
     * @param outbound      reader of the outbound journal's writer
     * @param knownSequence last outbound event that the chain has derived already, 0 for none
     */
    OutboundContinuation(Path epochDirectory, EventReader inbound, EventReader outbound,
        JournalWriter writer, long knownSequence) {
        this.inbound = inbound;
        this.outbound = outbound;
        this.writer = writer;
        recordedLast = writer.sequence();
        recorded = JournalTail.written(epochDirectory, JournalQueue.OUTBOUND);
        this.knownSequence = knownSequence;
        if (knownSequence > 0) {
            recorded.seekSequence(knownSequence + 1);
        }
    }

    @Override
    public int doWork() {
        inbound.release(inbound.available());
        long first = outbound.next();
        long last = outbound.available();
        long slot = first;
        while (slot <= last && isRecorded(slot)) {
            compare();
            slot++;
        }
        if (slot > first) {
            outbound.release(slot - 1);
        }
        clearStamps(slot, last);
        return (int) (slot - first) + writer.catchUp();
    }

    private boolean isRecorded(long slot) {
        produced.wrap(outbound.ring().buffer(), outbound.ring().blockOffset(slot));
        return produced.sequence() <= recordedLast;
    }

    private void compare() {
        if (!recorded.next() || !EventEquality.DATA.isEqual(produced, recorded.event())) {
            throw new DivergenceException("outbound event " + produced.sequence()
                + ", derived from inbound event " + produced.originSequence()
                + ", is not what the journal holds");
        }
        comparedCount++;
    }

    /** Nobody has seen these slots yet; the time it took to derive them again tells nothing. */
    private void clearStamps(long first, long last) {
        UnsafeBuffer buffer = outbound.ring().buffer();
        for (long slot = first; slot <= last; slot++) {
            int block = outbound.ring().blockOffset(slot);
            buffer.putLong(block + EventDescriptor.blockLength(buffer, block)
                - EventDescriptor.MEASUREMENT_LENGTH, 0, LITTLE_ENDIAN);
        }
    }

    /** All came out again that the journal holds. */
    void finish() {
        if (knownSequence + comparedCount < recordedLast && recorded.next()) {
            throw new DivergenceException("outbound event " + recorded.event().sequence()
                + " of the journal, derived from inbound event "
                + recorded.event().originSequence() + ", does not come out again");
        }
    }

    /** Events that were equal. */
    long comparedCount() {
        return comparedCount;
    }

    /** Events that the journal lacked. */
    long appendedCount() {
        return writer.sequence() - recordedLast;
    }

    @Override
    public void close() {
        recorded.close();
    }

    @Override
    public String roleName() {
        return "continue";
    }
}
