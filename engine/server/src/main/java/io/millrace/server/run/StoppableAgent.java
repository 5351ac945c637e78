// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** An agent that ends between two duties once it is told to. Owned by the thread of the agent. */
final class StoppableAgent implements Agent {
    private final Agent agent;
    private final BooleanSupplier goesOn;

    /** @param goesOn false ends the agent */
    StoppableAgent(Agent agent, BooleanSupplier goesOn) {
        this.agent = agent;
        this.goesOn = goesOn;
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    @Override
    public int doWork() throws Exception {
        if (!goesOn.getAsBoolean()) {
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
