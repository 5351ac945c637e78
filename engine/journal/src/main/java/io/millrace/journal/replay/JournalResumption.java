// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.engine.ChainPosition;
import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.KeptEvents;
import io.millrace.journal.checkpoint.CheckpointStore;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Brings an engine that has not started to where an earlier life of its journal ended: takes the
 * newest checkpoint that both queues reach, replays the rest of inbound through the very chain that
 * goes on, compares what it derives with the outbound journal and appends what that lacks. Then
 * both rings go on behind the last event. Control thread, once.
 */
public final class JournalResumption {
    private final Journal journal;
    private final Engine engine;
    private final EventReader inbound;
    private final EventReader outbound;
    private final JournalWriter writer;
    private final KeptEvents kept = new KeptEvents();

    /**
     * @param journal  opened behind its last event
     * @param inbound  reader of the inbound journal's writer
     * @param outbound reader of the outbound journal's writer
     * @param writer   of the outbound journal
     */
    public JournalResumption(Journal journal, Engine engine, EventReader inbound,
        EventReader outbound, JournalWriter writer) {
        this.journal = journal;
        this.engine = engine;
        this.inbound = inbound;
        this.outbound = outbound;
        this.writer = writer;
    }

    /** What is kept of all events, for a checkpoint where the engine goes on. After the run. */
    public KeptEvents kept() {
        return kept;
    }

    /**
     * What was found and done.
     *
     * @param isWhole       false when it was stopped before its end: the engine must not start
     * @param inboundCount  events of the inbound journal
     * @param knownSequence last of them that a checkpoint knew, 0 without one
     * @param comparedCount outbound events that were derived again and are equal
     * @param appendedCount outbound events that the journal lacked
     * @param lastTimeNs    receive time of the last event, {@link Long#MIN_VALUE} without one
     * @param elapsedNs     how long it took
     */
    public record Result(boolean isWhole, long inboundCount, long knownSequence,
        long comparedCount, long appendedCount, long lastTimeNs, long elapsedNs) {
    }

    /**
     * Does it.
     *
     * @param history sees every inbound event in its order, or those that tell as much; a
     *                JournalGap only when nothing is known of its hole, which is noted as an error
     * @param goesOn  asked often with the number of events so far; false stops in order
     * @throws DivergenceException when something else comes out than the journal holds
     * @throws JournalException    when the journal is damaged or cannot be appended to
     */
    public Result run(Consumer<EventView> history, LongPredicate goesOn) {
        long startedNs = System.nanoTime();
        Pipeline pipeline = engine.pipeline();
        ChainPosition known = restore(pipeline);
        kept.forEach(history);
        try (RecordedInbound source = new RecordedInbound(journal.directory(), pipeline.inbound(),
                 known, kept, history, this::onUntold, goesOn);
             OutboundContinuation sink = new OutboundContinuation(journal.directory(), inbound,
                 outbound, writer, known.outboundSequence())) {
            engine.catchUp(source, sink);
            if (!source.isStopped()) {
                finish(source, sink);
            }
            return new Result(!source.isStopped(), source.count(), known.inboundSequence(),
                sink.comparedCount(),
                sink.appendedCount(), source.lastTimeNs(), System.nanoTime() - startedNs);
        }
    }

    private void onUntold(JournalHole hole) {
        engine.pipeline().counters().onError(new JournalException(journal.directory() + ": " + hole
            + ", and no checkpoint behind it keeps what they told of securities and sessions"));
    }

    /** A checkpoint ahead of a queue is of a journal that lost its end. */
    private ChainPosition restore(Pipeline pipeline) {
        long lastInbound = journal.lastSequence(JournalQueue.INBOUND);
        long lastOutbound = journal.lastSequence(JournalQueue.OUTBOUND);
        CheckpointStore checkpoints = new CheckpointStore(journal.directory());
        checkpoints.discardAfter(lastInbound);
        Consumer<String> refused =
            refusal -> pipeline.counters().onError(new JournalException(refusal));
        checkpoints.kept(kept, lastInbound, refused);
        ChainPosition known = checkpoints.restore(pipeline.state(),
            position -> position.inboundSequence() <= lastInbound
                && position.outboundSequence() <= lastOutbound, refused);
        return known == null ? ChainPosition.START : known;
    }

    private void finish(RecordedInbound source, OutboundContinuation sink) {
        sink.finish();
        if (writer.state() != JournalWriter.State.APPENDING) {
            throw new JournalException(journal.directory() + " cannot be continued: its outbound"
                + " queue is " + writer.state());
        }
        Pipeline pipeline = engine.pipeline();
        pipeline.inbound().nextSequence(journal.lastSequence(JournalQueue.INBOUND) + 1);
        EpochNanoClock clock = pipeline.context().clock();
        pipeline.inbound().receiveTimeNs(Math.max(source.lastTimeNs(),
            clock == null ? source.lastTimeNs() : clock.nanoTime()));
    }
}
