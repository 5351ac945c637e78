// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.bridge;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.Position;
import io.millrace.bridge.clickhouse.ClickHouseSink;
import io.millrace.bridge.kafka.KafkaSink;
import io.millrace.bridge.memcached.MemcachedSink;
import io.millrace.bridge.parquet.ParquetSink;
import io.millrace.bridge.postgres.PostgresSink;
import io.millrace.bridge.redis.RedisSink;
import io.millrace.counter.Counters;
import io.millrace.engine.Pipeline;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.retention.ReaderRegistry;
import io.millrace.server.config.BridgeOptions;
import io.millrace.server.config.ClickHouseOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.KafkaOptions;
import io.millrace.server.config.MemcachedOptions;
import io.millrace.server.config.ParquetOptions;
import io.millrace.server.config.PostgresOptions;
import io.millrace.server.config.RedisOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * The bridges of a process, each on a thread of its own that is not hot. They read the journal's
 * files and nothing else of the engine. Control thread.
 */
public final class EngineBridges implements AutoCloseable {
    /** A client that waits for its outside is interrupted after so long. */
    private static final int INTERRUPT_MS = 500;
    private static final int MS_PER_SECOND = 1_000;
    private static final long NS_PER_MS = 1_000_000L;
    private static final String READER_PREFIX = "bridge-";

    private final BridgeContext.JournalEnd journalEnd;
    private final ReaderRegistry readers;
    private final Counters counters;
    private final long tradingDate;
    private final long drainNs;
    private final AtomicBoolean isEnding = new AtomicBoolean();
    private final List<String> names = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();

    EngineBridges(BridgeContext.JournalEnd journalEnd, ReaderRegistry readers,
        long tradingDate, Counters counters, long drainNs) {
        this.journalEnd = journalEnd;
        this.readers = readers;
        this.tradingDate = tradingDate;
        this.counters = counters;
        this.drainNs = drainNs;
    }

    /**
     * Makes the bridges that the options want; when one cannot be made, none stays open.
     *
     * @param root        folder of the journals they read
     * @param journalEnd  of the one being written
     * @param environment variables, where passwords may stand
     */
    public static EngineBridges open(Configuration configuration, Path root,
        BridgeContext.JournalEnd journalEnd, Pipeline pipeline, EpochNanoClock clock,
        Map<String, String> environment) throws IOException {
        Counters counters = pipeline.counters();
        EngineBridges bridges = new EngineBridges(journalEnd, new ReaderRegistry(root),
            pipeline.context().tradingDate(), counters,
            configuration.number(BridgeOptions.DRAIN) * NS_PER_MS);
        Supplier<BridgeContext> context = () -> BridgeSettings.shared(configuration)
            .journalRoot(root).counters(counters).clock(clock).journalEnd(journalEnd)
            .positionListener(bridges::confirm).isEnding(bridges.isEnding::get);
        List<Wanted> wanted = wanted(configuration, root, environment, counters, context);
        long pauseMs = configuration.number(BridgeOptions.REHEARSAL_PAUSE);
        if (pauseMs > 0) {
            wanted.forEach(each -> each.context().beforeCheckpoint(
                new CheckpointPause(counters, each.sink().name(), pauseMs)));
        }
        return bridges.open(wanted);
    }

    /** A bridge to be made. */
    record Wanted(Bridge.SinkFactory sink, BridgeContext context) {
    }

    private static List<Wanted> wanted(Configuration configuration, Path root,
        Map<String, String> environment, Counters counters, Supplier<BridgeContext> context)
        throws IOException {
        List<Wanted> wanted = new ArrayList<>();
        if (configuration.isTrue(KafkaOptions.ENABLED)) {
            wanted.add(new Wanted(KafkaSink.factory(BridgeSettings.kafka(configuration), root),
                context.get()));
        }
        if (configuration.isTrue(RedisOptions.ENABLED)) {
            wanted.add(new Wanted(RedisSink.factory(BridgeSettings.redis(configuration,
                environment).counters(counters)), context.get()));
        }
        if (configuration.isTrue(MemcachedOptions.ENABLED)) {
            wanted.add(new Wanted(MemcachedSink.factory(BridgeSettings.memcached(configuration)
                .counters(counters)), context.get()));
        }
        if (configuration.isTrue(ClickHouseOptions.ENABLED)) {
            wanted.add(new Wanted(ClickHouseSink.factory(
                BridgeSettings.clickHouse(configuration, environment).counters(counters)),
                context.get()
                    .batchEvents(configuration.integer(ClickHouseOptions.BATCH_EVENTS))
                    .lingerMs(configuration.integer(ClickHouseOptions.LINGER))));
        }
        if (configuration.isTrue(PostgresOptions.ENABLED)) {
            wanted.add(new Wanted(PostgresSink.factory(
                BridgeSettings.postgres(configuration, environment)), context.get()));
        }
        if (configuration.isTrue(ParquetOptions.ENABLED)) {
            wanted.add(new Wanted(ParquetSink.factory(
                BridgeSettings.parquet(configuration, root)), context.get()
                    .batchEvents(configuration.integer(ParquetOptions.MAX_ROWS))
                    .lingerMs(configuration.integer(ParquetOptions.MAX_SECONDS) * MS_PER_SECOND)));
        }
        return wanted;
    }

    /** Makes them in turn; when one cannot be made, those before it are closed. */
    EngineBridges open(List<Wanted> wanted) throws IOException {
        try {
            for (Wanted each : wanted) {
                add(each.sink(), each.context());
            }
            return this;
        } catch (IOException | RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private void add(Bridge.SinkFactory sink, BridgeContext context) throws IOException {
        names.add(sink.name());
        register(sink.name());
        runners.add(new AgentRunner(new SleepingMillisIdleStrategy(1), counters::onError, null,
            new Bridge(context, sink)));
    }

    /** From now on no epoch is pruned that the bridge has not confirmed, in any later run too. */
    private void register(String name) {
        readers.register(READER_PREFIX + name, Set.of(JournalQueue.values()));
    }

    /** What cannot be confirmed is held, and no event waits for it. The bridge's thread. */
    private void confirm(String name, Position position) {
        try {
            for (JournalQueue queue : JournalQueue.values()) {
                readers.confirm(READER_PREFIX + name, queue, position.epoch(),
                    position.sequence(queue));
            }
        } catch (JournalException | UncheckedIOException e) {
            counters.onError(e);
        }
    }

    /** Each on its thread. */
    public void start() {
        runners.forEach(AgentRunner::startOnThread);
    }

    /** Waits until all have come to the end of a journal that has ended, or for so long. */
    public void drain() {
        isEnding.set(true);
        long deadlineNs = System.nanoTime() + drainNs;
        while (!isDrained() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(NS_PER_MS);
        }
    }

    /** True when all have come to the journal's end. */
    public boolean isDrained() {
        return names.stream().allMatch(name -> lag(name) == 0);
    }

    /** Behind this journal's end; of a bridge that is in an earlier one, as it tells itself. */
    private long lag(String name) {
        if (value(name, "epoch") != tradingDate) {
            return Math.max(1, value(name, "lag-events"));
        }
        long lag = 0;
        for (JournalQueue queue : JournalQueue.values()) {
            lag += journalEnd.sequence(queue) - value(name, queue.label() + ".sequence");
        }
        return lag;
    }

    private long value(String name, String counter) {
        return counters.counter("bridge." + name + '.' + counter).get();
    }

    /** One line for each, for the report. */
    public List<String> lines() {
        return names.stream().map(name -> String.format(Locale.ROOT,
            "%s: %,d events in %,d batches, lag %,d, %d failures, %d stalls, %d dead letters",
            name, value(name, "events"), value(name, "batches"), lag(name),
            value(name, "failures"), value(name, "stalls"), value(name, "dead-letters"))).toList();
    }

    /** For the status line. */
    public String status() {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(String.format(Locale.ROOT, "  %s lag %,d", name,
            value(name, "lag-events"))));
        return text.toString();
    }

    @Override
    public void close() {
        runners.forEach(runner -> runner.close(INTERRUPT_MS, thread -> { }));
    }
}
