// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import io.millrace.engine.ChainPosition;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.journal.Damage;
import io.millrace.journal.JournalHole;
import io.millrace.journal.checkpoint.CheckpointStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs an inbound journal through a fresh chain, unfiltered and whole, and compares what comes out
 * with the outbound journal. What is damaged and still makes sense is replayed as it stands, so
 * that the proof shows what it did. Used by one control thread.
 */
public final class JournalProver {
    private final Path directory;
    private final EngineContext context;
    private final double speed;
    private long fromSequence;

    /**
     * @param epochDirectory directory of an epoch
     * @param context        options of the engine, from {@link EngineSection#read}, with a
     *                       threading mode; concluded here
     * @param speed          speed of the replay, {@link ReplayContext#MAX_SPEED} for as fast as it
     *                       goes
     */
    public JournalProver(Path epochDirectory, EngineContext context, double speed) {
        directory = epochDirectory;
        this.context = context;
        this.speed = speed;
    }

    /**
     * Begins at the newest checkpoint at or before an inbound sequence, and proves the rest only;
     * without one, at the start.
     */
    public JournalProver fromCheckpoint(long inboundSequence) {
        fromSequence = inboundSequence;
        return this;
    }

    /** Runs the proof to its end, from hole to hole. */
    public Proof prove() {
        context.conclude();
        List<JournalHole> holes = new ArrayList<>();
        Pipeline pipeline = new Pipeline(context);
        Part part = new Part(pipeline, begin(pipeline));
        Proof proof = part.prove();
        while (part.replayer.hole() != null && proof.divergence() == null) {
            JournalHole hole = part.replayer.hole();
            holes.add(hole);
            Pipeline next = new Pipeline(context);
            if (!new CheckpointStore(directory).restoreAt(next.state(), hole.gapSequence(),
                reason -> { })) {
                return proof.with(Proof.Outcome.NOT_PROVABLE, holes);
            }
            part = new Part(next, next.state().position());
            proof = part.prove().after(proof);
        }
        return proof.with(proof.outcome(), holes);
    }

    /** What stands in front of a hole, between two, or behind the last. */
    private final class Part {
        private final List<Damage> inboundDamages =
            Collections.synchronizedList(new ArrayList<>());
        private final Pipeline pipeline;
        private final ChainPosition from;
        private final JournalReplayer replayer;

        Part(Pipeline pipeline, ChainPosition from) {
            this.pipeline = pipeline;
            this.from = from;
            replayer = new JournalReplayer(directory, pipeline.inbound(),
                new ReplayContext().speed(speed).damageListener(inboundDamages::add)
                    .behind(from.inboundSequence()));
        }

        Proof prove() {
            OutputComparison comparison = new OutputComparison(directory,
                pipeline.outboundRing().newGatingReader(), from);
            String failure = run(new Engine(pipeline).ingress(replayer)
                .reader(comparison.roleName(), comparison), comparison, replayer);
            List<Damage> damages = new ArrayList<>(inboundDamages);
            damages.addAll(comparison.damages());
            Proof.Divergence divergence = failure == null ? comparison.divergence()
                : new Proof.Divergence(0, 0, 0, 0, failure);
            return new Proof(outcome(comparison, divergence), replayer.replayedCount(),
                comparison.producedCount(), comparison.recordedCount(),
                comparison.equalPrints(), divergence, damages, from.inboundSequence(),
                List.of());
        }
    }

    private ChainPosition begin(Pipeline pipeline) {
        if (fromSequence > 0) {
            new CheckpointStore(directory).restore(pipeline.state(),
                position -> position.inboundSequence() <= fromSequence, reason -> { });
        }
        return pipeline.state().position();
    }

    private static Proof.Outcome outcome(OutputComparison comparison, Proof.Divergence divergence) {
        if (divergence != null) {
            return Proof.Outcome.DIVERGED;
        }
        return comparison.hasRecordedPrints() ? Proof.Outcome.EQUAL : Proof.Outcome.NOT_PROVABLE;
    }

    /**
     * Runs the engine; returns what broke it, or null. Then a thread may still read the recorded
     * queue, which is left open.
     */
    private static String run(Engine engine, OutputComparison comparison,
        JournalReplayer replayer) {
        try {
            engine.start();
            engine.awaitIngress();
            engine.close();
            comparison.finish(replayer.hole() == null ? Long.MAX_VALUE
                : replayer.hole().gapSequence());
            comparison.close();
            return null;
        } catch (RuntimeException e) {
            String cause = e.getCause() == null ? "" : ": " + e.getCause();
            return "the replay broke off: " + e.getMessage() + cause;
        }
    }
}
