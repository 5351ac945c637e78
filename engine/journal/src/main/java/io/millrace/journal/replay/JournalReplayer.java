// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;
import static io.millrace.event.EventDescriptor.RECEIVE_TIME_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Copies an inbound journal, event by event as it stands, into the ring of an engine: the ingress
 * agent of a replay, in every threading mode. Ends by AgentTerminationException behind the last
 * event, or in front of a hole that the journal declares: only a checkpoint leads behind it. Owned
 * by the ingress thread; {@link #step(long)} and the counts may be called from any.
 */
public final class JournalReplayer implements Agent {
    /**
     * Events of one duty cycle: enough for the chain to look ahead in, few enough to stay in the
     * cache.
     */
    private static final int BATCH_LIMIT = 256;

    private final JournalTail tail;
    private final EventPublisher target;
    private final EventFilter filter;
    private final ReplayContext context;
    private final boolean isPaced;
    private final AtomicLong replayed = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong stepLimit = new AtomicLong();
    private final AtomicLong timeNs = new AtomicLong(Long.MIN_VALUE);
    /** Written by the ingress thread once. */
    private final AtomicReference<JournalHole> hole = new AtomicReference<>();
    private boolean isPending;
    private boolean isStarted;
    private long startedAtNs;
    private long startTimeNs;

    /**
     * @param epochDirectory directory of an epoch
     * @param target         single writer of the ring to replay into
     * @param context        options, concluded here
     */
    public JournalReplayer(Path epochDirectory, EventPublisher target, ReplayContext context) {
        this.target = target;
        this.context = context.conclude();
        filter = context.filter();
        isPaced = context.speed() != ReplayContext.MAX_SPEED;
        tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND)
            .damageListener(context.damageListener()).deliverDamaged()
            .holeListener(this::onHole);
        if (context.behindSequence() > 0) {
            isPending = tail.seekSequence(context.behindSequence() + 1) && hole.get() == null
                && tail.next();
        }
    }

    /** One may begin right behind the start; those on the way there do not matter. */
    private void onHole(JournalHole found) {
        if (found.gapSequence() > context.behindSequence()) {
            hole.set(found);
        }
    }

    /** Lets so many more events through, in a stepped replay. */
    public void step(long eventCount) {
        stepLimit.getAndAdd(eventCount);
    }

    /** Events that may still go through, in a stepped replay. Any thread. */
    public long stepsLeft() {
        return stepLimit.get();
    }

    @Override
    public int doWork() {
        int count = 0;
        while (count < BATCH_LIMIT && isAvailable()
            && tail.event().receiveTimeNs() <= context.toNs()) {
            EventView event = tail.event();
            if (!filter.passes(event)) {
                skipped.lazySet(skipped.get() + 1);
            } else if (isDue(event.receiveTimeNs())) {
                target.copy(event.buffer(), event.offset() - HEADER_LENGTH, event.length());
                count++;
            } else {
                finishBatch(count);
                return count;
            }
            isPending = false;
        }
        finishBatch(count);
        if (count == 0) {
            throw new AgentTerminationException();
        }
        return count;
    }

    private boolean isAvailable() {
        isPending = isPending || hole.get() == null && tail.next() && hole.get() == null;
        return isPending;
    }

    /**
     * Events before the start are due at once, later ones in their time and when they are let
     * through.
     */
    private boolean isDue(long eventTimeNs) {
        if (eventTimeNs < context.fromNs()) {
            return true;
        }
        if (!isStarted) {
            isStarted = true;
            startTimeNs = Math.max(eventTimeNs, context.fromNs());
            startedAtNs = context.clock().nanoTime();
        }
        if (isPaced && eventTimeNs - startTimeNs > elapsedNs() * context.speed()) {
            return false;
        }
        return !context.isStepped() || isStepLeft();
    }

    private long elapsedNs() {
        return context.clock().nanoTime() - startedAtNs;
    }

    private boolean isStepLeft() {
        if (stepLimit.get() == 0) {
            return false;
        }
        stepLimit.getAndDecrement();
        return true;
    }

    private void finishBatch(int count) {
        if (count > 0) {
            target.commit();
            replayed.lazySet(replayed.get() + count);
            timeNs.lazySet(target.buffer().getLong(target.ring().blockOffset(target.claimed())
                + RECEIVE_TIME_OFFSET, LITTLE_ENDIAN));
        }
    }

    /** Events replayed so far, those that built the state among them. Any thread. */
    public long replayedCount() {
        return replayed.get();
    }

    /** Events that the filter held back. Any thread. */
    public long skippedCount() {
        return skipped.get();
    }

    /** The hole in front of which it ended, or null. Any thread, when it has ended. */
    public JournalHole hole() {
        return hole.get();
    }

    /** Receive time of the last event replayed. Any thread. */
    public long timeNs() {
        return timeNs.get();
    }

    @Override
    public void onClose() {
        tail.close();
    }

    @Override
    public String roleName() {
        return "replay";
    }
}
