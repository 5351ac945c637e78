// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;

/**
 * One agent on one thread, pinned as planned. What the agent throws is noted and the next duty
 * cycle begins; only AgentTerminationException ends it. The control thread starts and stops it; all
 * else happens on its own thread.
 */
final class AgentThread {
    private final ThreadPlan plan;
    private final Agent agent;
    private final IntPredicate mayEnd;
    private final ErrorHandler errors;
    private final Thread thread;
    private final CountDownLatch started = new CountDownLatch(1);
    private final AtomicBoolean isStopping = new AtomicBoolean();
    private final AtomicBoolean isAbandoned = new AtomicBoolean();

    /** Written before started counts down, read after. */
    private Throwable startFailure;
    private BitSet actual;

    /**
     * @param plan   where it runs and how it waits
     * @param mayEnd asked after a stop with the work of a duty cycle that began after it: whether
     *               that was the last
     */
    AgentThread(ThreadPlan plan, Agent agent, IntPredicate mayEnd, ErrorHandler errors) {
        this.plan = plan;
        this.agent = agent;
        this.mayEnd = mayEnd;
        this.errors = errors;
        thread = new Thread(this::run, plan.role());
        thread.setDaemon(true);
    }

    /** Returns when the agent has started, or throws what it threw. */
    void start() {
        thread.start();
        Uninterrupted.await(started);
        if (startFailure != null) {
            throw new IllegalStateException(plan.role() + " did not start", startFailure);
        }
    }

    /**
     * Lets the agent end once it is drained.
     *
     * @return false when it had not ended in time; it is then told to end as it is
     */
    boolean stop(long timeoutMs) {
        isStopping.set(true);
        if (Uninterrupted.join(thread, timeoutMs)) {
            return true;
        }
        isAbandoned.set(true);
        Uninterrupted.join(thread, TimeUnit.SECONDS.toMillis(1));
        return false;
    }

    String role() {
        return plan.role();
    }

    /** Where it runs. After start. */
    ThreadReport report() {
        return new ThreadReport(plan, actual);
    }

    private void run() {
        try {
            pin();
            agent.onStart();
        } catch (Throwable thrown) {
            startFailure = thrown;
        }
        started.countDown();
        if (startFailure == null) {
            work(plan.waiting().newIdleStrategy());
        }
        close();
    }

    /** A cpu that cannot be had is told, and the thread runs where it may. */
    private void pin() {
        try {
            if (!plan.cpus().isEmpty()) {
                CpuMask.pinThisThread(plan.cpus());
            }
        } catch (RuntimeException refused) {
            errors.onError(refused);
        }
        actual = CpuMask.ofThisThread();
        if (report().isAmiss()) {
            errors.onError(new IllegalStateException(report().toString()));
        }
    }

    private void work(IdleStrategy idle) {
        while (!isAbandoned.get()) {
            boolean isStopping = this.isStopping.get();
            int workCount = doWork();
            if (workCount < 0 || isStopping && mayEnd.test(workCount)) {
                return;
            }
            idle.idle(workCount);
        }
    }

    private int doWork() {
        try {
            return agent.doWork();
        } catch (AgentTerminationException end) {
            return -1;
        } catch (Throwable thrown) {
            errors.onError(thrown);
            return 0;
        }
    }

    private void close() {
        try {
            agent.onClose();
        } catch (Throwable thrown) {
            errors.onError(thrown);
        }
    }
}
