// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.journal.Journal;
import io.millrace.journal.replay.EngineSection;
import io.millrace.journal.replay.JournalProver;
import io.millrace.journal.replay.JournalReplayer;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/** An epoch through a fresh chain, with the options its engine had. Used by one control thread. */
public final class JournalReplay {
    private final Path epochDirectory;
    private final ThreadingMode threading;

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
        Pipeline pipeline = new Pipeline(
            EngineSection.read(Journal.head(epochDirectory)).threadingMode(threading).conclude());
        JournalReplayer replayer = new JournalReplayer(epochDirectory, pipeline.inbound(), context);
        ReplayOutput output =
            new ReplayOutput("output", pipeline.outboundRing().newGatingReader(), outbound);
        ReplayOutput input = inbound == null ? null
            : new ReplayOutput("input", pipeline.inboundRing().newGatingReader(), inbound);
        Engine engine = new Engine(pipeline)
            .ingress(new StoppableAgent(replayer, () -> !output.isFailed()
                && (input == null || !input.isFailed())
                && goesOn.test(replayer.replayedCount() + replayer.skippedCount())))
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
