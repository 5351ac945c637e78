// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Copies journals to an outside system: reads a batch, sends it, reads the next while it waits
 * until that is acknowledged, moves the checkpoint. The engine does not know of it; journals and
 * outside may come and go in any order. One thread that is not hot: a sink may block it.
 */
public final class Bridge implements Agent {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long JOURNAL_WAIT_NS = 200 * NS_PER_MS;
    private static final long LOOK_INTERVAL_NS = 500 * NS_PER_MS;
    /** What the outside tells by itself is in the checkpoint by so much later at most. */
    private static final long CHECKPOINT_INTERVAL_NS = 100 * NS_PER_MS;
    private static final String DIRECTORY = "bridges";

    /** What the bridge waits for. */
    private enum Phase { SINK, JOURNAL, EVENTS, ACKNOWLEDGEMENT }

    private final Sink sink;
    private final BridgeContext context;
    private final BridgeCounters counters;
    private final EpochNanoClock clock;
    private final Path checkpointPath;
    private final SymbolDirectory symbols = new SymbolDirectory();
    private final EpochTails tails;
    private final JournalLag lag;
    private final Backoff backoff;

    private EventBatch batch;
    /** What follows the batch, read while that is on its way. */
    private EventBatch next;
    private boolean isAhead;
    private Checkpoint checkpoint;
    private boolean isCheckpointDue;
    private long checkpointNs;
    /** The end of the batch that was on its way when the process ended, as long as it is next. */
    private Position intended;
    private Position start;
    private Phase phase = Phase.SINK;
    private long notBeforeNs = Long.MIN_VALUE;
    private long sinceNs;
    private long lookedNs = Long.MIN_VALUE;
    private LocalDate nextEpoch;
    private boolean isStalled;

    /**
     * @param context options, concluded here
     * @param sinks   makes the sink, which may keep what it is given
     * @throws IOException when the checkpoint cannot be read
     */
    public Bridge(BridgeContext context, SinkFactory sinks) throws IOException {
        this.context = context.conclude();
        clock = context.clock();
        String name = sinks.name();
        counters = new BridgeCounters(context.counters(), name);
        Path directory = context.journalRoot().resolve(DIRECTORY);
        checkpointPath = directory.resolve(name + ".checkpoint");
        tails = new EpochTails(context.journalRoot(), context.queues(), counters,
            context.counters()::onError, symbols);
        lag = new JournalLag(context.journalRoot(), context.queues(), context.journalEnd());
        backoff = new Backoff(context.firstRetryMs() * NS_PER_MS,
            context.longestRetryMs() * NS_PER_MS, clock.nanoTime());
        checkpoint = Checkpoint.read(checkpointPath);
        intended = checkpoint.intent();
        batch = new EventBatch(Math.max(context.batchEvents(), checkpoint.intendedEvents()));
        next = new EventBatch(batch.capacity());
        sink = sinks.create(symbols, new DeadLetters(directory.resolve(name + ".dead-letters"),
            (long) context.deadLetterMb() << 20, counters.deadLetters, counters.deadLettersUnkept,
            context.counters()::onError));
    }

    /** Makes the sink of a bridge. */
    public interface SinkFactory {
        /** Name in counters, checkpoints and reports. */
        String name();

        /**
         * Called once. Control thread.
         *
         * @param symbols     of all events in a batch
         * @param deadLetters keeps what the outside refuses for good
         */
        Sink create(SymbolDirectory symbols, DeadLetters deadLetters);

        /** One of a name and what is called once. */
        static SinkFactory of(String name,
            BiFunction<SymbolDirectory, DeadLetters, Sink> creation) {
            return new SinkFactory() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public Sink create(SymbolDirectory symbols, DeadLetters deadLetters) {
                    return creation.apply(symbols, deadLetters);
                }
            };
        }
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        try {
            look(nowNs);
            return nowNs < notBeforeNs ? 0 : step(nowNs);
        } catch (Exception e) {
            onFailure(e, nowNs);
            return 0;
        }
    }

    private int step(long nowNs) throws Exception {
        return switch (phase) {
            case SINK -> openSink();
            case JOURNAL -> openJournal(nowNs);
            case EVENTS -> collect(nowNs);
            case ACKNOWLEDGEMENT -> await(nowNs);
        };
    }

    private int openSink() throws Exception {
        if (counters.circuit.get() == CircuitState.OPEN.ordinal()) {
            counters.circuit.setRelease(CircuitState.HALF_OPEN.ordinal());
        }
        start = sink.open(checkpoint.done());
        if (!Objects.equals(start, checkpoint.done())) {
            intended = null;
        }
        phase = Phase.JOURNAL;
        if (tails.isOpen() && start != null && start.covers(batch.to())) {
            acknowledge();
        } else if (tails.isOpen() && batch.from().isAt(start)) {
            send();
        } else {
            tails.close();
        }
        return 1;
    }

    private int openJournal(long nowNs) {
        if (!tails.isOpen() && !tails.open(start)) {
            notBeforeNs = nowNs + JOURNAL_WAIT_NS;
            return 0;
        }
        batch.begin(tails.position());
        isAhead = false;
        counters.show(tails.position());
        if (intended != null && intended.isOtherJournal(tails.position())) {
            intended = null;
        }
        sinceNs = nowNs;
        phase = Phase.EVENTS;
        return 1;
    }

    private int collect(long nowNs) throws Exception {
        int count = tails.read(batch, intended);
        if (batch.isFull() || (intended != null ? batch.to().covers(intended)
            : batch.count() > 0 && isLingered(nowNs))) {
            send();
        } else if (batch.count() == 0) {
            sinceNs = nowNs;
            if (nextEpoch != null) {
                tails.advance(nextEpoch);
                batch.begin(tails.position());
            }
            nextEpoch = null;
        }
        if (phase == Phase.EVENTS && isCheckpointDue && (sink.isRangeKept() || batch.count() == 0
            || nowNs - checkpointNs >= CHECKPOINT_INTERVAL_NS)) {
            writeCheckpoint();
        }
        return count;
    }

    /** Nobody waits for a batch to fill when nothing will follow. */
    private boolean isLingered(long nowNs) {
        return nowNs - sinceNs >= context.lingerMs() * NS_PER_MS || nextEpoch != null
            || context.isEnding().getAsBoolean();
    }

    private void send() throws Exception {
        if (sink.isRangeKept()) {
            checkpoint = new Checkpoint(checkpoint.done(), batch.to());
            writeCheckpoint();
        }
        sinceNs = clock.nanoTime();
        phase = Phase.ACKNOWLEDGEMENT;
        sink.send(batch);
    }

    private int await(long nowNs) throws Exception {
        if (sink.isAcknowledged()) {
            acknowledge();
            return 1;
        }
        if (!isStalled && nowNs - sinceNs > context.stallMs() * NS_PER_MS) {
            isStalled = true;
            counters.stalls.increment();
            counters.circuit.setRelease(CircuitState.OPEN.ordinal());
            context.counters().onError(new IOException(sink.name()
                + " has acknowledged nothing for " + context.stallMs() + " ms"));
        }
        return readAhead();
    }

    private int readAhead() {
        if (!isAhead) {
            next.begin(batch.to());
            isAhead = true;
        }
        return next.isFull() ? 0 : tails.read(next, null);
    }

    /**
     * The checkpoint is written with the range of the next batch, or when nothing follows. Who is
     * killed before it sends the same range again, or is told by the outside how far it has come.
     */
    private void acknowledge() {
        context.beforeCheckpoint().run();
        checkpoint = new Checkpoint(batch.to(), null);
        isCheckpointDue = true;
        intended = null;
        counters.acknowledged(batch);
        context.positionListener().onPosition(sink.name(), batch.to());
        counters.circuit.setRelease(CircuitState.CLOSED.ordinal());
        isStalled = false;
        backoff.reset();
        follow();
        sinceNs = clock.nanoTime();
        phase = Phase.EVENTS;
    }

    private void follow() {
        if (isAhead) {
            EventBatch acknowledged = batch;
            batch = next;
            next = acknowledged;
            isAhead = false;
        } else {
            batch.begin(batch.to());
        }
    }

    private void writeCheckpoint() throws IOException {
        checkpoint.write(checkpointPath);
        checkpointNs = clock.nanoTime();
        isCheckpointDue = false;
    }

    private void onFailure(Exception failure, long nowNs) {
        sink.close();
        if (phase == Phase.EVENTS || phase == Phase.JOURNAL) {
            tails.close();
        }
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        counters.failures.increment();
        counters.circuit.setRelease(CircuitState.OPEN.ordinal());
        context.counters().onError(failure);
        notBeforeNs = nowNs + backoff.nextNs();
        phase = Phase.SINK;
    }

    /** Now and then: the lag, and whether a later epoch has begun. */
    private void look(long nowNs) {
        if (nowNs - lookedNs < LOOK_INTERVAL_NS && lookedNs != Long.MIN_VALUE) {
            return;
        }
        lookedNs = nowNs;
        if (phase != Phase.SINK) {
            sink.onLook(nowNs);
        }
        Position position = tails.isOpen() ? batch.from() : tails.start(checkpoint.done());
        if (position == null) {
            return;
        }
        List<LocalDate> later = tails.later(position);
        nextEpoch = tails.isOpen() ? tails.next(later) : null;
        counters.lagEvents.setRelease(lag.events(position, later));
        counters.lagNs.setRelease(!tails.isOpen() || batch.count() == 0 ? 0
            : Math.max(0, nowNs - batch.event(0).receiveTimeNs()));
    }

    @Override
    public void onClose() {
        if (isCheckpointDue) {
            CloseHelper.close(context.counters()::onError, this::writeCheckpoint);
        }
        CloseHelper.closeAll(sink, tails, symbols);
    }

    @Override
    public String roleName() {
        return "bridge-" + sink.name();
    }
}
