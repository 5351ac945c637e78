// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalHole;
import io.millrace.journal.checkpoint.CheckpointStore;
import io.millrace.journal.replay.EngineSection;
import io.millrace.journal.replay.JournalProver;
import io.millrace.journal.replay.JournalReplayer;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * An epoch through a fresh chain, with the options its engine had, and behind a hole that the
 * journal declares through another with the state of the checkpoint there. Used by one control
 * thread.
 */
public final class JournalReplay {
    private final Path epochDirectory;
    private final ThreadingMode threading;
    private Consumer<JournalHole> holes = hole -> { };

    /** @param epochDirectory directory of an epoch */
    public JournalReplay(Path epochDirectory, ThreadingMode threading) {
        this.epochDirectory = epochDirectory;
        this.threading = threading;
    }

    /**
     * What came of it.
     *
     * @param replayed    events that went in
     * @param skipped     events held back by a filter
     * @param derived     events that came out
     * @param appliedHash hash of what was applied, 0 without a fingerprint
     * @param outputHash  hash of what was derived, 0 without a fingerprint
     */
    public record Result(long replayed, long skipped, long derived, long appliedHash,
        long outputHash) {
        private static final Result NOTHING = new Result(0, 0, 0, 0, 0);

        private Result plus(Result next) {
            return new Result(replayed + next.replayed, skipped + next.skipped,
                derived + next.derived, next.appliedHash, next.outputHash);
        }
    }

    /**
     * Replays.
     *
     * @param inbound  sees what goes in, or null
     * @param outbound sees what comes out
     * @param goesOn   asked often with the number of events so far, those held back among them;
     *                 false stops in order
     * @param steps    lets the events of a stepped replay through, on a thread of its own, or null
     */
    public Result run(ReplayContext context, ReplayOutput.EventConsumer inbound,
        ReplayOutput.EventConsumer outbound, LongPredicate goesOn, StepSource steps) {
        Pipeline pipeline = pipeline();
        Result result = Result.NOTHING;
        JournalHole hole;
        do {
            Part part = new Part(pipeline, context, inbound, outbound);
            result = result.plus(part.run(goesOn, result.replayed() + result.skipped(), steps));
            hole = part.replayer.hole();
            if (hole != null) {
                holes.accept(hole);
                pipeline = behind(hole);
                context.behind(hole.gapSequence());
            }
        } while (hole != null && pipeline != null && steps == null);
        return result;
    }

    /** Who hears of the holes that a replay passes, or at which it ends. */
    public JournalReplay holeListener(Consumer<JournalHole> listener) {
        holes = listener;
        return this;
    }

    /** A chain with the state behind a hole, or null when no checkpoint knows it. */
    private Pipeline behind(JournalHole hole) {
        Pipeline pipeline = pipeline();
        return new CheckpointStore(epochDirectory).restoreAt(pipeline.state(),
            hole.gapSequence(), reason -> { }) ? pipeline : null;
    }

    private Pipeline pipeline() {
        return new Pipeline(
            EngineSection.read(Journal.head(epochDirectory)).threadingMode(threading).conclude());
    }

    /** What stands in front of a hole, between two, or behind the last. */
    private final class Part {
        private final JournalReplayer replayer;
        private final ReplayOutput output;
        private final ReplayOutput input;
        private final Pipeline pipeline;

        Part(Pipeline pipeline, ReplayContext context, ReplayOutput.EventConsumer inbound,
            ReplayOutput.EventConsumer outbound) {
            this.pipeline = pipeline;
            replayer = new JournalReplayer(epochDirectory, pipeline.inbound(), context);
            output =
                new ReplayOutput("output", pipeline.outboundRing().newGatingReader(), outbound);
            input = inbound == null ? null
                : new ReplayOutput("input", pipeline.inboundRing().newGatingReader(), inbound);
        }

        Result run(LongPredicate goesOn, long before, StepSource steps) {
            Engine engine = new Engine(pipeline)
                .ingress(new StoppableAgent(replayer, () -> !output.isFailed()
                    && (input == null || !input.isFailed()) && goesOn.test(
                        before + replayer.replayedCount() + replayer.skippedCount())))
                .reader(output.roleName(), output);
            if (input != null) {
                engine.reader(input.roleName(), input);
            }
            engine.start();
            try {
                if (steps != null) {
                    steps.start(replayer);
                }
                engine.awaitIngress();
            } finally {
                engine.close();
            }
            output.rethrow();
            if (input != null) {
                input.rethrow();
            }
            return new Result(replayer.replayedCount(), replayer.skippedCount(), output.count(),
                output.appliedHash(), output.outputHash());
        }
    }

    /** Replays all and compares what comes out with what was recorded. */
    public Proof prove(double speed) {
        return prove(speed, 0);
    }

    /**
     * The same behind the newest checkpoint at or before an inbound sequence.
     *
     * @param fromCheckpoint inbound sequence, 0 for all
     */
    public Proof prove(double speed, long fromCheckpoint) {
        return new JournalProver(epochDirectory,
            EngineSection.read(Journal.head(epochDirectory)).threadingMode(threading), speed)
            .fromCheckpoint(fromCheckpoint).prove();
    }

    /** Lets events through. */
    @FunctionalInterface
    public interface StepSource {
        /** Begins to let events through by {@link JournalReplayer#step}. */
        void start(JournalReplayer replayer);
    }
}
