// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The ingress thread's duty around the agent that publishes: the engine's start and stop and the
 * commands enter here. Owned by the ingress thread.
 */
final class IngressDuty implements Agent {
    private final Pipeline pipeline;
    private final EventPublisher inbound;
    private final Agent agent;
    private final List<Consumer<EventPublisher>> heads;
    private final boolean isLive;
    private final CountDownLatch done = new CountDownLatch(1);
    private final SessionEventEncoder encoder = new SessionEventEncoder();
    private boolean isDone;

    /**
     * @param agent publishes, or null when the caller does
     * @param heads publish what stands in front of the start
     */
    IngressDuty(Pipeline pipeline, Agent agent, List<Consumer<EventPublisher>> heads) {
        this.pipeline = pipeline;
        this.agent = agent;
        this.heads = heads;
        inbound = pipeline.inbound();
        isLive = pipeline.context().runMode() == RunMode.LIVE;
    }

    @Override
    public void onStart() {
        int flags = isLive ? beginTime() : 0;
        heads.forEach(head -> head.accept(inbound));
        publish(SessionEventKind.ENGINE_STARTED, flags);
        if (agent != null) {
            agent.onStart();
        }
    }

    @Override
    public int doWork() {
        int workCount = drainCommands();
        if (agent == null || isDone) {
            return workCount;
        }
        if (pipeline.chain().failure() != null) {
            finish();
            return workCount;
        }
        try {
            return workCount + AgentDuty.doWork(agent);
        } catch (AgentTerminationException end) {
            finish();
            return workCount;
        }
    }

    @Override
    public void onClose() {
        try {
            if (agent != null) {
                agent.onClose();
            }
        } finally {
            stop();
        }
    }

    @Override
    public String roleName() {
        return "ingress";
    }

    /**
     * Publishes the commands that wait. In a replay they are in the journal already, and none is
     * taken.
     */
    int drainCommands() {
        return isLive ? pipeline.commands().drainTo(inbound) : 0;
    }

    boolean isDone() {
        return isDone;
    }

    /** Counts down when the agent has said that nothing more comes. Any thread. */
    CountDownLatch done() {
        return done;
    }

    /**
     * Begins with the clock's time unless there is one; where an earlier life was ahead of the
     * clock, chain time stands still until that comes by, and the start is marked so.
     */
    private int beginTime() {
        EpochNanoClock clock = pipeline.context().clock();
        long nowNs = clock == null ? 0 : clock.nanoTime();
        if (inbound.receiveTimeNs() == Long.MIN_VALUE) {
            inbound.receiveTimeNs(nowNs);
        }
        return clock != null && nowNs < inbound.receiveTimeNs() ? EventFlag.BAD_TIME : 0;
    }

    private void finish() {
        isDone = true;
        inbound.commit();
        done.countDown();
    }

    private void stop() {
        try {
            drainCommands();
        } finally {
            publish(SessionEventKind.ENGINE_STOPPED, 0);
        }
    }

    private void publish(SessionEventKind kind, int flags) {
        if (isLive) {
            int offset =
                inbound.claim(SessionEventEncoder.TEMPLATE_ID, SessionEventEncoder.BLOCK_LENGTH);
            inbound.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT, 0, 0,
                EventFlag.LAST | flags, 0);
            encoder.wrap(inbound.buffer(), offset)
                .session("")
                .tradingDate(pipeline.context().tradingDate())
                .kind(kind)
                .code((byte) 0);
        }
        inbound.commit();
    }
}
