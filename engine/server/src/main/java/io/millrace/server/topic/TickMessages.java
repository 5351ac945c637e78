// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.topic;

import io.millrace.feed.TradingDate;
import io.millrace.simulator.FlowSink;
import io.millrace.simulator.tick.ItchTickSink;
import io.millrace.simulator.tick.OverloadListener;
import io.millrace.simulator.tick.TickGenerator;
import io.millrace.simulator.tick.TickPlan;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The generator's ticks in their time, each as two quotes and a trade of ITCH, today. One thread.
 */
public final class TickMessages implements SimulatedMessages {
    private final TickPlan plan;
    private final TickGenerator generator;
    private final TradingDate date;
    private final long firstTimeNs;
    private ItchTickSink ticks;
    private boolean isDone;

    /** @param clock tells when a batch is due and stamps the ticks */
    public TickMessages(TickPlan plan, EpochNanoClock clock, OverloadListener listener) {
        this.plan = plan;
        generator = new TickGenerator(plan, clock, tick -> ticks.onTick(tick), listener);
        firstTimeNs = clock.nanoTime();
        date = TradingDate.at(firstTimeNs);
    }

    /** How many there were, and how late. */
    public TickGenerator generator() {
        return generator;
    }

    @Override
    public TradingDate date() {
        return date;
    }

    @Override
    public long firstTimeNs() {
        return firstTimeNs;
    }

    @Override
    public int handOn(FlowSink sink) {
        if (ticks == null) {
            ticks = new ItchTickSink(plan.symbols(), sink);
        }
        int batches = generator.doWork();
        if (generator.isDone()) {
            ticks.close();
            isDone = true;
        }
        return batches;
    }

    @Override
    public boolean isDone() {
        return isDone;
    }
}
