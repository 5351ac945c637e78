// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.server.chaos.wire.VirtualLine;
import io.millrace.server.chaos.wire.VirtualTime;
import io.millrace.simulator.SeededRandom;
import java.util.List;

/**
 * The faults that come and go while the rehearsal runs: lines fall silent, servers worsen,
 * connections break, the wall clock steps, agents do not get the processor. One thread.
 */
final class Weather {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int PERCENT = 100;
    private static final int MEAN_SPELL_STEPS = 60;
    private static final int MEAN_FULL_STEPS = 300;
    private static final int MOST_LEFT_BYTES = 1 << 14;

    private final ChaosPlan plan;
    private final VirtualTime time;
    private final RehearsedDisk disk;
    private final List<RehearsedVenue> venues;
    private final SeededRandom random;
    private final int[] stalledSteps;
    private final int rarity;
    private int calmSteps;
    private int fullSteps;

    Weather(ChaosPlan plan, RehearsedMachine machine, List<RehearsedVenue> venues, int agents) {
        this.plan = plan;
        time = machine.time();
        disk = machine.disk();
        this.venues = venues;
        random = new SeededRandom(plan.random.nextLong());
        stalledSteps = new int[agents];
        rarity = 20 + random.below(200);
    }

    /** A change now and then. */
    void onStep() {
        for (int i = 0; i < stalledSteps.length; i++) {
            stalledSteps[i] -= stalledSteps[i] > 0 ? 1 : 0;
        }
        if (fullSteps > 0 && --fullSteps == 0) {
            disk.clear();
        }
        if (calmSteps-- > 0) {
            return;
        }
        calmSteps = random.exponential(rarity);
        RehearsedVenue venue = venues.get(random.below(venues.size()));
        Fault fault = Fault.values()[random.below(Fault.values().length)];
        if (plan.has(fault)) {
            change(fault, venue);
        }
    }

    /** True while an agent does not get the processor. */
    boolean isStalled(int agent) {
        return stalledSteps[agent] > 0;
    }

    /** All that can be well is well from now on. */
    void clear(long chainTimeNs) {
        for (RehearsedVenue venue : venues) {
            venue.network().lines().forEach(line -> line.down(false));
            venue.network().requests().quality(0, 0);
            venue.network().streams().quality(0, false);
            venue.agent().answering(true);
        }
        disk.clear();
        time.step(Math.max(0, chainTimeNs - time.wallNs()));
    }

    private void change(Fault fault, RehearsedVenue venue) {
        switch (fault) {
            case SILENCE:
                List<VirtualLine> lines = venue.network().lines();
                lines.forEach(line -> line.down(random.oneIn(3)));
                break;
            case REQUESTS:
                venue.network().requests().quality(random.oneIn(2) ? 0
                    : random.below((int) (20 * NS_PER_MS)),
                    random.oneIn(2) ? 0 : random.below(PERCENT));
                venue.agent().answering(!random.oneIn(3));
                break;
            case SNAPSHOTS:
                venue.network().streams().quality(random.oneIn(2) ? 0 : random.below(PERCENT),
                    random.oneIn(2));
                if (random.oneIn(3)) {
                    venue.network().streams().cut();
                }
                break;
            case CLOCK:
                time.step(random.below((int) (200 * NS_PER_MS)) - 100 * NS_PER_MS);
                break;
            case STALL:
                stalledSteps[random.below(stalledSteps.length)] =
                    random.exponential(MEAN_SPELL_STEPS);
                break;
            case DISK:
                if (fullSteps == 0) {
                    fullSteps = 1 + random.exponential(MEAN_FULL_STEPS);
                    disk.fill(random.below(MOST_LEFT_BYTES));
                }
                break;
            default:
                break;
        }
    }
}
