// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;

import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
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
    private final Consumer<EventView> history;
    private final LongPredicate goesOn;
    private long count;
    private long lastTimeNs = Long.MIN_VALUE;
    private boolean isStopped;

    /**
     * @param knownSequence last event that the chain has taken already, 0 for none
     * @param history       sees every event
     * @param goesOn        asked often with the number of events so far
     */
    RecordedInbound(Path epochDirectory, EventPublisher target, long knownSequence,
        Consumer<EventView> history, LongPredicate goesOn) {
        this.target = target;
        this.knownSequence = knownSequence;
        this.history = history;
        this.goesOn = goesOn;
        tail = JournalTail.written(epochDirectory, JournalQueue.INBOUND)
            .holeListener(hole -> refuse(hole, epochDirectory));
    }

    /** Behind a hole only a checkpoint knows the state. */
    private void refuse(JournalHole hole, Path epochDirectory) {
        if (hole.gapSequence() > knownSequence) {
            throw new JournalException(epochDirectory + " cannot be continued: " + hole
                + ", and no checkpoint that both queues reach is behind it; move the epoch away"
                + " to begin anew");
        }
    }

    @Override
    public int doWork() {
        isStopped = !goesOn.test(count);
        int taken = 0;
        while (!isStopped && taken < BATCH_LIMIT && tail.next()) {
            EventView event = tail.event();
            history.accept(event);
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

    /** Receive time of the last event, {@link Long#MIN_VALUE} before the first. */
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
