// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.counter.TimedAgent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.agrona.concurrent.Agent;

/**
 * Starts the threads of one engine from the last reader to the first writer, and stops them the
 * other way round. What the mode leaves to the caller's thread starts last and stops first. Control
 * thread.
 */
final class EngineThreads {
    private static final IntPredicate AT_ONCE = workCount -> true;
    private static final IntPredicate WITHOUT_WORK = workCount -> workCount == 0;

    private final Pipeline pipeline;
    private final Map<String, ThreadPlan> planByRole;
    private final Deque<AgentThread> stopOrder = new ArrayDeque<>();
    private Agent onCaller;

    private EngineThreads(Pipeline pipeline, List<String> hotRoles, List<String> readerRoles) {
        this.pipeline = pipeline;
        planByRole = pipeline.context().cores()
            .layOut(hotRoles, readerRoles, CpuMask.ofThisThread()).stream()
            .collect(Collectors.toMap(ThreadPlan::role, plan -> plan));
    }

    /** Everything runs on the caller's thread. */
    static EngineThreads none(Pipeline pipeline, SerialDuty serial) {
        EngineThreads threads = new EngineThreads(pipeline, List.of(), List.of());
        threads.onCaller = serial;
        serial.onStart();
        return threads;
    }

    /**
     * All agents run on one thread.
     *
     * @param onCaller the ingress duty when the caller publishes, or null when ingress is among the
     *                 agents
     */
    static EngineThreads shared(Pipeline pipeline, SerialDuty serial, Agent onCaller) {
        EngineThreads threads = new EngineThreads(pipeline, List.of(serial.roleName()), List.of());
        threads.start(serial.roleName(), serial, onCaller == null ? AT_ONCE : WITHOUT_WORK);
        threads.startOnCaller(onCaller);
        return threads;
    }

    /**
     * Every agent runs on a thread of its own.
     *
     * @param onCaller the ingress duty when the caller publishes, or null when it gets a thread
     */
    static EngineThreads dedicated(Pipeline pipeline, Map<String, Agent> readerByRole,
        IngressDuty ingress,
                                   Agent onCaller, IntPredicate readerMayEnd) {
        EngineThreads threads =
            new EngineThreads(pipeline, List.of(ingress.roleName(), pipeline.chain().roleName()),
            List.copyOf(readerByRole.keySet()));
        pipeline.inboundRelief()
            .waiting(threads.planByRole.get(ingress.roleName()).waiting().whileFull());
        pipeline.outboundRelief()
            .waiting(threads.planByRole.get(pipeline.chain().roleName()).waiting());
        readerByRole.forEach((role, reader) -> threads.start(role, reader, readerMayEnd));
        threads.start(pipeline.chain().roleName(), pipeline.chain(), WITHOUT_WORK);
        if (onCaller == null) {
            threads.start(ingress.roleName(), ingress, AT_ONCE);
        }
        threads.startOnCaller(onCaller);
        return threads;
    }

    /** Stops all; returns the roles of those that had not ended in time. */
    List<String> stop() {
        List<String> late = new ArrayList<>();
        try {
            if (onCaller != null) {
                onCaller.onClose();
            }
        } finally {
            stopThreads(late);
        }
        return late;
    }

    List<ThreadReport> reports() {
        return stopOrder.stream().map(AgentThread::report).collect(Collectors.toList());
    }

    private void stopThreads(List<String> late) {
        for (AgentThread thread : stopOrder) {
            if (!thread.stop(pipeline.context().closeTimeoutMs())) {
                late.add(thread.role());
            }
        }
    }

    private void start(String role, Agent agent, IntPredicate mayEnd) {
        Agent counted = pipeline.context().busyTimes()
            ? new TimedAgent(agent, role, pipeline.counters()) : agent;
        AgentThread thread =
            new AgentThread(planByRole.get(role), counted, mayEnd, pipeline.counters()::onError);
        stopOrder.addFirst(thread);
        try {
            thread.start();
        } catch (RuntimeException failure) {
            stop();
            throw failure;
        }
    }

    private void startOnCaller(Agent agent) {
        if (agent == null) {
            return;
        }
        try {
            agent.onStart();
        } catch (RuntimeException failure) {
            stop();
            throw failure;
        }
        onCaller = agent;
    }
}
