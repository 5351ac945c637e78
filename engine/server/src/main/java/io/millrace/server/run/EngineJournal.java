// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import static io.millrace.server.config.ConfigOptions.JOURNAL_EXCERPT;
import static io.millrace.server.config.ConfigOptions.JOURNAL_MINIMUM_FREE;
import static io.millrace.server.config.ConfigOptions.JOURNAL_SYNC;
import static io.millrace.server.config.ConfigOptions.JOURNAL_SYNC_INTERVAL;

import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import io.millrace.journal.InstrumentStore;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSync;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.KeptEvents;
import io.millrace.journal.checkpoint.CheckpointStore;
import io.millrace.journal.checkpoint.HoleCheckpoints;
import io.millrace.journal.disk.OnFull;
import io.millrace.journal.replay.EngineSection;
import io.millrace.journal.replay.JournalResumption;
import io.millrace.server.checkpoint.CheckpointKeeper;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.DiskOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * Both journals of an engine: a writer behind each ring and an unhurried thread that forces to
 * disk. Made before the engine starts, closed after it has stopped.
 */
public final class EngineJournal implements AutoCloseable {
    /** Name and version of this build. */
    public static final String BUILD = "millrace 0.1.0";

    private final Path root;
    private final Journal journal;
    private final Pipeline pipeline;
    private final EventReader inboundReader;
    private final EventReader outboundReader;
    private final JournalWriter inbound;
    private final JournalWriter outbound;
    private final List<AgentRunner> companions = new ArrayList<>();
    private final HoleCheckpoints holes;
    private CheckpointKeeper checkpoints;
    private boolean isClosed;

    private EngineJournal(Path root, Journal journal, Pipeline pipeline) {
        this.root = root;
        this.journal = journal;
        this.pipeline = pipeline;
        inboundReader = pipeline.inboundRing().newGatingReader();
        outboundReader = pipeline.outboundRing().newGatingReader();
        inbound = journal.writer(JournalQueue.INBOUND, inboundReader);
        outbound = journal.writer(JournalQueue.OUTBOUND, outboundReader);
        holes = new HoleCheckpoints(pipeline, journal, inbound);
        addCompanions(List.of(journal.watch()));
        addCompanions(journal.companions());
    }

    private void addCompanions(List<Agent> agents) {
        if (!agents.isEmpty()) {
            companions.add(new AgentRunner(new SleepingMillisIdleStrategy(1),
                pipeline.counters()::onError, null, new CompositeAgent(agents)));
        }
    }

    /**
     * Begins the epoch of a trading date; securities keep the ids they had in any other epoch.
     *
     * @param clock stamps what is appended, or null for no stamps, as of what is imported: there
     *              nothing may enter in between, so that a full disk ends the appending for good
     */
    public static EngineJournal create(Path root, LocalDate date, Configuration configuration,
        boolean isSimulated, Pipeline pipeline, EpochNanoClock clock) {
        InstrumentStore.restore(root, date, pipeline.instruments(), CheckpointStore::newestKept,
            pipeline.counters()::onError);
        StringBuilder keys = new StringBuilder();
        configuration.all()
            .forEach((key, value) -> keys.append(key).append(": ").append(value).append('\n'));
        JournalHead head = JournalHead.of(date, BUILD, keys.toString(), isSimulated,
            InstrumentStore.symbols(pipeline.instruments()));
        return new EngineJournal(root,
            Journal.create(root, EngineSection.write(head, pipeline.context()),
                context(configuration, pipeline, clock)), pipeline).keep(configuration);
    }

    /** What is imported is followed by nobody: it does not last. */
    private EngineJournal keep(Configuration configuration) {
        checkpoints = new CheckpointKeeper(configuration, directory(), journal.head(), pipeline);
        Agent follower = journal.context().clock() == null ? null : checkpoints.follower();
        addCompanions(follower == null ? List.of() : List.of(follower));
        return this;
    }

    /**
     * Begins the epoch of another engine's trading date, with its head as it is. Nothing may enter
     * in between what that one sends, so that a full disk ends the appending for good.
     *
     * @param clock stamps what is appended, or null for no stamps
     */
    public static EngineJournal copy(Path root, JournalHead head, Configuration configuration,
        Pipeline pipeline, EpochNanoClock clock) {
        return new EngineJournal(root,
            Journal.create(root, head, context(configuration, pipeline, clock).commands(null)),
            pipeline).keep(configuration);
    }

    /**
     * Goes on with the epoch of a trading date behind its last event; {@link #catchUp} is to follow
     * before the engine starts.
     *
     * @param clock stamps what is appended
     * @throws JournalException when the journal is damaged
     */
    static EngineJournal open(Path root, LocalDate date, Configuration configuration,
        Pipeline pipeline, EpochNanoClock clock) {
        Journal journal = Journal.open(root, date, context(configuration, pipeline, clock));
        try {
            new CheckpointStore(journal.directory()).deleteUnfinished();
            resumeInstruments(root, date, journal, pipeline);
            return new EngineJournal(root, journal, pipeline).keep(configuration);
        } catch (RuntimeException failure) {
            journal.close();
            throw failure;
        }
    }

    /** Gives securities the ids that they had in an epoch that goes on, and in any other. */
    public static void resumeInstruments(Path root, LocalDate date, Journal journal,
        Pipeline pipeline) {
        KeptEvents kept = new KeptEvents();
        new CheckpointStore(journal.directory()).kept(kept,
            journal.lastSequence(JournalQueue.INBOUND), refused -> { });
        InstrumentStore.resume(root, date, pipeline.instruments(), kept,
            CheckpointStore::newestKept, pipeline.counters()::onError);
    }

    private static JournalContext context(Configuration configuration, Pipeline pipeline,
        EpochNanoClock clock) {
        return new JournalContext()
            .sync(JournalSync.valueOf(configuration.text(JOURNAL_SYNC).toUpperCase(Locale.ROOT)))
            .syncIntervalMs(configuration.integer(JOURNAL_SYNC_INTERVAL))
            .excerptEvents(configuration.integer(JOURNAL_EXCERPT))
            .minimumFreeMb(configuration.integer(JOURNAL_MINIMUM_FREE))
            .resumeMarginMb(configuration.integer(DiskOptions.RESUME_MARGIN))
            .onFull(OnFull.valueOf(configuration.text(DiskOptions.ON_FULL)
                .toUpperCase(Locale.ROOT)))
            .commands(clock == null ? null : pipeline.commands())
            .clock(clock)
            .counters(pipeline.counters());
    }

    /**
     * Brings the engine to where the earlier lives ended.
     *
     * @see JournalResumption#run
     */
    JournalResumption.Result catchUp(Engine engine, Consumer<EventView> history,
        LongPredicate goesOn) {
        JournalResumption resumption =
            new JournalResumption(journal, engine, inboundReader, outboundReader, outbound);
        JournalResumption.Result result = resumption.run(history, goesOn);
        if (result.isWhole()) {
            checkpoints.onCaughtUp(result.inboundCount() - result.knownSequence(),
                resumption.kept());
        }
        return result;
    }

    /** Sequence of the last event that a queue held when it was opened, 0 for a new one. */
    long foundSequence(JournalQueue queue) {
        return journal.lastSequence(queue);
    }

    /** Puts the writers behind the rings and starts the threads beside them. */
    public void attach(Engine engine) {
        attach(engine, UnaryOperator.identity());
    }

    /**
     * The same with writers that run within other agents.
     *
     * @param wrapping from a writer to the agent that runs it
     */
    void attach(Engine engine, UnaryOperator<Agent> wrapping) {
        engine.reader("journal-in", wrapping.apply(inbound))
            .reader("journal-out", wrapping.apply(outbound));
        companions.forEach(AgentRunner::startOnThread);
    }

    /** Many times a second: keeps what is to be known behind a hole. Control thread. */
    void onTick() {
        holes.onTick();
    }

    /** Directory of the epoch. */
    public Path directory() {
        return journal.directory();
    }

    /** Sequence of the last event that a queue holds. Any thread. */
    public long sequence(JournalQueue queue) {
        return (queue == JournalQueue.INBOUND ? inbound : outbound).sequence();
    }

    /** True while everything is appended. Any thread. */
    public boolean isAppending() {
        return inbound.state() == JournalWriter.State.APPENDING
            && outbound.state() == JournalWriter.State.APPENDING;
    }

    /** What the writers do, in words. */
    public String state() {
        return "inbound " + inbound.state().text() + ", outbound " + outbound.state().text();
    }

    /** True once appending stopped and the engine is to stop with it. Any thread. */
    public boolean isHalted() {
        return journal.context().onFull() == OnFull.HALT && isStopped();
    }

    /** True once events are missing, whatever for and whether or not for good. Any thread. */
    public boolean isStopped() {
        return !(inbound.state().isAppending() && outbound.state().isAppending());
    }

    /** Closes what no engine has run with: no checkpoint is made of it. */
    void abandon() {
        isClosed = true;
        CloseHelper.closeAll(companions);
        journal.close();
    }

    /**
     * Leaves the journal open, and notes that as an error, while a writer's thread still runs: its
     * memory must not be taken from under it. A later call closes it.
     */
    @Override
    public void close() {
        CloseHelper.closeAll(companions);
        if (isClosed) {
            return;
        }
        if (inbound.isOpen() || outbound.isOpen()) {
            pipeline.counters().onError(new JournalException("journal " + journal.directory()
                + " is left open: a writer has not ended"));
            return;
        }
        isClosed = true;
        holes.onTick();
        journal.close();
        checkpoints.onStopped(inbound.sequence(), outbound.sequence());
        saveInstruments();
    }

    /** Without space for the file the next start reads the journal itself. */
    private void saveInstruments() {
        try {
            InstrumentStore.save(root, journal.head().tradingDate(), inbound.sequence(),
                pipeline.instruments(), pipeline.counters()::onError);
        } catch (UncheckedIOException failure) {
            pipeline.counters().onError(failure);
        }
    }
}
