// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.counter.EngineClock;
import io.millrace.server.json.JsonLines;
import io.millrace.simulator.tick.OverloadListener;
import io.millrace.simulator.tick.Tick;
import io.millrace.simulator.tick.TickGenerator;
import io.millrace.simulator.tick.TickPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Ticks of the generator as JSON lines, in their time, and how late they were at the end. One
 * thread.
 */
final class TickLines {
    private static final long DEFAULT_TICKS = 100;
    private static final double DEFAULT_INTERVAL_SECONDS = 0.1;
    private static final double PRICE_UNIT = 10_000;
    private static final long PARK_NS = 50_000;
    private static final double NS_PER_US = 1_000;

    private final Terminal terminal;
    private final JsonLines lines;

    TickLines(Terminal terminal) {
        this.terminal = terminal;
        lines = new JsonLines(terminal.out());
    }

    /** What to make, by the words of the command line. */
    static TickPlan plan(String profile, Long ticks, Double intervalSeconds, Integer batch) {
        if (profile != null && !profile.equals("mini")) {
            throw new UsageException("--profile: '" + profile + "' is not mini");
        }
        if (profile == null && ticks == null) {
            throw new UsageException(
                "generate: give --to FILE, --to kafka, --profile mini, or N INTERVAL_S BATCH");
        }
        long count = ticks != null ? ticks : DEFAULT_TICKS;
        return profile != null ? TickPlan.mini(count)
            : TickPlan.of(count, intervalSeconds != null ? intervalSeconds
                : DEFAULT_INTERVAL_SECONDS,
                batch != null ? batch : 1);
    }

    /** Prints all ticks; returns the exit code. */
    int print(TickPlan plan) throws IOException {
        TickGenerator generator = new TickGenerator(plan, new EngineClock(), this::onTick,
            overload(terminal));
        terminal.stop().listen();
        while (!generator.isDone() && !terminal.stop().isRequested()) {
            if (generator.doWork() == 0) {
                LockSupport.parkNanos(PARK_NS);
            } else {
                lines.flush();
                terminal.out().flush();
            }
        }
        report(generator, terminal);
        return ExitCode.OK;
    }

    private void onTick(Tick tick) {
        try {
            lines.begin().field("symbol", tick.symbol()).field("seq", tick.sequence())
                .field("ts", tick.timeNs()).field("bid", tick.bidPrice() / PRICE_UNIT)
                .field("bidSize", tick.bidSize()).field("ask", tick.askPrice() / PRICE_UNIT)
                .field("askSize", tick.askSize()).field("last", tick.lastPrice() / PRICE_UNIT)
                .field("lastSize", tick.lastSize()).field("source", Tick.SOURCE).end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says once that ticks come too late. */
    static OverloadListener overload(Terminal terminal) {
        return latenessNs -> terminal.log(OverloadListener.MESSAGE + ": "
            + latenessNs / 1_000_000 + " ms late");
    }

    /** How late they were. */
    static void report(TickGenerator generator, Terminal terminal) {
        Histogram jitter = generator.jitter();
        terminal.log(String.format(Locale.ROOT,
            "generate: %,d ticks, jitter us p50 %.1f p90 %.1f p99 %.1f p99.9 %.1f max %.1f,"
                + " %d deadlines missed",
            generator.ticks(), jitter.getValueAtPercentile(50) / NS_PER_US,
            jitter.getValueAtPercentile(90) / NS_PER_US,
            jitter.getValueAtPercentile(99) / NS_PER_US,
            jitter.getValueAtPercentile(99.9) / NS_PER_US, jitter.getMaxValue() / NS_PER_US,
            generator.missedDeadlines()));
    }
}
