// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.SimulatorOptions;
import io.millrace.simulator.OrderFlowContext;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.CompositeAgent;

/**
 * The pretended exchange: one venue for each feed, all on one thread, and a second thread for
 * snapshots where there are any. Each venue's day fits a span of time. Used by the control thread.
 */
final class SimulatedExchange implements AutoCloseable {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LONGEST_PARK_NS = 50_000L;

    private final List<SimulatedVenue> venues = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();

    /**
     * Opens every socket; nothing is sent yet.
     *
     * @param configuration of all venues
     * @param sites         of the venues
     * @param timeOfDayNs   ns since midnight in New York
     * @param lengthNs      span that the day is to take
     */
    SimulatedExchange(Configuration configuration, List<VenueSite> sites, LocalDate date,
        long timeOfDayNs, long lengthNs, ErrorHandler errors) throws IOException {
        long startNs = Math.max(0, Math.min(timeOfDayNs, DAY_NS - lengthNs - SECOND_NS));
        try {
            for (VenueSite site : sites) {
                OrderFlowContext flow = flow(site.configuration(), startNs, lengthNs);
                if (sites.size() > 1) {
                    flow.listingSeed(configuration.number(SimulatorOptions.SEED));
                }
                venues.add(new SimulatedVenue(site, flow, date));
            }
        } catch (IOException | RuntimeException failure) {
            CloseHelper.closeAll(venues);
            throw failure;
        }
        run(venues.stream().map(SimulatedVenue::agent).toList(), errors);
        run(venues.stream().map(SimulatedVenue::glimpse).filter(Objects::nonNull).toList(),
            errors);
    }

    /** Begins to send. */
    void start() {
        runners.forEach(AgentRunner::startOnThread);
    }

    /** The venues, in the order of the feeds. */
    List<SimulatedVenue> venues() {
        return venues;
    }

    /** True once everything was sent. */
    boolean isDone() {
        return venues.stream().allMatch(venue -> venue.agent().isDone());
    }

    /** Sends nothing new, so that what was sent can be asked for until the end. */
    void hush() {
        venues.forEach(venue -> venue.agent().hush());
    }

    /** Messages sent so far. Any thread. */
    long messagesSent() {
        return venues.stream().mapToLong(venue -> venue.agent().messagesSent()).sum();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(runners);
    }

    private void run(List<? extends Agent> agents, ErrorHandler errors) {
        if (!agents.isEmpty()) {
            Agent agent = agents.size() == 1 ? agents.get(0) : new CompositeAgent(agents);
            runners.add(new AgentRunner(new BackoffIdleStrategy(1, 1, 1_000, LONGEST_PARK_NS),
                errors, null, agent));
        }
    }

    private static OrderFlowContext flow(Configuration configuration, long startNs,
        long lengthNs) {
        return new OrderFlowContext()
            .seed(configuration.number(SimulatorOptions.SEED))
            .symbols(configuration.integer(SimulatorOptions.SYMBOLS))
            .liveOrders(configuration.integer(SimulatorOptions.ORDERS))
            .messages(SimulatedDay.messages(configuration, lengthNs))
            .compressed(startNs, lengthNs);
    }
}
