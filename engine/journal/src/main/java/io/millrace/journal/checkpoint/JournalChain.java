// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import static io.millrace.event.EventDescriptor.HEADER_LENGTH;

import io.millrace.codec.event.JournalGapDecoder;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventView;
import io.millrace.journal.JournalTail;
import io.millrace.journal.KeptEvents;
import java.util.function.Consumer;
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
    private final CheckpointStore store;
    private final KeptEvents kept = new KeptEvents();
    private final JournalGapDecoder gap = new JournalGapDecoder();
    private boolean isPending;
    /** Sequence of the last event that was run or stepped over. */
    private long at;

    /**
     * @param pipeline that no engine runs, restored or not
     * @param tail     of the inbound queue, closed with this
     * @param store    checkpoints of the epoch, which alone know what is behind a hole
     */
    public JournalChain(Pipeline pipeline, JournalTail tail, CheckpointStore store) {
        this.pipeline = pipeline;
        this.tail = tail;
        this.store = store;
        at = pipeline.state().position().inboundSequence();
    }

    /** Goes to the event behind the chain's position; to be called after a restore. */
    public void seek() {
        at = pipeline.state().position().inboundSequence();
        isPending = tail.seekSequence(at + 1) && tail.next();
    }

    /**
     * Restores the newest checkpoint that knows what was kept, and goes behind it; without one it
     * begins at the start.
     *
     * @param lastSequence inbound sequence behind which no checkpoint counts
     */
    public void begin(long lastSequence, Consumer<String> refused) {
        long known = store.kept(kept, lastSequence, refused) ? kept.sequence() : 0;
        if (known > 0 && !store.restoreAt(pipeline.state(), known, refused)) {
            kept.clear();
        }
        seek();
    }

    /**
     * Runs events that are there. At a hole that the journal declares it goes on with the
     * checkpoint behind it, and waits while there is none.
     *
     * @param limit        most events
     * @param lastSequence sequence behind which to stop; a hole may lead beyond it
     * @return number of events, 0 when there is none yet or the last one was before
     */
    public int run(int limit, long lastSequence) {
        int count = 0;
        while (count < limit && at < lastSequence && isAvailable() && take(tail.event())) {
            count++;
            if (count % DRAIN_INTERVAL == 0) {
                drain();
            }
        }
        drain();
        return count;
    }

    /** Takes an event in, or the state behind the hole that it ends; false without that state. */
    private boolean take(EventView event) {
        if (event.templateId() == JournalGapDecoder.TEMPLATE_ID && isBehindHole(event)) {
            drain();
            if (!store.restoreAt(pipeline.state(), event.sequence(), reason -> { })) {
                return false;
            }
            if (!store.keptAt(kept, event.sequence())) {
                kept.forget();
            }
        } else {
            pipeline.inbound().copy(event.buffer(), event.offset() - HEADER_LENGTH,
                event.length());
        }
        if (event.sequence() > kept.sequence()) {
            kept.onEvent(event);
        }
        at = event.sequence();
        isPending = false;
        return true;
    }

    /** Inbound sequence of the event behind a hole whose checkpoint is not there, 0 for none. */
    public long missingAt() {
        return isPending && tail.event().templateId() == JournalGapDecoder.TEMPLATE_ID
            && isBehindHole(tail.event()) ? tail.event().sequence() : 0;
    }

    /** What is kept of the events up to the chain's position. */
    public KeptEvents kept() {
        return kept;
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

    /** True at the event that tells of a hole and ends it. */
    private boolean isBehindHole(EventView event) {
        gap.wrap(event.buffer(), event.offset(), event.blockLength(),
            JournalGapDecoder.SCHEMA_VERSION);
        return gap.fromSequence() < gap.toSequence() && gap.toSequence() == event.sequence();
    }

    private void drain() {
        pipeline.inbound().commit();
        int workCount;
        do {
            workCount = pipeline.chain().doWork();
        } while (workCount > 0);
    }
}
