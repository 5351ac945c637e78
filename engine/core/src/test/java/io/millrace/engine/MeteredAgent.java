// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;

/** An agent whose thread's allocation is measured from its warm-up to its close. */
final class MeteredAgent implements Agent {
    private final Agent agent;
    private final LongSupplier progress;
    private final long warmUp;
    private final AllocationMeter meter = new AllocationMeter();

    MeteredAgent(Agent agent, LongSupplier progress, long warmUp) {
        this.agent = agent;
        this.progress = progress;
        this.warmUp = warmUp;
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    @Override
    public int doWork() throws Exception {
        if (progress.getAsLong() >= warmUp) {
            meter.begin();
        }
        return agent.doWork();
    }

    @Override
    public void onClose() {
        meter.end();
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }

    long allocatedBytes() {
        return meter.allocatedBytes();
    }
}
