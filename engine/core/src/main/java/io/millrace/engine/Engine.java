// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * Threads and life cycle around a {@link Pipeline}: readers run before ingress does, and a stop drains what was
 * published through the chain and the readers, so that nothing is lost at either end. Used by one control thread.
 */
public final class Engine implements AutoCloseable {
    private final Pipeline pipeline;
    private final List<Agent> readers = new ArrayList<>();
    private IngressDuty ingress;

    /** @param pipeline the wiring, used by this engine only */
    public Engine(Pipeline pipeline) {
        this.pipeline = pipeline;
        ingress = new IngressDuty(pipeline, null);
    }

    /** An engine on the caller's thread with default options, started. */
    public static Engine inline(Strategy... strategies) {
        EngineContext context = new EngineContext();
        for (Strategy strategy : strategies) {
            context.strategy(strategy);
        }
        Engine engine = new Engine(new Pipeline(context.conclude()));
        engine.start();
        return engine;
    }

    /** The agent that publishes into the inbound ring; without one the caller publishes. */
    public Engine ingress(Agent agent) {
        ingress = new IngressDuty(pipeline, agent);
        return this;
    }

    /**
     * An agent that reads a ring through a reader of its own, as a journal writer does.
     *
     * @param role name in thread names, core plans and reports
     */
    public Engine reader(String role, Agent agent) {
        readers.add(agent);
        return this;
    }

    /** Starts readers, then the chain, then ingress. */
    public void start() {
        Agent[] all = readers.toArray(new Agent[readers.size() + 1]);
        System.arraycopy(all, 0, all, 1, readers.size());
        all[0] = pipeline.chain();
        pipeline.inboundRelief().run(all);
        pipeline.outboundRelief().run(readers.toArray(new Agent[0]));
        readers.forEach(Agent::onStart);
        pipeline.chain().onStart();
        ingress.onStart();
    }

    /** Runs commands, chain and readers until all that was published has been seen. */
    public void drain() {
        int workCount;
        do {
            workCount = pipeline.commands().drainTo(pipeline.inbound());
            pipeline.inbound().commit();
            workCount += AgentDuty.doWork(pipeline.chain());
            for (Agent reader : readers) {
                workCount += AgentDuty.doWork(reader);
            }
        } while (workCount > 0);
    }

    /** Runs or awaits ingress until its agent says by AgentTerminationException that nothing more comes. */
    public void awaitIngress() {
        while (AgentDuty.doWork(ingress) >= 0) {
            drain();
        }
        drain();
    }

    /** Stops ingress, tells the chain so, drains chain and readers, closes all in this order. */
    @Override
    public void close() {
        ingress.onClose();
        drain();
        pipeline.chain().onClose();
        readers.forEach(Agent::onClose);
    }

    /** The wiring. */
    public Pipeline pipeline() {
        return pipeline;
    }
}
