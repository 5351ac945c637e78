// SPDX-License-Identifier: Apache-2.0
package io.millrace.counter;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Around an agent that has a thread of its own: counts what its work costs in CPU time of that
 * thread, so that neither spinning without work nor waiting for a core counts. The CPU clock is a
 * call into the kernel, too dear for each duty cycle; so one in {@link #INTERVAL} of those that
 * found work is measured, and the measure's own cost, told by a third reading, is taken off.
 *
 * <p>Counters {@code busy.ROLE.}: {@code cycles} with work, {@code work} that they returned,
 * {@code samples}, {@code sample-ns}; CPU time per event is
 * {@code sample-ns / samples * cycles / events}. Nothing is allocated after construction. Made on
 * the control thread, all else on the agent's.
 */
public final class TimedAgent implements Agent {
    /** One in so many cycles is measured; prime, so that no rhythm of the work falls in with it. */
    static final int INTERVAL = 61;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Agent agent;
    private final AtomicCounter cycles;
    private final AtomicCounter work;
    private final AtomicCounter samples;
    private final AtomicCounter sampleNs;
    /** Cycles with work until the next is measured; set back after each measure. */
    private int untilSample = INTERVAL;

    /** @param role names the counters */
    public TimedAgent(Agent agent, String role, Counters counters) {
        this.agent = agent;
        cycles = counters.counter(label(role, "cycles"));
        work = counters.counter(label(role, "work"));
        samples = counters.counter(label(role, "samples"));
        sampleNs = counters.counter(label(role, "sample-ns"));
    }

    /** Name of one of a role's counters. */
    public static String label(String role, String name) {
        return "busy." + role + '.' + name;
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    @Override
    public int doWork() throws Exception {
        return untilSample > 1 ? count(agent.doWork()) : measure();
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }

    private int measure() throws Exception {
        long beganNs = threads.getCurrentThreadCpuTime();
        int workCount = count(agent.doWork());
        if (workCount > 0) {
            long endedNs = threads.getCurrentThreadCpuTime();
            long readingNs = threads.getCurrentThreadCpuTime() - endedNs;
            sampleNs.getAndAddRelease(endedNs - beganNs - readingNs);
            samples.incrementRelease();
            untilSample = INTERVAL;
        }
        return workCount;
    }

    private int count(int workCount) {
        if (workCount > 0) {
            cycles.incrementRelease();
            work.getAndAddRelease(workCount);
            untilSample--;
        }
        return workCount;
    }
}
