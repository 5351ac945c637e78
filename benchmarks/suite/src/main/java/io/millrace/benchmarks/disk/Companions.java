// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.CompositeAgent;

/** Runs what stands beside a journal's writers on one thread, and tells its processor time. */
public final class Companions implements AutoCloseable {
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 100_000;

    private final AgentRunner runner;
    private Thread thread;

    /** @param agents what a journal says must run beside its writers */
    public Companions(List<Agent> agents) {
        runner = new AgentRunner(new BackoffIdleStrategy(10, 10, MIN_PARK_NS, MAX_PARK_NS),
            Throwable::printStackTrace, null, new CompositeAgent(agents));
    }

    /** Starts the thread. */
    public void start() {
        AgentRunner.startOnThread(runner, task -> {
            thread = new Thread(task);
            return thread;
        });
    }

    /** Processor time of the thread so far. */
    public long processorNs() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    @Override
    public void close() {
        runner.close();
    }
}
