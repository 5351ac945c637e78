// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.checkpoint;

import static io.millrace.server.config.CheckpointOptions.CHECKPOINTS;
import static io.millrace.server.config.CheckpointOptions.CHECKPOINT_EVENTS;
import static io.millrace.server.config.CheckpointOptions.CHECKPOINT_MAX_MB;

import io.millrace.engine.ChainPosition;
import io.millrace.engine.Pipeline;
import io.millrace.journal.JournalHead;
import io.millrace.journal.KeptEvents;
import io.millrace.journal.checkpoint.CheckpointFollower;
import io.millrace.journal.checkpoint.CheckpointPolicy;
import io.millrace.journal.checkpoint.CheckpointStore;
import io.millrace.journal.replay.EngineSection;
import io.millrace.server.config.Configuration;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.concurrent.Agent;

/**
 * Who makes the checkpoints of an epoch that this process writes: a follower while it runs, when
 * that is wanted, and the chain before and after its thread runs: at a start that had to replay far
 * and at the stop. Never the chain while it runs. Control thread.
 */
public final class CheckpointKeeper {
    private static final int CORES_FOR_FOLLOWER = 4;

    private final Path epochDirectory;
    private final JournalHead head;
    private final Pipeline pipeline;
    private final CheckpointStore store;
    private final CheckpointPolicy policy;
    private final String mode;

    /**
     * @param epochDirectory directory of the epoch
     * @param head           of its journal
     * @param pipeline       of the engine
     */
    public CheckpointKeeper(Configuration configuration, Path epochDirectory, JournalHead head,
        Pipeline pipeline) {
        this.epochDirectory = epochDirectory;
        this.head = head;
        this.pipeline = pipeline;
        store = new CheckpointStore(epochDirectory);
        policy = policy(configuration);
        mode = configuration.text(CHECKPOINTS);
    }

    /** How many checkpoints a configuration asks for. */
    public static CheckpointPolicy policy(Configuration configuration) {
        return new CheckpointPolicy(configuration.number(CHECKPOINT_EVENTS),
            configuration.number(CHECKPOINT_MAX_MB) << 20);
    }

    /** What follows the journal on an unhurried thread, or null when nothing does. */
    public Agent follower() {
        boolean isFollowed = mode.equals("on") || mode.equals("auto")
            && Runtime.getRuntime().availableProcessors() >= CORES_FOR_FOLLOWER;
        return isFollowed ? new CheckpointFollower(epochDirectory,
            EngineSection.read(head).conclude(), policy, pipeline.counters()) : null;
    }

    /**
     * Keeps the state that a start had to replay far to, so that the next one need not.
     *
     * @param replayedCount inbound events that no checkpoint knew
     * @param kept          of all inbound events
     */
    public void onCaughtUp(long replayedCount, KeptEvents kept) {
        if (replayedCount >= policy.intervalEvents() && !mode.equals("off")) {
            keep(kept);
        }
    }

    /**
     * Keeps the state of the chain that has ended, so that the next start need not replay anything:
     * when the journal holds all that led to it.
     *
     * @param inboundSequence  of the last event that the journal holds
     * @param outboundSequence of the last event that the journal holds
     */
    public void onStopped(long inboundSequence, long outboundSequence) {
        if (pipeline.chain().failure() != null || !pipeline.state().isAtRest()) {
            return;
        }
        ChainPosition position = pipeline.state().position();
        if (position.inboundSequence() == inboundSequence
            && position.outboundSequence() == outboundSequence && !mode.equals("off")) {
            keep(store.keptUpTo(inboundSequence));
        }
    }

    private void keep(KeptEvents kept) {
        try {
            store.write(pipeline.state(), kept);
            store.thin(policy.maxBytes());
        } catch (UncheckedIOException failure) {
            pipeline.counters().onError(failure);
        }
    }
}
