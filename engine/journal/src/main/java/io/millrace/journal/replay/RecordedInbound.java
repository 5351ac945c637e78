// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;

import io.millrace.engine.ChainPosition;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.KeptEvents;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * What earlier lives of an epoch received: all of it to whoever wants to know the past, and what
 * the chain does not know yet to the chain. Ends by AgentTerminationException behind the last
 * event. Control thread.
 */
final class RecordedInbound implements Agent, AutoCloseable {
    private static final int BATCH_LIMIT = 256;

    private final JournalTail tail;
    private final EventPublisher target;
    private final long knownSequence;
    private final KeptEvents kept;
    private final Consumer<EventView> history;
    private final Consumer<JournalHole> untold;
    private final LongPredicate goesOn;
    private long count;
    private long lastTimeNs;
    private boolean isPending;
    private boolean isStopped;

    /**
     * @param known   where the chain is already
     * @param kept    of events that the history saw already; takes the others too
     * @param history sees every event behind these
     * @param untold  told of holes that the history reads over
     * @param goesOn  asked often with the number of events so far
     */
    RecordedInbound(Path epochDirectory, EventPublisher target, ChainPosition known,
        KeptEvents kept, Consumer<EventView> history, Consumer<JournalHole> untold,
        LongPredicate goesOn) {
        this.target = target;
        knownSequence = known.inboundSequence();
        this.kept = kept;
        this.history = history;
        this.untold = untold;
        this.goesOn = goesOn;
        tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND)
            .holeListener(hole -> onHole(hole, epochDirectory));
        count = Math.min(knownSequence, kept.sequence());
        lastTimeNs = known.receiveTimeNs();
        if (count > 0) {
            isPending = tail.seekSequence(count + 1) && tail.next();
        }
    }

    /** Behind a hole only a checkpoint knows the state, and what is kept. */
    private void onHole(JournalHole hole, Path epochDirectory) {
        if (hole.gapSequence() > knownSequence) {
            throw new JournalException(epochDirectory + " cannot be continued: " + hole
                + ", and no checkpoint that both queues reach is behind it; move the epoch away"
                + " to begin anew");
        }
        if (hole.gapSequence() > kept.sequence()) {
            kept.forget();
            untold.accept(hole);
        }
    }

    @Override
    public int doWork() {
        isStopped = !goesOn.test(count);
        int taken = 0;
        while (!isStopped && taken < BATCH_LIMIT && (isPending || tail.next())) {
            EventView event = tail.event();
            isPending = false;
            if (event.sequence() > kept.sequence()) {
                history.accept(event);
                kept.onEvent(event);
            }
            if (event.sequence() > knownSequence) {
                target.copy(event.buffer(), event.offset() - HEADER_LENGTH, event.length());
            }
            lastTimeNs = event.receiveTimeNs();
            taken++;
        }
        target.commit();
        count += taken;
        if (taken == 0) {
            throw new AgentTerminationException();
        }
        return taken;
    }

    /** Events so far. */
    long count() {
        return count;
    }

    /** Receive time of the last event, {@link Long#MIN_VALUE} without any. */
    long lastTimeNs() {
        return lastTimeNs;
    }

    /** True when it was stopped before the end. */
    boolean isStopped() {
        return isStopped;
    }

    @Override
    public void close() {
        tail.close();
    }

    @Override
    public String roleName() {
        return "recorded";
    }
}
