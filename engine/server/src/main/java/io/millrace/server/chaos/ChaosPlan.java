// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.feed.breaker.BreakerContext;
import io.millrace.feed.recovery.RecoveryContext;
import io.millrace.feed.snapshot.SnapshotContext;
import io.millrace.simulator.SeededRandom;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a seed decides before the first step: how the engine is built, how fast time goes, which
 * faults there are and how often. Each seed has only some of the faults, so that those it has are
 * not hidden behind others. One thread.
 */
final class ChaosPlan {
    static final LocalDate DATE = LocalDate.of(2026, 1, 5);

    private static final long NS_PER_US = 1_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    final long seed;
    final int steps;
    final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    final SeededRandom random;
    final int venues;
    final int symbols;
    /** Mean virtual time of a step. */
    final int stepNs;
    /** Messages of a venue in 1,024 steps. */
    final int messageRate;
    final int inboundCapacity;
    final int outboundCapacity;
    final int batchLimit;
    final int fingerprintInterval;
    final int excerptEvents;
    final boolean hasLevelUpdates;
    final long overflowWaitNs;
    /** Space that the journal leaves to others; without any, only a write finds the disk full. */
    final int minimumFreeMb;
    /** How much faster than all else the clock goes by which the journal waits for space. */
    final long diskClockRate;
    /** Steps from one crash to the next on average, 0 for none. */
    final int crashSteps;
    /** Inbound events from one checkpoint to the next, 0 for none. */
    final int checkpointEvents;

    ChaosPlan(long seed, int steps, Set<Fault> allowed) {
        this.seed = seed;
        this.steps = steps;
        random = new SeededRandom(seed);
        for (Fault fault : Fault.values()) {
            if (random.below(3) > 0 && allowed.contains(fault)
                && (fault != Fault.CORRUPTION || random.oneIn(4))) {
                faults.add(fault);
            }
        }
        venues = 1 + random.below(2);
        symbols = random.oneIn(4) ? 100 + random.below(100) : 1 + random.below(12);
        stepNs = (int) (NS_PER_US * (20 + random.below(180)));
        messageRate = 256 + random.below(2_048);
        inboundCapacity = 1 << 8 + random.below(5);
        outboundCapacity = 1 << 7 + random.below(6);
        batchLimit = 1 << random.below(9);
        fingerprintInterval = 64 << random.below(7);
        excerptEvents = 1 << random.below(10);
        hasLevelUpdates = random.oneIn(3);
        overflowWaitNs = random.oneIn(2) ? 0 : 200;
        minimumFreeMb = random.oneIn(2) ? 0 : 256;
        diskClockRate = NS_PER_SECOND / (stepNs * (1 + random.below(32)));
        crashSteps = has(Fault.CRASH) ? 300 + random.below(6_000) : 0;
        checkpointEvents = random.oneIn(2) && has(Fault.CRASH) ? 100 << random.below(6) : 0;
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    /** Another number in each seed, at most a limit, when a fault is there. */
    int amount(Fault fault, int limit) {
        int drawn = random.below(limit) + 1;
        return has(fault) ? drawn : 0;
    }

    RecoveryContext recovery() {
        return new RecoveryContext()
            .reorderWindowNs(NS_PER_US * random.below(3_000))
            .reorderWindowPackets(1 << random.below(9))
            .requestMessages(1 << 2 + random.below(9))
            .requestAttempts(1 + random.below(5))
            .requestsInFlight(1 << random.below(7))
            .requestTimeoutNs(NS_PER_MS * (1 + random.below(8)), NS_PER_MS * 20)
            .giveUpNs(NS_PER_MS * (20 + random.below(300)))
            .holdLengthBytes(RecoveryContext.MIN_HOLD_LENGTH_BYTES)
            .holdPackets(4 << random.below(9))
            .jitterSeed(seed);
    }

    BreakerContext breaker() {
        return new BreakerContext().lineSilenceNs(NS_PER_MS * (4 + random.below(20)))
            .openAfterNs(NS_PER_MS * (10 + random.below(60)))
            .probeNs(NS_PER_MS * 5, NS_PER_MS * 40)
            .closeAfterPackets(1 + random.below(16))
            .closeLimitNs(NS_PER_MS * 400)
            .jitterSeed(seed);
    }

    SnapshotContext snapshots() {
        int few = 50 + random.below(2_000);
        boolean isBounded = random.oneIn(8) && has(Fault.SNAPSHOTS);
        return new SnapshotContext(SnapshotContext.MIN_HOLD_LENGTH_BYTES, 1 + random.below(6),
            isBounded ? few : 1 << 20);
    }
}
