// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.event.EventDescriptor.SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.codec.event.JournalGapEncoder;
import io.millrace.codec.event.SampleKind;
import io.millrace.codec.event.SystemSampleEncoder;
import io.millrace.event.CommandQueue;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.event.JournalGapReason;
import io.millrace.journal.JournalWriter.State;
import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.HoleBoard;
import io.millrace.journal.disk.OnFull;
import io.millrace.journal.disk.ResumePermit;
import io.millrace.journal.disk.Room;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The holes of the inbound queue. A hole begins where one of the writers finds no space; it ends at
 * a JournalGap event that this asks for, through the command queue, once there has been space for a
 * while: longer each time when holes follow each other. Owned by the inbound writer's thread.
 */
final class InboundHoles implements WriterHoles {
    private static final long FIRST_WAIT_NS = 1_000_000_000L;
    private static final long LONGEST_WAIT_NS = 64_000_000_000L;
    private static final String SUBJECT = "journal";

    private final EventRing ring;
    private final ExcerptFile file;
    private final DiskWatch watch;
    private final HoleBoard board;
    private final ResumePermit permit;
    private final CommandQueue commands;
    private final boolean isResuming;
    private final AtomicCounter outboundStops;
    private final AtomicCounter outboundState;
    private final AtomicCounter gaps;
    private final NanoClock clock;
    private final Consumer<KeptEvents> ended;
    private final EventView event = new EventView();
    /** Of the hole that the journal is in; the few of them are copied, which allocates. */
    private KeptEvents kept = new KeptEvents();
    private final UnsafeBuffer block = new UnsafeBuffer(new byte[EventDescriptor.MAX_BLOCK_LENGTH]);
    private final JournalGapEncoder gap = new JournalGapEncoder();
    private final SystemSampleEncoder sample = new SystemSampleEncoder();
    private long seenStops;
    private long fromSequence;
    private State reason;
    private long roomSinceNs;
    private boolean isRoomSeen;
    private boolean isAsked;
    private long resumedNs;
    private long waitNs = FIRST_WAIT_NS;

    InboundHoles(EventRing ring, ExcerptFile file, JournalContext context, DiskWatch watch,
        HoleBoard board, ResumePermit permit, Consumer<KeptEvents> ended) {
        this.ring = ring;
        this.file = file;
        this.watch = watch;
        this.board = board;
        this.permit = permit;
        this.ended = ended;
        clock = context.diskClock();
        commands = context.commands();
        isResuming = context.onFull() == OnFull.DEGRADE && commands != null;
        outboundStops = context.counters()
            .counter(JournalWriter.label(JournalQueue.OUTBOUND, "stops"));
        outboundState = context.counters()
            .counter(JournalWriter.label(JournalQueue.OUTBOUND, "state"));
        gaps = context.counters().counter(JournalWriter.label(JournalQueue.INBOUND, "holes"));
        seenStops = outboundStops.get();
        resumedNs = clock.nanoTime() - LONGEST_WAIT_NS;
    }

    @Override
    public State onDuty(State state, long lastSequence) {
        if (state.isAppending()) {
            long stops = outboundStops.get();
            if (stops == seenStops) {
                return state;
            }
            seenStops = stops;
            State told = State.of((int) outboundState.get());
            return told.isFull() ? told : State.DISK_FULL;
        }
        if (state == State.RESUMING || !state.isFull() || !isResuming || !isTimeToResume()
            || !permit.use()) {
            return state;
        }
        isAsked = ask();
        if (!isAsked) {
            permit.giveBack();
            return state;
        }
        return State.RESUMING;
    }

    @Override
    public void onStopped(State state, long lastSequence) {
        board.begin(lastSequence + 1);
        gaps.setRelease(board.count());
        if (fromSequence != lastSequence + 1) {
            fromSequence = lastSequence + 1;
            kept = new KeptEvents();
        }
        reason = state;
        isRoomSeen = false;
        long nowNs = clock.nanoTime();
        waitNs = nowNs - resumedNs < LONGEST_WAIT_NS ? Math.min(2 * waitNs, LONGEST_WAIT_NS)
            : FIRST_WAIT_NS;
        if (state.isFull()) {
            tell();
        }
    }

    @Override
    public long causeLimit() {
        return Long.MAX_VALUE;
    }

    @Override
    public State onUncaused(State state, long cause) {
        return state;
    }

    @Override
    public int pass(State state, long first, long available) {
        int count = (int) (available - first + 1);
        if (state == State.RESUMING && isAsked) {
            count = passUntilGap(first, available);
        }
        if (count > 0) {
            if (state.isFull()) {
                keep(first, count);
            }
            board.decided(sequence(first + count - 1));
        }
        return count;
    }

    private void keep(long first, int count) {
        for (long slot = first; slot < first + count; slot++) {
            kept.onEvent(event.wrap(ring.buffer(), ring.blockOffset(slot)));
        }
    }

    /** Back to what it was when the event came and there was no room after all. */
    @Override
    public State onPassed(State state) {
        return state == State.RESUMING && !isAsked ? reason : state;
    }

    private int passUntilGap(long first, long available) {
        for (long slot = first; slot <= available; slot++) {
            if (isOwnGap(ring.blockOffset(slot))) {
                if (slot > first) {
                    return (int) (slot - first);
                }
                return tryResume(sequence(first));
            }
        }
        return (int) (available - first + 1);
    }

    /** When there is no room after all, the hole goes on over the event that was to end it. */
    private int tryResume(long sequence) {
        if (file.room() != Room.ENOUGH) {
            isAsked = false;
            isRoomSeen = false;
            return 1;
        }
        ended.accept(kept);
        board.end(sequence);
        seenStops = outboundStops.get();
        resumedNs = clock.nanoTime();
        return RESUME;
    }

    private boolean isOwnGap(int blockOffset) {
        return EventDescriptor.templateId(ring.buffer(), blockOffset)
            == JournalGapDecoder.TEMPLATE_ID
            && ring.buffer().getLong(blockOffset + JournalGapDecoder.fromSequenceEncodingOffset(),
                LITTLE_ENDIAN) == fromSequence;
    }

    private long sequence(long slot) {
        return ring.buffer().getLong(ring.blockOffset(slot) + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    private boolean isTimeToResume() {
        if (!watch.isRoomy() || !board.isRoomLeft()) {
            isRoomSeen = false;
            return false;
        }
        long nowNs = clock.nanoTime();
        if (!isRoomSeen) {
            isRoomSeen = true;
            roomSinceNs = nowNs;
        }
        return nowNs - roomSinceNs >= waitNs;
    }

    private boolean ask() {
        begin();
        gap.wrap(block, 0).instrumentId(EventDescriptor.NO_INSTRUMENT).fromSequence(fromSequence)
            .reason((reason == State.SPACE_LOW ? JournalGapReason.SPACE_LOW
                : JournalGapReason.DISK_FULL).value());
        gap.flags().last(true);
        return commands.offer(JournalGapEncoder.TEMPLATE_ID, block, 0,
            JournalGapEncoder.BLOCK_LENGTH);
    }

    /** Lets strategies and rules know, as nobody learns it from the journal; once, if it can be. */
    private void tell() {
        if (commands == null) {
            return;
        }
        begin();
        sample.wrap(block, 0).instrumentId(EventDescriptor.NO_INSTRUMENT)
            .value(watch.usableBytes()).threshold(watch.leastBytes()).subject(SUBJECT)
            .kind(SampleKind.DISK);
        sample.flags().last(true);
        commands.offer(SystemSampleEncoder.TEMPLATE_ID, block, 0,
            SystemSampleEncoder.BLOCK_LENGTH);
    }

    private void begin() {
        block.setMemory(0, block.capacity(), (byte) 0);
        block.putLong(EventDescriptor.EXCHANGE_TIME_OFFSET, EventDescriptor.UNDEFINED,
            LITTLE_ENDIAN);
    }
}
