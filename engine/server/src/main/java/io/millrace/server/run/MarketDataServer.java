// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.COUNTERS_FILE;
import static io.millrace.server.config.ConfigOptions.FEED_DATE;
import static io.millrace.server.config.ConfigOptions.FEED_OVERFLOW_WAIT;
import static io.millrace.server.config.ConfigOptions.JOURNAL_DIRECTORY;
import static io.millrace.server.config.ConfigOptions.JOURNAL_ENABLED;

import io.millrace.counter.Counters;
import io.millrace.counter.CountersFile;
import io.millrace.counter.EngineClock;
import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadReport;
import io.millrace.event.ChainClock;
import io.millrace.feed.IngressAgent;
import io.millrace.feed.TradingDate;
import io.millrace.feed.recovery.LeftSession;
import io.millrace.journal.EpochLock;
import io.millrace.journal.Journal;
import io.millrace.server.bridge.EngineBridges;
import io.millrace.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;

/**
 * The wiring of the process, top to bottom as the picture of the line: exchange or venue, receiver,
 * session, decoder, ring, chain, journals. Used by one control thread.
 */
public final class MarketDataServer implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long DRAIN_PATIENCE_NS = 3_000_000_000L;
    /** What is missing at a stop is asked for so long before it is declared lost. */
    private static final long HEAL_NS = 2_000_000_000L;

    private final EngineClock clock;
    private final EpochLock lock;
    private final CountersFile countersFile;
    private final TradingDate date;
    private final List<LiveFeed> feeds = new ArrayList<>();
    private final Pipeline pipeline;
    private final Engine engine;
    private final EngineJournal journal;
    private final DiskForecast forecast;
    private final Restart restart;
    private final SimulatedExchange exchange;
    private final DateWatch dateWatch;
    private final RollWatch rollWatch;
    private final EngineBridges bridges;
    private final StatusCounters status;
    private final boolean isSimulated;
    private final ClockWatch clockWatch;
    private final FeedRecorder recorder;
    private List<ThreadReport> threads = List.of();
    private boolean hasStarted;
    private boolean hasStopped;
    private boolean isEnded;

    private MarketDataServer(Configuration configuration, Map<String, String> environment,
                             long flowNs, OpenedParts opened) throws IOException {
        RunOptions.check(configuration, environment);
        boolean isBuiltIn = EngineOptions.isSimulated(configuration);
        isSimulated = EngineOptions.isSimulatedData(configuration);
        Path root = Path.of(configuration.text(JOURNAL_DIRECTORY));
        clock = TradingDays.clock(configuration);
        date = TradingDates.of(configuration, clock);
        lock = opened.add(lock(configuration, Journal.directory(root, date.date())));
        countersFile = opened.add(countersFile(configuration, root));

        pipeline = new Pipeline(EngineOptions
            .engine(configuration, RunOptions.automaticThreading())
            .clock(clock).tradingDate(date.number())
            .counters(countersFile == null ? Counters.inMemory() : countersFile.counters())
            .conclude());

        for (Configuration feed : ConfiguredFeeds.of(configuration)) {
            feeds.add(opened.add(new LiveFeed(feed, pipeline, clock, date)));
        }
        exchange = opened.add(isBuiltIn ? exchange(configuration, flowNs) : null);
        ChainClock chainClock =
            new ChainClock(pipeline.inbound(), feeds.get(0).channel().flags());
        for (int i = 0; i < feeds.size(); i++) {
            SimulatedVenue venue = isBuiltIn ? exchange.venues().get(i) : null;
            feeds.get(i).learn(venue == null ? Map.of() : venue.servers());
        }
        recorder = opened.add(FeedRecorder.open(configuration, date.date(), feeds, clock,
            pipeline.counters()));
        for (LiveFeed feed : feeds) {
            feed.connect(isBuiltIn ? SimulatedVenue.PASSWORDS : environment, chainClock,
                recorder);
        }
        IngressAgent ingress = new IngressAgent(pipeline.inbound(), chainClock, clock,
            configuration.number(FEED_OVERFLOW_WAIT) * NS_PER_MS,
            feeds.stream().flatMap(feed -> feed.lines().stream()).toList(),
            feeds.stream().flatMap(feed -> feed.tasks().stream()).toList());
        ingress.healAtEnd(HEAL_NS);
        if (recorder != null) {
            ingress.tap(recorder.tap());
        }

        dateWatch = isBuiltIn ? null : new DateWatch(date,
            configuration.text(FEED_DATE).equals(TradingDates.TODAY),
            feeds.stream().map(LiveFeed::counters).toList(), clock);
        rollWatch = TradingDays.isRolling(configuration) ? new RollWatch(date,
            TradingDays.earliestEndNs(configuration, date),
            feeds.stream().map(LiveFeed::counters).toList(), clock) : null;
        engine = new Engine(pipeline).ingress(ingress);
        restart = lock == null ? null
            : Restart.of(Journal.directory(root, date.date()), lock, feeds);
        journal = journal(configuration, root);
        opened.add(journal == null ? null : (AutoCloseable) journal::abandon);
        forecast = journal == null ? null : new DiskForecast(root, pipeline.counters());
        clockWatch = new ClockWatch(clock, pipeline.commands(), configuration,
            pipeline.counters());
        bridges = opened.add(journal == null ? null
            : EngineBridges.open(configuration, root, journal::sequence, pipeline, clock,
                environment));
        status = new StatusCounters(this);
    }

    /**
     * Opens everything; nothing runs yet. When something cannot be opened, what was is closed.
     *
     * @param environment variables, where passwords may stand
     * @param flowNs      span that a simulated day takes
     */
    public static MarketDataServer open(Configuration configuration,
        Map<String, String> environment, long flowNs) throws IOException {
        OpenedParts opened = new OpenedParts();
        try {
            return new MarketDataServer(configuration, environment, flowNs, opened);
        } catch (IOException | RuntimeException | Error failure) {
            opened.closeAfter(failure);
            throw failure;
        }
    }

    private SimulatedExchange exchange(Configuration configuration, long flowNs)
        throws IOException {
        List<VenueSite> sites = new ArrayList<>();
        for (LiveFeed feed : feeds) {
            sites.add(feed.site());
        }
        return new SimulatedExchange(configuration, sites, date.date(),
            clock.nanoTime() - date.midnightNs(), flowNs, pipeline.counters()::onError);
    }

    private EngineJournal journal(Configuration configuration, Path root) {
        if (lock == null) {
            return null;
        }
        if (restart == null) {
            return EngineJournal.create(root, date.date(), configuration,
                EngineOptions.isSimulatedData(configuration), pipeline, clock);
        }
        EngineJournal opened =
            EngineJournal.open(root, date.date(), configuration, pipeline, clock);
        restart.journal(opened);
        return opened;
    }

    /** What earlier lives of the journal left, or null when it is a new one. */
    public Restart restart() {
        return restart;
    }

    /**
     * Brings engine and sessions to where the last life ended, if there was one. Before the start.
     *
     * @param goesOn asked often with the number of events so far; false stops in order
     * @return false when it was stopped: this must not start
     */
    public boolean catchUp(LongPredicate goesOn) {
        if (restart == null) {
            return true;
        }
        status.replaying();
        return restart.catchUp(engine, goesOn);
    }

    /** Starts from the last reader to the first writer. */
    public void start() {
        start(UnaryOperator.identity());
    }

    /** The same with journal writers that run within other agents. */
    void start(UnaryOperator<Agent> wrapping) {
        hasStarted = true;
        if (journal != null) {
            journal.attach(engine, wrapping);
        }
        if (recorder != null) {
            recorder.start();
        }
        feeds.forEach(LiveFeed::resume);
        if (bridges != null) {
            bridges.start();
        }
        engine.start();
        threads = engine.threads();
        status.begin(isSimulated);
        if (exchange != null) {
            exchange.start();
        }
    }

    /** Many times a second: shows in the counters what other threads and processes look at. */
    public void onTick() {
        clockWatch.onTick();
        status.sample();
        if (journal != null) {
            journal.onTick();
        }
    }

    /** Once a second: follows the wall clock, and tells its steps. */
    public void onSecond() {
        clockWatch.onSecond();
        if (forecast != null) {
            forecast.onSecond();
        }
        if (recorder != null) {
            recorder.onSecond();
        }
    }

    /**
     * Why a live feed must not go on under its trading date, or null. A simulated day never leaves
     * its date.
     */
    public String dateProblem() {
        return dateWatch == null || rollWatch != null ? null : dateWatch.problem();
    }

    /** True when the run is to go over to the next trading date. */
    public boolean isRollDue() {
        return rollWatch != null && rollWatch.isDue();
    }

    /** Tells what the last trading date left behind: packets of those sessions are not of this. */
    public void follow(List<LeftSession> yesterday) {
        for (int i = 0; i < yesterday.size(); i++) {
            feeds.get(i).follow(yesterday.get(i));
        }
    }

    /** What the sessions of this date are known by to the next one. After the stop. */
    public List<LeftSession> leave() {
        return feeds.stream().map(LiveFeed::leave).toList();
    }

    /**
     * Stops from the first writer to the last reader; what was received goes all the way. The
     * journal of a writer that does not end stays open.
     */
    public void stop() {
        if (hasStopped) {
            return;
        }
        hasStopped = true;
        if (exchange != null) {
            exchange.hush();
            awaitIngress();
            exchange.close();
        }
        try {
            engine.close();
            isEnded = true;
        } finally {
            status.end();
            CloseHelper.close(recorder);
            closeJournal();
            if (bridges != null && isEnded && hasStarted) {
                bridges.drain();
            }
            CloseHelper.close(bridges);
        }
    }

    /**
     * Stops if that was not done, and gives the memory of the counters back: nothing can be asked
     * any more. After an engine that did not end in order the memory stays, for a thread of it may
     * still count.
     */
    @Override
    public void close() {
        stop();
        if (isEnded) {
            CloseHelper.closeAll(feeds);
            CloseHelper.closeAll(countersFile, lock);
        }
    }

    /** Directory of the epoch that a configuration will write. */
    public static Path epochDirectory(Configuration configuration) {
        return Path.of(configuration.text(JOURNAL_DIRECTORY))
            .resolve(TradingDates.of(configuration, TradingDays.clock(configuration)).date()
                .toString());
    }

    /** Directory of the epoch that is written, or null without a journal. */
    public Path epochDirectory() {
        return journal == null ? null : journal.directory();
    }

    /** Counters and distinct errors, until this is closed. */
    public Counters counters() {
        return pipeline.counters();
    }

    /** The clock of all stamps. */
    public EngineClock clock() {
        return clock;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    List<LiveFeed> feeds() {
        return feeds;
    }

    EngineJournal journal() {
        return journal;
    }

    SimulatedExchange exchange() {
        return exchange;
    }

    /** The raw recorder, or null without one. */
    FeedRecorder recorder() {
        return recorder;
    }

    /** The bridges, or null without a journal. */
    EngineBridges bridges() {
        return bridges;
    }

    List<ThreadReport> threads() {
        return threads;
    }

    /** No writer's thread ends where none began. */
    private void closeJournal() {
        if (journal != null && !hasStarted) {
            journal.abandon();
        }
        CloseHelper.close(journal);
    }

    /** What the exchange sent may still stand in socket buffers, or be asked for again. */
    private void awaitIngress() {
        long deadlineNs = System.nanoTime() + DRAIN_PATIENCE_NS;
        while (!feeds.stream().allMatch(this::hasAll) && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(NS_PER_MS);
        }
    }

    private boolean hasAll(LiveFeed feed) {
        return feed.hasSettled(
            exchange.venues().get(feeds.indexOf(feed)).agent().messagesSent());
    }

    /** Nobody else writes the epoch, and what decides about its output is what it was. */
    private static EpochLock lock(Configuration configuration, Path epochDirectory) {
        if (!configuration.isTrue(JOURNAL_ENABLED)) {
            return null;
        }
        EpochLock lock = EpochLock.take(epochDirectory);
        try {
            if (Journal.isBegun(epochDirectory)) {
                RestartCheck.check(Journal.head(epochDirectory), configuration);
            }
            return lock;
        } catch (RuntimeException refusal) {
            lock.close();
            throw refusal;
        }
    }

    private static CountersFile countersFile(Configuration configuration, Path root) {
        String file = configuration.text(COUNTERS_FILE);
        if (!file.equals("auto")) {
            return CountersFile.create(Path.of(file));
        }
        return configuration.isTrue(JOURNAL_ENABLED)
            ? CountersFile.create(root.resolve("counters.dat")) : null;
    }
}
