// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import static io.millrace.simulator.wire.ImpairmentContext.MILLION;

import io.millrace.server.chaos.wire.VirtualLine;
import io.millrace.server.chaos.wire.VirtualNetwork;
import io.millrace.server.chaos.wire.VirtualTime;
import io.millrace.simulator.OrderFlowContext;
import io.millrace.simulator.SeededRandom;
import io.millrace.simulator.venue.GlimpseAgent;
import io.millrace.simulator.venue.PacingContext;
import io.millrace.simulator.venue.RequestContext;
import io.millrace.simulator.venue.VenueAgent;
import io.millrace.simulator.venue.VenueContext;
import io.millrace.simulator.venue.VenueTwin;
import io.millrace.simulator.wire.ImpairmentContext;
import io.millrace.simulator.wire.LineContext;
import io.millrace.simulator.wire.StreamContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A venue of the rehearsal: what it sends and serves, and the network to it. */
final class RehearsedVenue implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long OPENING_NS = 34_200_000_000_000L;
    private static final int LIVE_ORDERS = 100;
    private static final int TURNS = 8;
    private static final int STEPS_OF_RATE = 1_024;

    private final String mic;
    private final int index;
    private final VirtualNetwork network;
    private final VenueContext context;
    private final VenueAgent agent;
    private final GlimpseAgent glimpse;
    /** Numbers that any life's decoder got, by session. */
    private final List<BitSet> handed = new ArrayList<>();

    RehearsedVenue(int index, ChaosPlan plan, VirtualTime time) {
        this.index = index;
        mic = "SIM" + (char) ('A' + index);
        SeededRandom random = plan.random;
        network = new VirtualNetwork(mic, time, new SeededRandom(random.nextLong()),
            1 + random.below(plan.stepNs));
        context = new VenueContext().mic(mic).session("CHAOS" + index).date(ChaosPlan.DATE)
            .flow(flow(plan)).pacing(pacing(plan, time)).network(network)
            .storeMessages(random.oneIn(4) ? 64 << random.below(5) : 1 << 15)
            .requests(new RequestContext().maxMessages(1 << random.below(10))
                .requestsPerSecond(random.oneIn(3) ? 1 + random.below(1_000) : 0))
            .glimpse(new StreamContext().bufferLengthBytes(1 << 10 + random.below(4))
                .timeouts(5 * NS_PER_MS, 200 * NS_PER_MS)
                .cutAfterMessages(random.oneIn(3) ? plan.amount(Fault.SNAPSHOTS, 400) : 0));
        for (int line = 0; line < network.lines().size(); line++) {
            context.line(new LineContext().impairments(impairments(plan)));
        }
        agent = new VenueAgent(context);
        glimpse = new GlimpseAgent(context, agent);
        agent.onStart();
    }

    /** Sends what is due, and serves. */
    void work() {
        for (int i = 0; i < TURNS && agent.doWork() > 0; i++) {
            glimpse.doWork();
        }
        glimpse.doWork();
    }

    /** Messages of a session, from 1, that a decoder got. */
    BitSet handed(int session) {
        while (handed.size() < session) {
            handed.add(new BitSet());
        }
        return handed.get(session - 1);
    }

    /** The engine is gone: what is on its way to it is lost, its connection breaks. */
    void onCrash() {
        network.lines().forEach(VirtualLine::leave);
        network.streams().cut();
    }

    String mic() {
        return mic;
    }

    int index() {
        return index;
    }

    VirtualNetwork network() {
        return network;
    }

    VenueAgent agent() {
        return agent;
    }

    /** The day once more. */
    VenueTwin newTwin() {
        return new VenueTwin(context);
    }

    @Override
    public void close() {
        glimpse.onClose();
        agent.onClose();
    }

    private OrderFlowContext flow(ChaosPlan plan) {
        OrderFlowContext flow = new OrderFlowContext().seed(plan.random.nextLong())
            .listingSeed(plan.seed).symbols(plan.symbols).liveOrders(LIVE_ORDERS);
        long wanted = (long) plan.steps * plan.messageRate / STEPS_OF_RATE;
        long messages = Math.max(flow.minMessages(), wanted);
        return flow.messages(messages).compressed(OPENING_NS,
            messages * plan.stepNs * STEPS_OF_RATE / plan.messageRate);
    }

    private PacingContext pacing(ChaosPlan plan, VirtualTime time) {
        long lengthNs = (long) plan.steps * plan.stepNs;
        int restartPercent = 5 + plan.random.below(90);
        int stepMs = plan.random.below(2_000) - 1_000;
        PacingContext pacing = new PacingContext().clock(time.monotonic()).startDelayNs(NS_PER_MS)
            .heartbeatIntervalNs(2 * NS_PER_MS).ends(1_000, NS_PER_MS);
        if (plan.has(Fault.SESSION)) {
            pacing.restartAtNs(lengthNs / 100 * restartPercent);
        }
        if (plan.has(Fault.CLOCK)) {
            pacing.clockStep(lengthNs / 2, stepMs * NS_PER_MS);
        }
        return pacing;
    }

    private static ImpairmentContext impairments(ChaosPlan plan) {
        SeededRandom random = plan.random;
        return new ImpairmentContext().seed(random.nextLong())
            .lossPpm(plan.amount(Fault.LOSS, MILLION / 8))
            .burstLoss(plan.amount(Fault.LOSS, MILLION / 200), 1 + random.below(30))
            .duplicatePpm(plan.amount(Fault.DUPLICATION, MILLION / 8))
            .reordering(plan.amount(Fault.REORDERING, MILLION / 8), 1 + random.below(8))
            .corruption(plan.amount(Fault.CORRUPTION, MILLION / 100), 1 + random.below(4),
                1 + random.below(200));
    }
}
