// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Source, chain and sink one after the other on the caller's thread, before an engine has threads:
 * what an earlier life left goes through the very chain that goes on with it. Whoever throws ends
 * it. Control thread.
 */
final class CatchUp {
    private final Pipeline pipeline;
    private final Agent source;
    private final Agent sink;

    CatchUp(Pipeline pipeline, Agent source, Agent sink) {
        this.pipeline = pipeline;
        this.source = source;
        this.sink = sink;
    }

    void run() {
        pipeline.inboundRelief().run(List.of(new Chain(), sink));
        pipeline.outboundRelief().run(List.of(sink));
        boolean isEnded = false;
        while (!isEnded) {
            isEnded = !hasMore();
            drain();
        }
    }

    private boolean hasMore() {
        try {
            AgentDuty.doWork(source);
            return true;
        } catch (AgentTerminationException end) {
            pipeline.inbound().commit();
            return false;
        }
    }

    private void drain() {
        while (pipeline.chain().catchUp() + AgentDuty.doWork(sink) > 0) {
            continue;
        }
    }

    /** The chain as who relieves a full inbound ring. */
    private final class Chain implements Agent {
        @Override
        public int doWork() {
            return pipeline.chain().catchUp();
        }

        @Override
        public String roleName() {
            return pipeline.chain().roleName();
        }
    }
}
