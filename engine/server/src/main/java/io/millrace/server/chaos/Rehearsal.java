// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.feed.TradingDate;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalHole;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.checkpoint.Checkpoint;
import io.millrace.journal.checkpoint.CheckpointStore;
import io.millrace.journal.replay.EngineSection;
import io.millrace.journal.replay.JournalProver;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.server.chaos.wire.VirtualTime;
import io.millrace.simulator.SeededRandom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;

/**
 * One seed: venues, network and engine on one thread, step by step, in an order that the seed
 * decides; after each step the invariants are checked. The same seed does the very same. One
 * thread.
 */
final class Rehearsal {
    private static final long OPENING_NS = 34_200_000_000_000L;
    private static final long SETTLE_STEP_NS = 1_000_000L;
    private static final int SETTLE_STEPS = 4_000;
    private static final int SETTLED_STEPS = 3;
    private static final int BOOK_STEPS = 128;
    private static final int DOWN_STEPS = 40;
    private static final int FULL_CRASH_STEPS = 1_000;
    private static final int PROVED_CHECKPOINTS = 3;

    private final ChaosPlan plan;
    private final Path root;
    private final Verdict verdict = new Verdict();
    private final VirtualTime time = new VirtualTime(
        TradingDate.of(ChaosPlan.DATE).midnightNs() + OPENING_NS);
    private final RehearsedMachine machine =
        new RehearsedMachine(time, new RehearsedDisk(), new PublishedEvents());
    private final SeededRandom random;
    private final List<RehearsedVenue> venues = new ArrayList<>();
    private EngineRun run;
    private int lives;
    private int holes;
    private int step;

    /** @param root an empty directory for the journal */
    Rehearsal(long seed, int steps, Set<Fault> allowed, Path root) {
        this.root = root;
        plan = new ChaosPlan(seed, steps, allowed);
        random = new SeededRandom(plan.random.nextLong());
    }

    SeedResult run() {
        Violation violation = null;
        long inbound = 0;
        long print = 0;
        try {
            for (int i = 0; i < plan.venues; i++) {
                venues.add(new RehearsedVenue(i, plan, time));
            }
            rehearse();
        } catch (Violation found) {
            violation = found;
        } catch (RuntimeException thrown) {
            violation = new Violation("nothing-is-thrown", "no exception", where(thrown));
        } finally {
            inbound = run == null ? 0 : run.inboundCount();
            print = run == null ? 0 : run.fingerprint();
            CloseHelper.quietClose(run);
            CloseHelper.quietCloseAll(venues);
        }
        String faults = plan.faults.stream().map(Fault::label).collect(Collectors.joining(","));
        return new SeedResult(plan.seed, Math.min(step, plan.steps), lives, holes, inbound, print,
            faults, violation);
    }

    private void rehearse() {
        live(root.resolve("life-0"));
        Weather weather = new Weather(plan, machine, venues, run.agents());
        for (step = 1; step <= plan.steps; step++) {
            time.advance(stepNs());
            weather.onStep();
            venues.forEach(RehearsedVenue::work);
            runAgents(weather);
            run.control();
            if (step % BOOK_STEPS == 0) {
                run.checkBooks();
                run.journal().follow();
            }
            if (plan.crashSteps > 0 && random.oneIn(meanStepsToCrash())) {
                crash();
            }
        }
        weather.clear(run.chainTimeNs());
        settle();
        run.checkBooks();
        prove(run.stop(), run.journal().holeStarts());
    }

    /** A full disk is when it hurts. */
    private int meanStepsToCrash() {
        return machine.disk().isFull() ? Math.min(plan.crashSteps, FULL_CRASH_STEPS)
            : plan.crashSteps;
    }

    private void live(Path place) {
        run = new EngineRun(plan, machine, venues, place, verdict);
        run.start();
    }

    /**
     * The process is gone; after a while another one starts on the files that it left. What is
     * known not to be gone on with is not rehearsed: a hole that only the inbound journal has
     * reached the end of, and a journal that declares a hole and lost its end.
     */
    private void crash() {
        EngineRun dead = run;
        boolean isOrderly = random.oneIn(4);
        if (isOrderly || dead.journal().hasHoles()) {
            dead.drain();
            dead.control();
        }
        if (dead.journal().isEndMissing()) {
            return;
        }
        long inbound = dead.journal().inbound().sequence();
        long outbound = dead.journal().outbound().sequence();
        if (isOrderly) {
            dead.journal().keepState();
        }
        lives++;
        Path next = root.resolve("life-" + lives);
        boolean isTearing = plan.has(Fault.TEAR) && random.oneIn(2) && !dead.journal().hasHoles();
        boolean isTorn = dead.leave(next, isTearing ? random : null);
        EpochImage.delete(root.resolve("life-" + (lives - 1)));
        venues.forEach(RehearsedVenue::onCrash);
        for (int i = random.exponential(DOWN_STEPS); i > 0; i--) {
            time.advance(stepNs());
            venues.forEach(RehearsedVenue::work);
        }
        machine.disk().clear();
        live(next);
        if (!isTorn) {
            verdict.holds("journal-keeps-what-was-reported",
                run.foundInbound() >= inbound && run.foundOutbound() >= outbound,
                "at least " + inbound + " and " + outbound, run.foundInbound());
        }
    }

    /** Mostly a little, sometimes nothing, rarely so much that everything is late. */
    private long stepNs() {
        int kind = random.below(1_000);
        if (kind < 100) {
            return 0;
        }
        return random.exponential(plan.stepNs) * (kind == 100 ? 200L : kind < 110 ? 10L : 1L);
    }

    /** Each agent gets its turn, in an order of its own, some twice, some not at all. */
    private void runAgents(Weather weather) {
        int turns = random.below(2 * run.agents());
        for (int turn = 0; turn < turns; turn++) {
            int agent = random.below(run.agents());
            if (!weather.isStalled(agent)) {
                run.run(agent);
            }
        }
    }

    /** Without faults, what can heal does, and what cannot is told. */
    private void settle() {
        venues.forEach(venue -> venue.agent().hush());
        int settled = 0;
        for (int i = 0; i < SETTLE_STEPS && settled < SETTLED_STEPS; i++) {
            time.advance(SETTLE_STEP_NS);
            venues.forEach(RehearsedVenue::work);
            run.run(0);
            run.drain();
            run.control();
            settled = run.journal().isAppending()
                && run.feeds().stream().allMatch(RehearsedFeed::hasSettled) ? settled + 1 : 0;
        }
        if (settled < SETTLED_STEPS) {
            verdict.fail("heals-without-faults", "everything delivered or given up in the end",
                run.feeds().stream().map(RehearsedFeed::standing)
                    .collect(Collectors.joining("; ", "", "; journal " + run.journal().state())));
        }
    }

    private void prove(Path epoch, List<Long> holeStarts) {
        JournalVerifier.Report report = new JournalVerifier(epoch).verify();
        if (!report.isWhole()) {
            verdict.fail("journal-is-whole", "no damage", report.queues().stream()
                .flatMap(queue -> queue.damages().stream()).findFirst().orElseThrow()
                .toString());
        }
        checkHoles(report.queues().get(0), holeStarts);
        Proof proof = new JournalProver(epoch, EngineSection.read(Journal.head(epoch)),
            ReplayContext.MAX_SPEED).prove();
        if (!proof.isEqual()) {
            verdict.fail("outbound-is-function-of-inbound", "EQUAL", proof.outcome() + " "
                + proof.divergence());
        }
        proveFromCheckpoints(epoch);
    }

    /** The journal lacks what it says that it lacks: what came while it could not be appended. */
    private void checkHoles(JournalVerifier.QueueReport inbound, List<Long> holeStarts) {
        holes = inbound.holes().size();
        List<Long> declared = inbound.holes().stream().map(JournalHole::fromSequence).toList();
        if (!declared.equals(holeStarts)) {
            verdict.fail("hole-declared", "holes from " + holeStarts + " on",
                declared.toString());
        }
        verdict.equal("journal-holds-all-or-says-so", run.inboundCount()
            - inbound.holes().stream().mapToLong(JournalHole::eventCount).sum(),
            inbound.eventCount());
    }

    /** What the chain derives behind a checkpoint is what it derived then. */
    private void proveFromCheckpoints(Path epoch) {
        List<Checkpoint> checkpoints = new CheckpointStore(epoch).list();
        for (int i = Math.max(0, checkpoints.size() - PROVED_CHECKPOINTS);
            i < checkpoints.size(); i++) {
            long sequence = checkpoints.get(i).position().inboundSequence();
            Proof proof = new JournalProver(epoch, EngineSection.read(Journal.head(epoch)),
                ReplayContext.MAX_SPEED).fromCheckpoint(sequence).prove();
            if (proof.divergence() != null) {
                verdict.fail("checkpoint-continues-as-the-chain-did", "EQUAL behind " + sequence,
                    proof.outcome() + " " + proof.divergence());
            }
        }
    }

    private static String where(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return String.format(Locale.ROOT, "%s at %s", thrown, trace.length == 0 ? "?" : trace[0]);
    }
}
