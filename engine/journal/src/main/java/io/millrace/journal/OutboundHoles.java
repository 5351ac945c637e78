// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.event.EventDescriptor.ORIGIN_SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.event.EventRing;
import io.millrace.journal.JournalWriter.State;
import io.millrace.journal.disk.HoleBoard;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The holes of the outbound queue, which follow from those inbound: an event is appended when its
 * cause was. When this queue finds no space itself, it stops, the inbound writer sees that and
 * stops too, and both go on behind the same JournalGap event. Owned by the outbound writer's
 * thread.
 */
final class OutboundHoles implements WriterHoles {
    private final EventRing ring;
    private final HoleBoard board;
    private final AtomicCounter inboundSequence;
    private final AtomicCounter inboundState;
    private final AtomicCounter stops;
    private final AtomicCounter gaps;
    /** The hole inbound that comes next or that this queue is in. */
    private int index;

    OutboundHoles(EventRing ring, JournalContext context, HoleBoard board) {
        this.ring = ring;
        this.board = board;
        inboundSequence = context.counters()
            .counter(JournalWriter.label(JournalQueue.INBOUND, "sequence"));
        inboundState = context.counters()
            .counter(JournalWriter.label(JournalQueue.INBOUND, "state"));
        stops = context.counters().counter(JournalWriter.label(JournalQueue.OUTBOUND, "stops"));
        gaps = context.counters().counter(JournalWriter.label(JournalQueue.OUTBOUND, "holes"));
    }

    @Override
    public State onDuty(State state, long lastSequence) {
        return state;
    }

    /** What stopped because of the inbound queue is no reason for that one to stop. */
    @Override
    public void onStopped(State state, long lastSequence) {
        gaps.incrementRelease();
        if (state.isFull() && !isInHole()) {
            stops.incrementRelease();
        }
    }

    private boolean isInHole() {
        return index < board.count() && board.to(index) == HoleBoard.OPEN;
    }

    /** The sequence first: a hole that was begun before it grew is seen then. */
    @Override
    public long causeLimit() {
        long sequence = inboundSequence.get();
        return index < board.count() ? Math.min(sequence, board.from(index) - 1) : sequence;
    }

    @Override
    public State onUncaused(State state, long cause) {
        if (index >= board.count() || cause < board.from(index)) {
            return state;
        }
        boolean isDecided = board.decided() >= cause;
        long to = board.to(index);
        if (to != HoleBoard.OPEN && cause >= to) {
            index++;
            return state;
        }
        if (to == HoleBoard.OPEN && !isDecided) {
            return state;
        }
        State told = State.of((int) inboundState.get());
        return told.isFull() ? told : to == HoleBoard.OPEN ? State.CAUSE_MISSING
            : State.DISK_FULL;
    }

    @Override
    public int pass(State state, long first, long available) {
        if (!state.isFull() || index >= board.count()) {
            return (int) (available - first + 1);
        }
        for (long slot = first; slot <= available; slot++) {
            long cause = ring.buffer().getLong(ring.blockOffset(slot) + ORIGIN_SEQUENCE_OFFSET,
                LITTLE_ENDIAN);
            boolean isDecided = board.decided() >= cause;
            long to = board.to(index);
            boolean isBehind = to != HoleBoard.OPEN && cause >= to;
            if (isBehind || to == HoleBoard.OPEN && !isDecided && cause >= board.from(index)) {
                if (slot > first || !isBehind) {
                    return (int) (slot - first);
                }
                index++;
                return RESUME;
            }
        }
        return (int) (available - first + 1);
    }

    @Override
    public State onPassed(State state) {
        return state;
    }
}
