// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.ORIGIN_SEQUENCE_OFFSET;
import static io.millrace.event.EventDescriptor.SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.counter.Counters;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.Measurement;
import io.millrace.journal.disk.Room;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Copies whatever is readable on a ring into one excerpt and appends it, without ever waiting for
 * more: many events per excerpt when many come, few when few come. Publishes its position after the
 * append. An event outbound is appended only when the inbound journal holds its cause. What
 * fails on the disk ends the appending or the promise of the forces, never the reading of the ring;
 * a want of space ends it until there is space again. One thread; the loop allocates nothing.
 */
public final class JournalWriter implements Agent {
    /**
     * What the writer does with events; the counter {@code journal.<queue>.state} holds the
     * ordinal.
     */
    public enum State {
        /** Every event is appended. */
        APPENDING("appending"),
        /** A force failed: every event is appended, but a power loss can take any of them. */
        UNFORCED("unforced"),
        /** A write found no space: events are released and counted, not appended. */
        DISK_FULL("degraded: disk full"),
        /** Less than {@code journal.minimum-free-mb} is left: the same. */
        SPACE_LOW("degraded: less than journal.minimum-free-mb is free"),
        /** There is space again, and the event was asked for behind which appending goes on. */
        RESUMING("degraded: resuming"),
        /** An event came out of sequence: events are released and counted, for good. */
        OUT_OF_SEQUENCE("stopped: out of sequence"),
        /** The inbound journal stopped for good, so the events it caused are not appended. */
        CAUSE_MISSING("stopped: cause missing"),
        /** The journal's files are not where they were made: the same. */
        FILE_MISSING("stopped: file missing"),
        /** An append or a write failed in another way: the same. */
        FAILED("stopped: failed");

        private static final State[] VALUES = values();

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** State of an ordinal. */
        static State of(int ordinal) {
            return VALUES[ordinal];
        }

        /** In words. */
        public String text() {
            return text;
        }

        /** True while every event is appended. */
        public boolean isAppending() {
            return this == APPENDING || this == UNFORCED;
        }

        /** True while events are missing for want of space, so that it can be over again. */
        public boolean isFull() {
            return this == DISK_FULL || this == SPACE_LOW || this == RESUMING;
        }

        static State of(Room room) {
            return switch (room) {
                case ENOUGH -> APPENDING;
                case LOW -> SPACE_LOW;
                case FULL -> DISK_FULL;
                case GONE -> FILE_MISSING;
                case BROKEN -> FAILED;
            };
        }
    }

    private final JournalQueue queue;
    private final ExcerptFile file;
    private final EventReader reader;
    private final EventRing ring;
    private final EpochNanoClock clock;
    private final int excerptEvents;
    private final boolean isForced;
    private final ErrorHandler errors;
    private final AtomicCounter sequence;
    private final AtomicCounter position;
    private final AtomicCounter state;
    private final AtomicCounter excerpts;
    private final AtomicCounter unjournaled;
    private final AtomicCounter unforced;
    private final AtomicCounter open;
    private final WriterHoles holes;
    private EpochNanoClock stampClock;
    /** Sequence in front of the next event to be appended. */
    private long lastSequence;
    private int length;

    JournalWriter(JournalQueue queue, ExcerptFile file, EventReader reader,
        JournalContext context, long lastSequence, WriterHoles holes) {
        Counters counters = context.counters();
        this.queue = queue;
        this.file = file;
        this.reader = reader;
        this.lastSequence = lastSequence;
        this.holes = holes;
        errors = counters::onError;
        ring = reader.ring();
        clock = context.clock();
        excerptEvents = context.excerptEvents();
        isForced = context.sync() == JournalSync.BATCH;
        sequence = counters.counter(label(queue, "sequence"));
        position = counters.counter(label(queue, "position"));
        state = counters.counter(label(queue, "state"));
        excerpts = counters.counter(label(queue, "excerpts"));
        unjournaled = counters.counter(label(queue, "unjournaled"));
        unforced = counters.counter(label(queue, "unforced"));
        open = counters.counter(label(queue, "open"));
        sequence.set(lastSequence);
    }

    /** Name of a counter of a queue. */
    public static String label(JournalQueue queue, String name) {
        return "journal." + queue.label() + "." + name;
    }

    @Override
    public void onStart() {
        open.setRelease(1);
    }

    @Override
    public int doWork() {
        return write(clock);
    }

    /** The same without stamps: what is derived again was not derived in time. */
    public int catchUp() {
        return write(null);
    }

    private int write(EpochNanoClock stamps) {
        stampClock = stamps;
        enter(holes.onDuty(state(), sequence.get()));
        if (state() == State.APPENDING && unforced.get() != 0) {
            enter(State.UNFORCED);
        }
        long first = reader.next();
        long available = reader.available();
        long next = first;
        boolean isGoingOn = true;
        while (next <= available && isGoingOn) {
            State before = state();
            int count = before.isAppending() ? appendOrStop(next, available)
                : passOrResume(before, next, available);
            if (count > 0) {
                next += count;
                reader.release(next - 1);
            }
            isGoingOn = count > 0 || state() != before;
        }
        return (int) (next - first);
    }

    /** A half-written append cannot be taken back, so one that threw is the last one. */
    private int appendOrStop(long first, long available) {
        try {
            return append(first, available);
        } catch (Throwable thrown) {
            enter(State.FAILED);
            errors.onError(thrown);
            return 0;
        }
    }

    private int append(long first, long available) {
        Room room = file.room();
        if (room != Room.ENOUGH) {
            enter(State.of(room));
            return 0;
        }
        int count = build(first, Math.min(available, first + excerptEvents - 1));
        if (count > 0) {
            file.append(length, count, lastSequence + 1);
            lastSequence += count;
            if (isForced) {
                force();
            }
            excerpts.incrementRelease();
            position.setRelease(file.position());
            sequence.setRelease(lastSequence);
        }
        return count;
    }

    /** What a force failed to write may be lost even when a later one succeeds. */
    private void force() {
        try {
            file.force();
        } catch (RuntimeException thrown) {
            unforced.incrementRelease();
            enter(State.UNFORCED);
            errors.onError(thrown);
        }
    }

    private int passOrResume(State before, long first, long available) {
        int count = holes.pass(before, first, available);
        if (count == WriterHoles.RESUME) {
            lastSequence = ring.buffer().getLong(ring.blockOffset(first) + SEQUENCE_OFFSET,
                LITTLE_ENDIAN) - 1;
            enter(unforced.get() == 0 ? State.APPENDING : State.UNFORCED);
            return 0;
        }
        if (count > 0) {
            unjournaled.getAndAddRelease(count);
            enter(holes.onPassed(before));
        }
        return count;
    }

    private int build(long first, long last) {
        UnsafeBuffer source = ring.buffer();
        UnsafeBuffer target = file.buffer();
        long causeLimit = holes.causeLimit();
        long nowNs = stampClock == null ? 0 : stampClock.nanoTime();
        int offset = ExcerptDescriptor.RUN_OFFSET;
        int count = 0;
        for (long slot = first; slot <= last; slot++) {
            int block = ring.blockOffset(slot);
            if (offset > ExcerptDescriptor.MAX_LENGTH - ExcerptDescriptor.MAX_EVENT_LENGTH
                || !isInSequence(source, block, count)
                || !isCaused(source, block, count, causeLimit)) {
                break;
            }
            int end = copy(source, block - HEADER_LENGTH, target, offset);
            if (stampClock != null) {
                Measurement.journaledAt(target, offset + HEADER_LENGTH, nowNs);
            }
            offset = end;
            count++;
        }
        length = offset;
        return count;
    }

    private boolean isInSequence(UnsafeBuffer source, int block, int count) {
        if (source.getLong(block + SEQUENCE_OFFSET, LITTLE_ENDIAN) == lastSequence + 1 + count) {
            return true;
        }
        if (count == 0) {
            enter(State.OUT_OF_SEQUENCE);
        }
        return false;
    }

    private boolean isCaused(UnsafeBuffer source, int block, int count, long causeLimit) {
        if (queue == JournalQueue.INBOUND) {
            return true;
        }
        long cause = source.getLong(block + ORIGIN_SEQUENCE_OFFSET, LITTLE_ENDIAN);
        if (cause > causeLimit && count == 0) {
            enter(holes.onUncaused(state(), cause));
        }
        return cause <= causeLimit;
    }

    /**
     * Copies a slot as a whole, whatever the length of its event: no branch to foresee wrongly. The
     * next event or the appending takes the rest. Returns the offset behind the event.
     */
    private static int copy(UnsafeBuffer source, int from, UnsafeBuffer target, int to) {
        target.putBytes(to, source, from, EventDescriptor.SLOT_LENGTH);
        return to + HEADER_LENGTH + (int) (source.getLong(from, LITTLE_ENDIAN) & 0xFFFF);
    }

    private void enter(State next) {
        State before = state();
        if (next == before) {
            return;
        }
        state.setRelease(next.ordinal());
        if (before.isAppending() && !next.isAppending()) {
            holes.onStopped(next, sequence.get());
        }
    }

    /** What the writer does with events. Any thread. */
    public State state() {
        return State.of((int) state.get());
    }

    /** Sequence of the last event that the journal holds. Any thread. */
    public long sequence() {
        return sequence.get();
    }

    /**
     * True while the writer's thread may still append, so that its journal must not be closed. Any
     * thread.
     */
    public boolean isOpen() {
        return open.get() != 0;
    }

    @Override
    public void onClose() {
        if (file.position() > 0 && isForced) {
            force();
        }
        open.setRelease(0);
    }

    @Override
    public String roleName() {
        return queue == JournalQueue.INBOUND ? "journal-in" : "journal-out";
    }
}
