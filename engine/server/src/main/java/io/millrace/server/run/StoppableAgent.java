// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** An agent that ends between two duties once it is told to. Owned by the thread of the agent. */
public final class StoppableAgent implements Agent {
    /** Asked before every duty. */
    @FunctionalInterface
    public interface Condition {
        /** True while the agent is to go on. */
        boolean holds() throws Exception;
    }

    private final Agent agent;
    private final Condition goesOn;

    /** @param goesOn false ends the agent */
    public StoppableAgent(Agent agent, Condition goesOn) {
        this.agent = agent;
        this.goesOn = goesOn;
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    @Override
    public int doWork() throws Exception {
        if (!goesOn.holds()) {
            throw new AgentTerminationException();
        }
        return agent.doWork();
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }
}
