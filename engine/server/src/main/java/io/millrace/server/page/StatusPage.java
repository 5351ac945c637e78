// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.page;

import io.millrace.bridge.lookup.QuoteMemory;
import io.millrace.counter.Counters;
import io.millrace.edge.EdgeContext;
import io.millrace.edge.EdgeServer;
import io.millrace.edge.status.EngineSource;
import io.millrace.edge.status.JournalReading;
import io.millrace.journal.JournalWriter;
import io.millrace.server.config.ConfigOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.EdgeOptions;
import io.millrace.server.config.LookupOptions;
import io.millrace.server.lookup.ConfiguredTiers;
import io.millrace.server.lookup.QuoteLookup;
import io.millrace.server.run.EngineJournal;
import io.millrace.server.run.MarketDataServer;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.status.CountersReader;

/**
 * The edge of this process as its options want it, or nothing when it is switched off. Opened
 * before the engine, so that a port that is taken stops a run before it begins. Control thread.
 */
public final class StatusPage implements AutoCloseable {
    private static final JournalWriter.State[] STATES = JournalWriter.State.values();

    private final EdgeServer edge;
    private final Map<String, String> environment;

    private StatusPage(EdgeServer edge, Map<String, String> environment) {
        this.edge = edge;
        this.environment = environment;
    }

    /**
     * Opens the ports.
     *
     * @param environment variables, where passwords of stores may stand
     * @throws IllegalArgumentException naming an option whose port cannot be had, and the remedy
     */
    public static StatusPage open(Configuration configuration,
        Map<String, String> environment) {
        if (!configuration.isTrue(EdgeOptions.ENABLED)) {
            return new StatusPage(null, environment);
        }
        return new StatusPage(EdgeServer.open(context(configuration)), environment);
    }

    /** Where page and metrics are, in one line. */
    public String text() {
        return edge == null ? "no page: edge.enabled is false"
            : "page " + edge.pageAddress() + "  metrics " + edge.metricsAddress();
    }

    /**
     * Shows a started server, and answers for the quotes of its securities, until the result is
     * closed, which is to be before the server is.
     *
     * @param configuration of its trading date
     */
    public Watching watch(MarketDataServer server, Configuration configuration) {
        return edge == null ? () -> { } : new Watch(server, configuration);
    }

    @Override
    public void close() {
        CloseHelper.close(edge);
    }

    static EdgeContext context(Configuration configuration) {
        return new EdgeContext()
            .interfaceAddress(configuration.text(EdgeOptions.INTERFACE))
            .port(configuration.integer(EdgeOptions.PORT))
            .metricsPort(configuration.integer(EdgeOptions.METRICS_PORT))
            .refreshMs(configuration.integer(EdgeOptions.REFRESH))
            .lineSilenceMs(configuration.integer(EdgeOptions.LINE_SILENCE))
            .maxClients(configuration.integer(EdgeOptions.MAX_CLIENTS))
            .version(EngineJournal.BUILD.replaceFirst("^\\S+ ", ""))
            .conclude();
    }

    /** Ends without a checked exception. */
    public interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    /** One server being shown. */
    private final class Watch implements Watching, EngineSource {
        private final Counters counters;
        private final JournalReading journal;
        private final AutoCloseable agent;
        private final AutoCloseable answering;
        private final QuoteLookup lookup;

        Watch(MarketDataServer server, Configuration configuration) {
            counters = server.counters();
            boolean isAsked = configuration.isTrue(LookupOptions.ENABLED);
            boolean isKept = isAsked && server.epochDirectory() != null
                && ConfiguredTiers.names(configuration).contains(LookupOptions.ENGINE);
            QuoteMemory memory = !isKept ? null : new QuoteMemory(server.epochDirectory(),
                configuration.integer(ConfigOptions.ENGINE_ORDERS));
            journal = server.epochDirectory() == null ? JournalReading.NONE
                : new JournalFollower(server.epochDirectory(), memory, counters::onError);
            lookup = !isAsked ? null : ConfiguredTiers.lookup(configuration, memory, environment,
                counters, server.clock());
            answering = !isAsked ? null : edge.answer(lookup, counters::onError);
            agent = edge.watch(this, server.clock(), counters::onError);
        }

        @Override
        public CountersReader counters() {
            return counters.manager();
        }

        @Override
        public int forEachError(ErrorConsumer consumer) {
            return counters.forEachError(consumer);
        }

        @Override
        public String queueState(long state) {
            return state < 0 || state >= STATES.length ? "unknown"
                : STATES[(int) state].text();
        }

        @Override
        public JournalReading journal() {
            return journal;
        }

        @Override
        public void close() {
            CloseHelper.closeAll(answering, agent, lookup, journal);
        }
    }
}
