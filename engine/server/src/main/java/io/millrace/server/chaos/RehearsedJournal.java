// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSync;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.checkpoint.Checkpoint;
import io.millrace.journal.checkpoint.CheckpointStore;
import io.millrace.journal.checkpoint.HoleCheckpoints;
import io.millrace.journal.replay.DivergenceException;
import io.millrace.journal.replay.EngineSection;
import io.millrace.journal.replay.JournalResumption;
import io.millrace.server.checkpoint.CheckpointKeeper;
import io.millrace.server.config.CheckpointOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.run.EngineJournal;
import io.millrace.server.run.Restart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/** Both journals of one life of the engine, and who makes checkpoints of them. One thread. */
final class RehearsedJournal implements AutoCloseable {
    private static final int CHECKPOINTS_MAX_MB = 16;

    private final Pipeline pipeline;
    private final Verdict verdict;
    private final Journal journal;
    private final EventReader inboundReader;
    private final EventReader outboundReader;
    private final JournalWriter inbound;
    private final JournalWriter outbound;
    private final boolean isContinued;
    private final CheckpointKeeper checkpoints;
    private final Agent follower;
    private final RehearsedDisk disk;
    private final HoleCheckpoints holes;
    /** First sequence of each hole that this life's journal has. */
    private final List<Long> holeStarts = new ArrayList<>();
    private long lastJournaled;
    private boolean isFollowing;
    private boolean isInHole;

    /** @param root where the epoch is, or will be */
    RehearsedJournal(ChaosPlan plan, RehearsedMachine machine, Pipeline pipeline, Path root,
        Verdict verdict) {
        disk = machine.disk();
        this.pipeline = pipeline;
        this.verdict = verdict;
        JournalContext context = new JournalContext().sync(JournalSync.NONE)
            .excerptEvents(plan.excerptEvents).minimumFreeMb(plan.minimumFreeMb)
            .commands(pipeline.commands()).clock(machine.time().wall())
            .disk(disk, () -> machine.time().elapsedNs() * plan.diskClockRate)
            .counters(pipeline.counters());
        isContinued = isBegun(Journal.directory(root, ChaosPlan.DATE));
        journal = isContinued ? open(root, context) : Journal.create(root, head(plan), context);
        inboundReader = pipeline.inboundRing().newGatingReader();
        outboundReader = pipeline.outboundRing().newGatingReader();
        inbound = journal.writer(JournalQueue.INBOUND, inboundReader);
        outbound = journal.writer(JournalQueue.OUTBOUND, outboundReader);
        holes = new HoleCheckpoints(pipeline, journal, inbound);
        checkpoints = new CheckpointKeeper(checkpointing(plan), journal.directory(),
            journal.head(), pipeline);
        follower = plan.checkpointEvents == 0 ? null : checkpoints.follower();
    }

    /**
     * Brings the engine to where the life before ended.
     *
     * @param watch   sees every event of that life and those before it
     * @param history sees those from which sessions go on
     */
    void catchUp(Engine engine, Consumer<EventView> watch, Consumer<EventView> history) {
        if (!isContinued) {
            return;
        }
        try (JournalTail tail = JournalTail.written(journal.directory(), JournalQueue.INBOUND)) {
            tail.holeListener(hole -> holeStarts.add(hole.fromSequence()));
            while (tail.next()) {
                watch.accept(tail.event());
            }
            JournalResumption resumption = new JournalResumption(journal, engine, inboundReader,
                outboundReader, outbound);
            JournalResumption.Result result = resumption.run(history, count -> true);
            checkpoints.onCaughtUp(result.inboundCount() - result.knownSequence(),
                resumption.kept());
        } catch (DivergenceException divergence) {
            verdict.fail("restart-derives-the-same", "the outbound journal",
                divergence.getMessage());
        } catch (JournalException damaged) {
            verdict.fail("restart-finds-a-journal", "a journal that goes on",
                damaged.getMessage());
        }
    }

    JournalWriter inbound() {
        return inbound;
    }

    JournalWriter outbound() {
        return outbound;
    }

    Path directory() {
        return journal.directory();
    }

    /** What the control thread does in between: looks at the disk, keeps what is behind a hole. */
    void control() {
        work(journal.watch());
        holes.onTick();
    }

    private static void work(Agent agent) {
        try {
            agent.doWork();
        } catch (Exception thrown) {
            LangUtil.rethrowUnchecked(thrown);
        }
    }

    /** True when nothing is missing for want of space. */
    boolean isAppending() {
        return inbound.state().isAppending() && outbound.state().isAppending();
    }

    /** What the writers do, in words. */
    String state() {
        return inbound.state().text() + ", " + outbound.state().text();
    }

    /** True when the journal does not hold all that went in. */
    boolean hasHoles() {
        return !holeStarts.isEmpty();
    }

    /** True while only the inbound journal has reached the end of its last hole. */
    boolean isEndMissing() {
        List<Checkpoint> checkpoints =
            hasHoles() ? new CheckpointStore(journal.directory()).list() : List.of();
        return !checkpoints.isEmpty() && checkpoints.get(checkpoints.size() - 1).position()
            .outboundSequence() > outbound.sequence();
    }

    /** Sequences with which the holes of the inbound journal begin. */
    List<Long> holeStarts() {
        return holeStarts;
    }

    /** The chain that makes checkpoints takes what the journal holds, when it can write. */
    void follow() {
        if (follower == null || disk.isFull()) {
            return;
        }
        if (!isFollowing) {
            isFollowing = true;
            follower.onStart();
        }
        work(follower);
    }

    /** Keeps the state of the chain, which is at rest, as a stop does. */
    void keepState() {
        if (!disk.isFull()) {
            checkpoints.onStopped(inbound.sequence(), outbound.sequence());
        }
    }

    /**
     * What the journals say they hold.
     *
     * @param lastInbound last event that went in
     * @param cause       of the last outbound event that the journal holds
     */
    void check(long lastInbound, long cause) {
        long journaled = inbound.sequence();
        verdict.holds("journal-counter-never-decreases", journaled >= lastJournaled,
            "at least " + lastJournaled, journaled);
        lastJournaled = journaled;
        verdict.holds("journal-holds-what-was-published", journaled <= lastInbound,
            "at most " + lastInbound, journaled);
        verdict.holds("outbound-never-ahead-of-its-cause", cause <= journaled,
            "at most " + journaled, cause);
        check(inbound);
        check(outbound);
        if (isInHole && inbound.state().isAppending()) {
            isInHole = false;
        } else if (!isInHole && inbound.state().isFull()) {
            isInHole = true;
            holeStarts.add(journaled + 1);
        }
    }

    /** It appends, or the disk was full and the time to go on has not come. */
    private void check(JournalWriter writer) {
        JournalWriter.State state = writer.state();
        if (state != JournalWriter.State.APPENDING && !(disk.wasFull() && state.isFull())) {
            verdict.fail("journal-appends", "APPENDING", writer.roleName() + " " + state);
        }
    }

    @Override
    public void close() {
        if (isFollowing) {
            CloseHelper.quietClose(follower::onClose);
        }
        journal.close();
    }

    /** A start that was killed before anything reached the disk is made again. */
    private static boolean isBegun(Path epoch) {
        boolean isBegun = Journal.exists(epoch) && Journal.isBegun(epoch);
        if (!isBegun && Files.exists(epoch)) {
            EpochImage.delete(epoch);
        }
        return isBegun;
    }

    private Journal open(Path root, JournalContext context) {
        Restart.cutTails(Journal.directory(root, ChaosPlan.DATE));
        Journal opened = Journal.open(root, ChaosPlan.DATE, context);
        EngineJournal.resumeInstruments(root, ChaosPlan.DATE, opened, pipeline);
        return opened;
    }

    private static Configuration checkpointing(ChaosPlan plan) {
        Configuration configuration = Configuration.ofText("").with(Map.of(
            CheckpointOptions.CHECKPOINTS, "on",
            CheckpointOptions.CHECKPOINT_MAX_MB, Integer.toString(CHECKPOINTS_MAX_MB)));
        return plan.checkpointEvents == 0 ? configuration : configuration.with(Map.of(
            CheckpointOptions.CHECKPOINT_EVENTS, Integer.toString(plan.checkpointEvents)));
    }

    private JournalHead head(ChaosPlan plan) {
        return EngineSection.write(JournalHead.of(ChaosPlan.DATE, EngineJournal.BUILD,
            "chaos.seed: " + plan.seed + '\n', true, List.of()), pipeline.context());
    }
}
