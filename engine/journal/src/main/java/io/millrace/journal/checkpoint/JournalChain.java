// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;

import io.millrace.engine.Pipeline;
import io.millrace.event.EventView;
import io.millrace.journal.JournalTail;
import org.agrona.CloseHelper;

/**
 * Runs an inbound journal through a chain on the caller's thread, event by event, and stops exactly
 * where it is told, so that the chain's state there can be saved. Nobody reads what is derived,
 * unless the outbound ring has readers on the same thread. One thread.
 */
public final class JournalChain implements AutoCloseable {
    private static final int DRAIN_INTERVAL = 256;

    private final Pipeline pipeline;
    private final JournalTail tail;
    private boolean isPending;

    /**
     * @param pipeline that no engine runs, restored or not
     * @param tail     of the inbound queue, closed with this
     */
    public JournalChain(Pipeline pipeline, JournalTail tail) {
        this.pipeline = pipeline;
        this.tail = tail;
    }

    /** Goes to the event behind the chain's position; to be called after a restore. */
    public void seek() {
        isPending = tail.seekSequence(pipeline.state().position().inboundSequence() + 1)
            && tail.next();
    }

    /**
     * Runs events that are there.
     *
     * @param limit        most events
     * @param lastSequence sequence behind which to stop
     * @return number of events, 0 when there is none yet or the last one was before
     */
    public int run(int limit, long lastSequence) {
        int count = 0;
        while (count < limit && isAvailable() && tail.event().sequence() <= lastSequence) {
            EventView event = tail.event();
            pipeline.inbound().copy(event.buffer(), event.offset() - HEADER_LENGTH,
                event.length());
            isPending = false;
            count++;
            if (count % DRAIN_INTERVAL == 0) {
                drain();
            }
        }
        drain();
        return count;
    }

    /** The chain. */
    public Pipeline pipeline() {
        return pipeline;
    }

    @Override
    public void close() {
        CloseHelper.close(tail);
    }

    private boolean isAvailable() {
        isPending = isPending || tail.next();
        return isPending;
    }

    private void drain() {
        pipeline.inbound().commit();
        while (pipeline.chain().doWork() > 0) {
            Thread.onSpinWait();
        }
    }
}
