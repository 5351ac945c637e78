// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.topic;

import static io.millrace.server.config.ConfigOptions.ENGINE_CORES;
import static io.millrace.server.config.ConfigOptions.ENGINE_THREADING;
import static io.millrace.server.config.ConfigOptions.FEED_SOURCE;
import static io.millrace.server.config.ConfigOptions.JOURNAL_DIRECTORY;

import io.millrace.bridge.kafka.InboundTopic;
import io.millrace.counter.Counters;
import io.millrace.counter.EngineClock;
import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.replay.EngineSection;
import io.millrace.server.bridge.BridgeSettings;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.KafkaOptions;
import io.millrace.server.run.EngineJournal;
import io.millrace.server.run.EngineOptions;
import io.millrace.server.run.RunOptions;
import io.millrace.server.run.StoppableAgent;
import io.millrace.server.run.TradingDates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A second engine whose only feed is the topic that another engine's bridge fills: the same head,
 * the same events, so the same books, outbound events and fingerprints, journaled once more.
 * Control thread.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Engine engine;
    private final EngineJournal journal;
    private final TopicIngress ingress;
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private boolean isClosed;

    private TopicFollower(Configuration configuration, InboundTopic topic) {
        EngineClock clock = new EngineClock();
        JournalHead head = topic.head();
        Pipeline pipeline = new Pipeline(EngineSection.read(head).clock(clock)
            .threadingMode(EngineOptions.threading(configuration.text(ENGINE_THREADING),
                RunOptions.automaticThreading()))
            .cores(EngineOptions.cores(configuration.text(ENGINE_CORES)))
            .counters(Counters.inMemory()).conclude());
        ingress = new TopicIngress(topic, pipeline.inbound());
        engine = new Engine(pipeline).ingress(new StoppableAgent(ingress, () -> !isAsked.get()));
        journal = EngineJournal.copy(Path.of(configuration.text(JOURNAL_DIRECTORY)), head,
            configuration, pipeline, clock);
    }

    /** True when a configuration's feed is a topic. */
    public static boolean isWanted(Configuration configuration) {
        return configuration.text(FEED_SOURCE).equals(KafkaOptions.SOURCE)
            && configuration.feedNames().isEmpty();
    }

    /**
     * Waits for the head of the trading date's journal, then makes the engine.
     *
     * @param isOver true ends the waiting
     * @return null when it ended without a head
     */
    public static TopicFollower open(Configuration configuration, BooleanSupplier isOver)
        throws IOException {
        InboundTopic topic = new InboundTopic(BridgeSettings.kafka(configuration),
            TradingDates.of(configuration, new EngineClock()).date());
        while (!topic.awaitHead(PATIENCE)) {
            if (isOver.getAsBoolean()) {
                topic.close();
                return null;
            }
        }
        return new TopicFollower(configuration, topic);
    }

    /** Starts from the last reader to the first writer. */
    public void start() {
        journal.attach(engine);
        engine.start();
    }

    /**
     * True once the engine that is followed has stopped, or this one's chain has failed, or its
     * journal cannot be appended to.
     */
    public boolean isDone() {
        return ingress.hasEnded() || engine.pipeline().chain().failure() != null
            || journal.isStopped();
    }

    /** One line about the moment. */
    public String status() {
        return String.format(Locale.ROOT, "run: %,d events from the topic  journal %,d in %,d out",
            ingress.taken(), journal.sequence(JournalQueue.INBOUND),
            journal.sequence(JournalQueue.OUTBOUND));
    }

    /** Directory of the epoch that is written. */
    public Path epochDirectory() {
        return journal.directory();
    }

    /** Checks, after a stop, what came of it. */
    public boolean report(StringBuilder text) {
        JournalVerifier.Report report = new JournalVerifier(journal.directory()).verify();
        boolean isWhole = report.isWhole() && journal.isAppending() && ingress.missing() == 0;
        text.append(String.format(Locale.ROOT, "topic    %,d events, %,d missing, %,d repeated%n",
            ingress.taken(), ingress.missing(), ingress.repeated()));
        text.append(String.format(Locale.ROOT, "journal  %s: %,d events in, %,d events out, %s%s%n",
            journal.directory(), journal.sequence(JournalQueue.INBOUND),
            journal.sequence(JournalQueue.OUTBOUND),
            report.isWhole() ? "verified" : report.damages().get(0),
            journal.isAppending() ? "" : "; " + journal.state()));
        return isWhole;
    }

    /** What was received goes all the way. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        isAsked.set(true);
        try {
            engine.close();
        } finally {
            journal.close();
        }
    }
}
