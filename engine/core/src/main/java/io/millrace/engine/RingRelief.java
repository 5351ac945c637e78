// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.event.EventPublisher;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * What a writer does while its ring is full: run the readers that live on its own thread, or idle
 * until those of other threads have read. Set up before start; then owned by the writing thread.
 */
final class RingRelief implements EventPublisher.FullRing {
    private Agent[] agents = {};
    private IdleStrategy idle = Waiting.SPIN_YIELD.newIdleStrategy();

    /**
     * The readers that run on the writer's thread, in order; none when they have threads of their
     * own.
     */
    void run(List<Agent> agents) {
        this.agents = agents.toArray(new Agent[0]);
    }

    /** How to wait for readers on other threads. */
    void waiting(Waiting waiting) {
        idle = waiting.newIdleStrategy();
    }

    @Override
    public void onFull() {
        int workCount = 0;
        for (int i = 0; i < agents.length; i++) {
            workCount += AgentDuty.doWork(agents[i]);
        }
        idle.idle(workCount);
    }
}
