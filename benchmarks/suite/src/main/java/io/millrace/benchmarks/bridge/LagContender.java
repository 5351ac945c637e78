// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import io.millrace.benchmarks.disk.Folders;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.Position;
import io.millrace.counter.Counters;
import io.millrace.counter.EngineClock;
import io.millrace.journal.JournalQueue;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.LangUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Open loop: a thread appends events at fixed times whatever happens, a bridge follows; each event
 * counts from the time it was meant for until the checkpoint is behind it. Options: sink, address,
 * batch, folder, rate, seconds.
 */
public final class LagContender implements Contender {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long TICK_NS = 500_000;
    private static final long LEAD_NS = NS_PER_SECOND / 2;
    private static final long PATIENCE_NS = 60 * NS_PER_SECOND;
    private static final double MILLISECOND = 1e6;

    private final EpochNanoClock clock = new EngineClock();
    private final Histogram lagNs = new Histogram(3);
    private final Outside<?> outside;
    private final String sink;
    private final int batch;
    private final int rate;
    private final int events;
    private final Path root;
    private long startNs;
    private long inbound;
    private long outbound;

    /** Built by the contender's process. */
    public LagContender(Options options) {
        outside = Outside.of(options);
        sink = options.text("sink");
        batch = options.number("batch");
        rate = options.number("rate");
        events = rate * options.number("seconds");
        root = Path.of(options.text("folder"), "lag-" + ProcessHandle.current().pid());
    }

    @Override
    public void prepare() {
        round(-1, new Figures());
    }

    @Override
    public void round(int index, Figures figures) {
        Counters counters = Counters.inMemory();
        lagNs.reset();
        inbound = 0;
        outbound = 0;
        try (EventJournal journal = new EventJournal(root)) {
            Bridge bridge = new Bridge(new BridgeContext().journalRoot(root).counters(counters)
                .batchEvents(batch).clock(clock).positionListener(this::onPosition),
                outside.sink(index, root));
            startNs = clock.nanoTime() + LEAD_NS;
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread appender = new Thread(() -> append(journal), "appender");
            appender.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
            appender.start();
            run(bridge);
            appender.join();
            if (failure.get() != null) {
                throw new IllegalStateException(failure.get());
            }
            bridge.onClose();
            outside.leave();
        } catch (Exception e) {
            LangUtil.rethrowUnchecked(e);
        } finally {
            Folders.remove(root);
        }
        figures.put("lagP50Ms", lagNs.getValueAtPercentile(50) / MILLISECOND)
            .put("lagP90Ms", lagNs.getValueAtPercentile(90) / MILLISECOND)
            .put("lagP99Ms", lagNs.getValueAtPercentile(99) / MILLISECOND)
            .put("lagP999Ms", lagNs.getValueAtPercentile(99.9) / MILLISECOND)
            .put("lagMaxMs", lagNs.getMaxValue() / MILLISECOND);
    }

    private long intendedNs(long index) {
        return startNs + index * NS_PER_SECOND / rate;
    }

    private void append(EventJournal journal) {
        for (int done = 0; done < events;) {
            long nowNs = clock.nanoTime();
            while (done < events && intendedNs(done) <= nowNs) {
                journal.add(intendedNs(done++));
            }
            journal.drain();
            LockSupport.parkNanos(TICK_NS);
        }
    }

    private void run(Bridge bridge) {
        BackoffIdleStrategy idle = new BackoffIdleStrategy();
        long deadlineNs = intendedNs(events) + PATIENCE_NS;
        while (inbound + outbound < events) {
            idle.idle(bridge.doWork());
            if (clock.nanoTime() > deadlineNs) {
                throw new IllegalStateException(sink + " has " + (inbound + outbound) + " of "
                    + events);
            }
        }
    }

    private void onPosition(String name, Position position) {
        long nowNs = clock.nanoTime();
        while (inbound < position.sequence(JournalQueue.INBOUND)) {
            lagNs.recordValue(Math.max(0, nowNs - intendedNs(2 * inbound++)));
        }
        while (outbound < position.sequence(JournalQueue.OUTBOUND)) {
            lagNs.recordValue(Math.max(0, nowNs - intendedNs(2 * outbound++ + 1)));
        }
    }

    @Override
    public long checksum() {
        return 0;
    }
}
