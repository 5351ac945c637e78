// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.strategy.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * Threads and life cycle around a {@link Pipeline}. Readers run before the chain does, the chain
 * before ingress; a stop ends ingress, says so to the chain as an event, drains the chain, drains
 * the readers, and closes all in this order, so that nothing is lost at either end. An agent that
 * throws is noted in the error log and goes on; a stage that throws stops the chain and ingress,
 * and {@link #close()} throws what it threw. Used by one control thread, which is the ingress
 * thread too when no ingress agent was given.
 */
public final class Engine implements AutoCloseable {
    private final Pipeline pipeline;
    private final ThreadingMode mode;
    private final Map<String, Agent> readerByRole = new LinkedHashMap<>();
    private final List<Consumer<EventPublisher>> heads = new ArrayList<>();
    private Agent ingressAgent;
    private IngressDuty ingress;
    private SerialDuty serial;
    private EngineThreads threads;

    /** @param pipeline the wiring, used by this engine only */
    public Engine(Pipeline pipeline) {
        this.pipeline = pipeline;
        mode = pipeline.context().threadingMode();
    }

    /**
     * A started engine on the caller's thread, sized for a test or a back-test: publish, drain,
     * look.
     */
    public static Engine inline(Strategy... strategies) {
        EngineContext context = new EngineContext().maxOrders(1 << 18).maxVenues(2);
        for (Strategy strategy : strategies) {
            context.strategy(strategy);
        }
        Engine engine = new Engine(new Pipeline(context.conclude()));
        engine.start();
        return engine;
    }

    /** The agent that publishes into the inbound ring; without one the caller publishes. */
    public Engine ingress(Agent agent) {
        ingressAgent = agent;
        return this;
    }

    /**
     * Publishes what stands in front of the start: configuration, instruments. Called on the
     * ingress thread.
     */
    public Engine head(Consumer<EventPublisher> head) {
        heads.add(head);
        return this;
    }

    /**
     * An agent that reads a ring through a reader of its own, as a journal writer does. One that
     * ends early by AgentTerminationException detaches its reader in onClose.
     *
     * @param role name in thread names, core plans and reports: lower-case letters and dashes, 15
     *             at most
     */
    public Engine reader(String role, Agent agent) {
        if (readerByRole.put(role, agent) != null) {
            throw new IllegalArgumentException("two readers have the role '" + role + "'");
        }
        return this;
    }

    /**
     * Runs what an earlier life left through the chain before the start, all on the caller's
     * thread. Nothing is measured, no command is taken, and strategies are not called: they begin
     * with this life, on books that are whole.
     *
     * @param source publishes inbound as it stood, until it ends by AgentTerminationException
     * @param sink   takes what is derived, and gives inbound slots back where it gates them
     * @throws IllegalStateException when a stage threw
     */
    public void catchUp(Agent source, Agent sink) {
        if (threads != null) {
            throw new IllegalStateException("the engine has started");
        }
        new CatchUp(pipeline, source, sink).run();
    }

    /** Starts readers, then the chain, then ingress; throws when one of them did. */
    public void start() {
        boolean isCallerPublishing = ingressAgent == null && mode != ThreadingMode.INVOKER;
        ingress = new IngressDuty(pipeline, ingressAgent, heads);
        List<GuardedReader> readers = readerByRole.values().stream()
            .map(reader -> new GuardedReader(reader, pipeline.counters()::onError)).toList();
        serial = new SerialDuty(isCallerPublishing ? null : ingress, pipeline.chain(), readers);
        relieve(readers, isCallerPublishing);
        Agent onCaller = isCallerPublishing ? ingress : null;
        threads = switch (mode) {
            case INVOKER -> EngineThreads.none(pipeline, serial);
            case SHARED -> EngineThreads.shared(pipeline, serial, onCaller);
            case DEDICATED -> EngineThreads.dedicated(pipeline, readerByRole, ingress, onCaller,
                workCount -> workCount == 0 && isDrained());
        };
    }

    /**
     * Returns when everything published so far has gone through the chain, and, when the caller
     * publishes, through the readers too. In INVOKER mode it is the call that runs them.
     */
    public void drain() {
        if (ingressAgent == null || mode == ThreadingMode.INVOKER) {
            ingress.drainCommands();
            pipeline.inbound().commit();
        }
        if (mode == ThreadingMode.INVOKER) {
            drainSerially();
        } else {
            awaitChain(pipeline.inboundRing().cursor());
        }
    }

    /**
     * Runs or awaits ingress until its agent ends by AgentTerminationException: nothing more comes.
     * Then drains.
     */
    public void awaitIngress() {
        if (mode == ThreadingMode.INVOKER) {
            IdleStrategy idle = Waiting.SPIN_YIELD_PARK.newIdleStrategy();
            while (!ingress.isDone()) {
                idle.idle(serial.doWork());
            }
        } else {
            Uninterrupted.await(ingress.done());
        }
        drain();
    }

    /** Stops ingress, tells the chain so, drains chain and readers, closes all in this order. */
    @Override
    public void close() {
        if (threads == null) {
            return;
        }
        EngineThreads running = threads;
        threads = null;
        List<String> late = running.stop();
        if (pipeline.chain().failure() != null) {
            throw new IllegalStateException("a stage threw and stopped the chain",
                pipeline.chain().failure());
        }
        if (!late.isEmpty()) {
            throw new IllegalStateException(late + " had not drained after engine.close-timeout-ms "
                + pipeline.context().closeTimeoutMs());
        }
    }

    /**
     * Ingress, chain and readers, for a caller who runs their duty cycles in an order of its own
     * and leaves start and close to this engine. After start, in INVOKER mode.
     */
    public List<Agent> duties() {
        if (mode != ThreadingMode.INVOKER) {
            throw new IllegalStateException("threads run the duties in mode " + mode);
        }
        return serial.duties();
    }

    /** The wiring. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** Where the threads run, read back from the kernel. After start. */
    public List<ThreadReport> threads() {
        return threads.reports();
    }

    /** A full ring is relieved by the writer itself when its readers live on the same thread. */
    private void relieve(List<GuardedReader> readers, boolean isCallerPublishing) {
        List<Agent> behindOutbound = mode == ThreadingMode.DEDICATED ? List.of()
            : List.copyOf(readers);
        List<Agent> behindInbound = new ArrayList<>();
        if (mode != ThreadingMode.DEDICATED && !isCallerPublishing) {
            behindInbound.add(pipeline.chain());
            behindInbound.addAll(behindOutbound);
        }
        pipeline.inboundRelief().run(behindInbound);
        pipeline.outboundRelief().run(behindOutbound);
    }

    private void drainSerially() {
        do {
            serial.drain();
        } while (ingress.drainCommands() > 0);
    }

    private void awaitChain(long position) {
        IdleStrategy idle = Waiting.SPIN_YIELD_PARK.newIdleStrategy();
        while (pipeline.chain().position() < position && pipeline.chain().failure() == null
            || ingressAgent == null && !isDrained()) {
            idle.idle();
        }
    }

    private boolean isDrained() {
        return isDrained(pipeline.inboundRing()) && isDrained(pipeline.outboundRing());
    }

    private static boolean isDrained(EventRing ring) {
        return ring.cursor() < 0 || ring.remainingCapacity() == ring.capacity();
    }
}
