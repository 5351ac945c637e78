// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * The ingress thread's duty around the agent that publishes: the engine's start and stop and the commands enter here.
 * Owned by the ingress thread.
 */
final class IngressDuty implements Agent {
    private final Pipeline pipeline;
    private final EventPublisher inbound;
    private final Agent agent;
    private final SessionEventEncoder encoder = new SessionEventEncoder();

    IngressDuty(Pipeline pipeline, Agent agent) {
        this.pipeline = pipeline;
        this.agent = agent;
        inbound = pipeline.inbound();
    }

    @Override
    public void onStart() {
        publish(SessionEventKind.ENGINE_STARTED);
        if (agent != null) {
            agent.onStart();
        }
    }

    @Override
    public int doWork() throws Exception {
        int workCount = pipeline.commands().drainTo(inbound);
        if (agent == null) {
            return workCount;
        }
        try {
            return workCount + agent.doWork();
        } catch (AgentTerminationException end) {
            return -1;
        }
    }

    @Override
    public void onClose() {
        if (agent != null) {
            agent.onClose();
        }
        pipeline.commands().drainTo(inbound);
        publish(SessionEventKind.ENGINE_STOPPED);
    }

    @Override
    public String roleName() {
        return "ingress";
    }

    private void publish(SessionEventKind kind) {
        if (pipeline.context().runMode() == RunMode.REPLAY) {
            inbound.commit();
            return;
        }
        if (inbound.receiveTimeNs() == Long.MIN_VALUE) {
            inbound.receiveTimeNs(pipeline.context().clock() == null ? 0 : pipeline.context().clock().nanoTime());
        }
        int offset = inbound.claim(SessionEventEncoder.TEMPLATE_ID, SessionEventEncoder.BLOCK_LENGTH);
        inbound.common(offset, EventDescriptor.UNDEFINED, EventDescriptor.NO_INSTRUMENT, 0, 0, EventFlag.LAST, 0);
        encoder.wrap(inbound.buffer(), offset)
            .session("")
            .tradingDate(pipeline.context().tradingDate())
            .kind(kind)
            .code((byte) 0);
        inbound.commit();
    }
}
