// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.SimulatorOptions.ORDERS;
import static io.millrace.server.config.SimulatorOptions.RATE;
import static io.millrace.server.config.SimulatorOptions.SYMBOLS;

import io.millrace.server.config.Configuration;
import io.millrace.simulator.OrderFlowContext;

/**
 * How many messages a simulated day has that fits a run: too few cannot fill the books, too many
 * are more than a day can have. Control thread, before anything is opened.
 */
public final class SimulatedDay {
    private static final long US_PER_SECOND = 1_000_000;
    private static final long NS_PER_US = 1_000;
    private static final long NS_PER_MS = 1_000_000;

    private SimulatedDay() {
    }

    /** Messages of a venue's day that takes a span. */
    static long messages(Configuration configuration, long flowNs) {
        return Math.max(1, configuration.number(RATE) * (flowNs / NS_PER_US) / US_PER_SECOND);
    }

    /**
     * Why a run's simulated day cannot be, with what would help; null when it can.
     *
     * @param runNs span of the run
     */
    public static String problem(Configuration configuration, long runNs) {
        if (!EngineOptions.isSimulated(configuration)) {
            return null;
        }
        long messages = messages(configuration, RunStatus.flowNs(runNs));
        long fewest = new OrderFlowContext().symbols(configuration.integer(SYMBOLS))
            .liveOrders(configuration.integer(ORDERS)).minMessages();
        if (messages < fewest) {
            return RATE + ": " + configuration.text(RATE) + " makes " + messages
                + " messages in this run, and " + SYMBOLS + ' ' + configuration.text(SYMBOLS)
                + " with " + ORDERS + ' ' + configuration.text(ORDERS) + " need " + fewest
                + "; run --for " + shortestMs(configuration, fewest)
                + "ms or longer, or take a higher rate or fewer live orders";
        }
        return messages <= OrderFlowContext.MAX_MESSAGES ? null
            : RATE + ": " + configuration.text(RATE) + " makes " + messages
                + " messages in this run, and a day has at most " + OrderFlowContext.MAX_MESSAGES
                + "; run --for less, or take a lower rate";
    }

    private static long shortestMs(Configuration configuration, long messages) {
        long flowUs = (messages + 1) * US_PER_SECOND / configuration.number(RATE) + 1;
        return (flowUs * NS_PER_US + RunStatus.AROUND_FLOW_NS) / NS_PER_MS + 1;
    }
}
