// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.tick;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Makes batches of ticks at times fixed in advance and measures how late each batch was. A deadline
 * is missed when a batch ends after the next one's time; after a hundred misses in a row the
 * generator says once that it is overloaded, and goes on. Owned by one thread.
 */
public final class TickGenerator implements Agent {
    /** Missed deadlines in a row that make an overload. */
    public static final int OVERLOAD_MISSES = 100;

    private static final long LONGEST_LATENESS_NS = 60_000_000_000L;
    private static final long SPIN_NS = 80_000L;

    private final TickPlan plan;
    private final EpochNanoClock clock;
    private final TickSink sink;
    private final OverloadListener listener;
    private final QuoteWalk walk;
    private final Tick tick = new Tick();
    private final Histogram jitter = new Histogram(LONGEST_LATENESS_NS, 3);
    private long dueNs = Long.MIN_VALUE;
    private long missedDeadlines;
    private int missesInRow;
    private boolean isOverloaded;

    /**
     * @param clock tells when a batch is due and stamps the ticks
     * @param sink  takes the ticks
     */
    public TickGenerator(TickPlan plan, EpochNanoClock clock, TickSink sink,
                         OverloadListener listener) {
        this.plan = plan;
        this.clock = clock;
        this.sink = sink;
        this.listener = listener;
        walk = new QuoteWalk(plan.symbols().size(), plan.seed());
    }

    /** Makes every tick, waiting between batches, until the last one or an interrupt. */
    public void run() {
        while (!isDone() && !Thread.currentThread().isInterrupted()) {
            if (doWork() == 0) {
                await();
            }
        }
    }

    /** Makes the batch that is due, if one is. */
    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        dueNs = dueNs == Long.MIN_VALUE ? nowNs : dueNs;
        if (isDone() || nowNs < dueNs) {
            return 0;
        }
        jitter.recordValue(Math.min(LONGEST_LATENESS_NS, nowNs - dueNs));
        long last = Math.min(plan.ticks(), tick.sequence + plan.batch());
        while (tick.sequence < last) {
            makeTick(nowNs);
        }
        dueNs += plan.intervalNs();
        noticeDeadline(clock.nanoTime());
        return 1;
    }

    @Override
    public String roleName() {
        return "tick-generator";
    }

    /** True when all ticks were made. */
    public boolean isDone() {
        return tick.sequence >= plan.ticks();
    }

    /** Ticks made so far. */
    public long ticks() {
        return tick.sequence;
    }

    /** Ns from each batch's time to its beginning. */
    public Histogram jitter() {
        return jitter;
    }

    /** Batches that ended after the next one's time. */
    public long missedDeadlines() {
        return missedDeadlines;
    }

    /** True once a hundred deadlines in a row were missed. */
    public boolean isOverloaded() {
        return isOverloaded;
    }

    private void makeTick(long nowNs) {
        tick.symbolIndex = (int) (tick.sequence % plan.symbols().size());
        tick.symbol = plan.symbols().get(tick.symbolIndex);
        tick.timeNs = nowNs;
        tick.sequence++;
        walk.fill(tick);
        sink.onTick(tick);
    }

    private void noticeDeadline(long nowNs) {
        if (isDone() || nowNs <= dueNs) {
            missesInRow = 0;
            return;
        }
        missedDeadlines++;
        missesInRow++;
        if (missesInRow == OVERLOAD_MISSES && !isOverloaded) {
            isOverloaded = true;
            listener.onOverload(nowNs - dueNs);
        }
    }

    private void await() {
        long leftNs = dueNs - clock.nanoTime();
        if (leftNs > SPIN_NS) {
            LockSupport.parkNanos(leftNs - SPIN_NS);
        } else {
            Thread.onSpinWait();
        }
    }
}
