// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.topic;

import io.millrace.counter.Counters;
import io.millrace.counter.EngineClock;
import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventFlag;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.FeedRole;
import io.millrace.instrument.Venue;
import io.millrace.journal.JournalQueue;
import io.millrace.server.bridge.EngineBridges;
import io.millrace.server.config.ConfigOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.server.run.EngineJournal;
import io.millrace.server.run.EngineOptions;
import io.millrace.server.run.StoppableAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * The way from simulated messages to topics: the engine itself, whose journal the bridge reads, so
 * that topics hold what they would of a venue's messages. Chain and journals run on the caller's
 * thread, the bridge on one of its own. Control thread.
 */
public final class TopicFeeder {
    private final Configuration configuration;
    private final Map<String, String> environment;
    private final Path root;
    /** Set before the bridge starts. */
    private EngineJournal journal;

    /**
     * @param configuration with the bridges that are wanted
     * @param environment   variables, where passwords may stand
     * @param root          folder of the journal, empty
     */
    public TopicFeeder(Configuration configuration, Map<String, String> environment, Path root) {
        this.configuration = configuration;
        this.environment = environment;
        this.root = root;
    }

    /**
     * What came of it.
     *
     * @param messages    simulated
     * @param inbound     events of the journal inbound
     * @param outbound    events of the journal outbound
     * @param isDelivered true when the journal held everything, and brokers have all of it
     * @param bridges     a line of each bridge
     * @param errors      the distinct errors on the way
     */
    public record Result(long messages, long inbound, long outbound, boolean isDelivered,
        List<String> bridges, List<String> errors) {
    }

    /**
     * Takes all messages there are, once; then waits for the bridge, at most
     * {@code bridge.drain-ms}.
     *
     * @param goesOn asked often with the number of messages; false stops in order
     * @throws IOException when the bridge cannot be made
     */
    public Result run(SimulatedMessages source, LongPredicate goesOn) throws IOException {
        Pipeline pipeline = new Pipeline(EngineOptions
            .engine(configuration, ThreadingMode.INVOKER).counters(Counters.inMemory())
            .tradingDate(source.date().number()).conclude());
        SimulatedIngress ingress = ingress(source, pipeline);
        Engine engine = new Engine(pipeline)
            .head(inbound -> inbound.receiveTimeNs(source.firstTimeNs()))
            .ingress(new StoppableAgent(ingress, () -> goesOn.test(ingress.messages())));
        try (EngineBridges bridges = EngineBridges.open(configuration, root, this::journalEnd,
            pipeline, new EngineClock(), environment);
            EngineJournal opened = EngineJournal.create(root, source.date().date(),
                configuration, true, pipeline, null)) {
            journal = opened;
            journal.attach(engine);
            bridges.start();
            engine.start();
            try {
                engine.awaitIngress();
            } finally {
                engine.close();
            }
            bridges.drain();
            return new Result(ingress.messages(), journalEnd(JournalQueue.INBOUND),
                journalEnd(JournalQueue.OUTBOUND),
                journal.isAppending() && bridges.isDrained(), bridges.lines(),
                errors(pipeline.counters()));
        }
    }

    private long journalEnd(JournalQueue queue) {
        return journal.sequence(queue);
    }

    private SimulatedIngress ingress(SimulatedMessages source, Pipeline pipeline) {
        FeedChannel channel = new FeedChannel(Venue.SIMA,
            configuration.integer(ConfigOptions.FEED_CHANNEL), EventFlag.SIMULATED);
        return new SimulatedIngress(source, FeedProtocol.ITCH50.decoder(FeedRole.BOTH,
            pipeline.inbound(), channel, new FeedCounters(), pipeline.instruments()),
            pipeline.inbound());
    }

    private static List<String> errors(Counters counters) {
        List<String> errors = new ArrayList<>();
        counters.forEachError((count, firstMs, lastMs, text) ->
            errors.add(text.lines().findFirst().orElse(text) + " (" + count + " times)"));
        return errors;
    }
}
