// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.instrument.InstrumentDirectory;
import io.millrace.instrument.Venue;
import io.millrace.journal.InstrumentStore;
import io.millrace.journal.Journal;
import io.millrace.journal.replay.EngineSection;
import io.millrace.journal.replay.JournalReplayer;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationLoader;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.simulator.wire.StreamCount;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AgentTerminationException;

/** A simulated exchange that outlives the engines that listen to it: same options, own threads. */
public final class OutsideExchange implements AutoCloseable {
    /** Its trading date. */
    public static final LocalDate DATE = LocalDate.of(2026, 1, 5);

    private static final long REST_NS = 300_000_000L;

    private final Configuration configuration;
    private final StandaloneExchange exchange;

    /**
     * One that does not send yet.
     *
     * @param options besides ports and date
     * @param flowNs  span of the day
     */
    public OutsideExchange(Map<String, String> options, long flowNs) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
            "feed.port", freeUdpPort(), "feed.port-b", freeUdpPort(),
            "simulator.request-server", "on", "feed.trading-date", DATE.toString()));
        all.putAll(options);
        configuration = new ConfigurationLoader().environment(Map.of()).conclude().with(all);
        exchange = new StandaloneExchange(configuration, flowNs, failure -> {
            throw new IllegalStateException(failure);
        });
    }

    /** Begins its day. */
    public OutsideExchange start() {
        exchange.start();
        return this;
    }

    /** Passwords as an engine finds them in its environment. */
    static Map<String, String> environment() {
        return SimulatedVenue.PASSWORDS;
    }

    /** What an engine must be told to listen to the one venue. */
    public List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("--feed.trading-date", DATE.toString()));
        for (String key : List.of("engine.max-instruments", "engine.max-orders",
            "engine.max-venues", "engine.inbound-capacity")) {
            flags.addAll(List.of("--" + key, configuration.text(key)));
        }
        exchange.engineOptions(0).forEach((key, value) ->
            flags.addAll(List.of("--" + key, value)));
        return flags;
    }

    /** True once the day was sent. */
    boolean isDone() {
        return exchange.isDone();
    }

    /** Sends nothing new, and repairs what listeners miss; returns once it has come to rest. */
    public void hush() {
        exchange.hush();
        long sent = -1;
        while (sent != exchange.messagesSent()) {
            sent = exchange.messagesSent();
            LockSupport.parkNanos(REST_NS);
        }
    }

    /** Ends the day once an engine has all of it; false when it has not got that in time. */
    public boolean endWith(EngineProcess engine, Path epochDirectory, long patienceMs) {
        try (ChannelFollower channel = new ChannelFollower(epochDirectory)) {
            long sent = messagesSent();
            boolean isCaughtUp = engine.await(() -> channel.hasAll(sent), patienceMs);
            hush();
            return isCaughtUp && engine.await(() -> channel.hasAll(messagesSent()), patienceMs);
        }
    }

    /** Logins that the first venue's SoupBinTCP server accepted. */
    long logins() {
        return exchange.venues().get(0).agent().stream().of(StreamCount.ACCEPTED);
    }

    /** Messages that all venues have sent. */
    public long messagesSent() {
        return exchange.messagesSent();
    }

    /** What an engine must be told to listen to all venues. */
    String engineConfiguration() {
        return exchange.engineConfiguration();
    }

    /** Compares the first venue's books with those that a journal leads to; after the close. */
    BookComparison books(Path epochDirectory) {
        return allBooks(epochDirectory).get(0);
    }

    /** Compares the books of all venues with those that a journal leads to; after the close. */
    List<BookComparison> allBooks(Path epochDirectory) {
        Pipeline pipeline = new Pipeline(EngineSection.read(Journal.head(epochDirectory))
            .threadingMode(ThreadingMode.INVOKER).conclude());
        JournalReplayer replayer =
            new JournalReplayer(epochDirectory, pipeline.inbound(), new ReplayContext());
        try (Engine engine = new Engine(pipeline)) {
            engine.start();
            replay(replayer, engine);
        }
        replayer.onClose();
        InstrumentDirectory symbols = new InstrumentDirectory(pipeline.instruments().capacity());
        InstrumentStore.restore(epochDirectory, symbols, failure -> { });
        String[] protocols = configuration.text("simulator.venues").split(",");
        List<BookComparison> all = new ArrayList<>();
        for (int i = 0; i < protocols.length; i++) {
            all.add(new BookComparison(pipeline.market(), symbols, Venue.SIMA.id() + i,
                exchange.venues().get(i).agent().books(), FeedProtocol.of(protocols[i])).run());
        }
        return all;
    }

    private static void replay(JournalReplayer replayer, Engine engine) {
        try {
            while (replayer.doWork() >= 0) {
                engine.drain();
            }
        } catch (AgentTerminationException end) {
            engine.drain();
        }
    }

    @Override
    public void close() {
        exchange.close();
    }

    private static String freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
