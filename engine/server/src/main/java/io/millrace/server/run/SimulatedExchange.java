// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.FEED_GROUP;
import static io.millrace.server.config.ConfigOptions.FEED_INTERFACE;
import static io.millrace.server.config.ConfigOptions.SIMULATOR_ORDERS;
import static io.millrace.server.config.ConfigOptions.SIMULATOR_RATE;
import static io.millrace.server.config.ConfigOptions.SIMULATOR_SEED;
import static io.millrace.server.config.ConfigOptions.SIMULATOR_SYMBOLS;

import io.millrace.server.config.Configuration;
import io.millrace.simulator.ExchangeAgent;
import io.millrace.simulator.ExchangeContext;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.OrderFlowContext;
import io.millrace.simulator.SimulatedBooks;
import org.HdrHistogram.Histogram;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The pretended exchange on a thread of its own: a day that fits a span of time, sent over
 * multicast. Used by the control thread.
 */
final class SimulatedExchange implements AutoCloseable {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LONGEST_PARK_NS = 50_000L;

    private final Configuration configuration;
    private final long startNs;
    private final long lengthNs;
    private final ExchangeAgent agent;
    private final AgentRunner runner;

    /**
     * @param port       of the receiver
     * @param timeOfDayNs ns since midnight in New York
     * @param lengthNs   span that the day is to take
     */
    SimulatedExchange(Configuration configuration, int port, long timeOfDayNs, long lengthNs,
        ErrorHandler errors) {
        this.configuration = configuration;
        this.lengthNs = lengthNs;
        startNs = Math.max(0, Math.min(timeOfDayNs, DAY_NS - lengthNs - SECOND_NS));
        agent = new ExchangeAgent(newFlow(), new ExchangeContext()
            .group(configuration.text(FEED_GROUP)).port(port)
            .interfaceAddress(configuration.text(FEED_INTERFACE)));
        runner =
            new AgentRunner(new BackoffIdleStrategy(1, 1, 1_000, LONGEST_PARK_NS), errors, null,
            agent);
    }

    /** Begins to send. */
    void start() {
        AgentRunner.startOnThread(runner);
    }

    /** True once everything was sent. */
    boolean isDone() {
        return agent.isDone();
    }

    /** Messages sent so far. Any thread. */
    long messagesSent() {
        return agent.messagesSent();
    }

    /** Messages of the whole day. */
    long messages() {
        return agent.flow().messages();
    }

    /** The exchange's books after the last message it sent; after the exchange was closed. */
    SimulatedBooks books() {
        if (agent.isDone()) {
            return agent.flow().books();
        }
        OrderFlow again = newFlow();
        UnsafeBuffer message = new UnsafeBuffer(new byte[OrderFlow.MAX_MESSAGE_LENGTH]);
        for (long i = agent.messagesSent(); i > 0; i--) {
            again.next(message, 0);
        }
        return again.books();
    }

    /** How late datagrams were sent, after the exchange was closed. */
    Histogram lateness() {
        return agent.lateness();
    }

    @Override
    public void close() {
        runner.close();
    }

    private OrderFlow newFlow() {
        long messages =
            Math.max(1, configuration.number(SIMULATOR_RATE) * (lengthNs / 1_000) / 1_000_000);
        return new OrderFlow(new OrderFlowContext()
            .seed(configuration.number(SIMULATOR_SEED))
            .symbols(configuration.integer(SIMULATOR_SYMBOLS))
            .liveOrders(configuration.integer(SIMULATOR_ORDERS))
            .messages(messages)
            .compressed(startNs, lengthNs));
    }
}
