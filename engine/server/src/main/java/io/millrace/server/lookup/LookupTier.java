// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.lookup;

import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.QuoteTier;
import io.millrace.counter.Counters;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * One tier on a thread of its own, that may fail or be late without anybody waiting longer than the
 * time-out. Every question adds one to one of {@code lookup.<tier>.fresh}, {@code warm},
 * {@code misses}, {@code failures} and {@code late}. Any thread.
 */
final class LookupTier implements AutoCloseable {
    private static final int WAITING = 64;
    private static final int IDLE_SECONDS = 10;

    private final QuoteTier tier;
    private final Counters counters;
    private final long timeoutMs;
    private final AtomicCounter fresh;
    private final AtomicCounter warm;
    private final AtomicCounter misses;
    private final AtomicCounter failures;
    private final AtomicCounter late;
    private final ThreadPoolExecutor executor;

    LookupTier(QuoteTier tier, long timeoutMs, Counters counters) {
        this.tier = tier;
        this.timeoutMs = timeoutMs;
        this.counters = counters;
        String prefix = "lookup." + tier.name() + '.';
        fresh = counters.counter(prefix + "fresh");
        warm = counters.counter(prefix + "warm");
        misses = counters.counter(prefix + "misses");
        failures = counters.counter(prefix + "failures");
        late = counters.counter(prefix + "late");
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING), work -> {
                Thread thread = new Thread(work, "lookup-" + tier.name());
                thread.setDaemon(true);
                return thread;
            });
        executor.allowCoreThreadTimeOut(true);
    }

    String name() {
        return tier.name();
    }

    /** What it has in memory, or null; a question that goes on is counted where it ends. */
    LatestAnswer findAtHand(String symbol) {
        try {
            LatestAnswer answer = tier.isAtHand() ? tier.find(symbol) : null;
            return answer == null ? null : hit(answer).answer();
        } catch (Exception failure) {
            counters.onError(failure);
            return null;
        }
    }

    /** Begins a question, that {@link #await} ends; null when too many wait already. */
    Future<LatestAnswer> ask(String symbol) {
        try {
            return executor.submit(() -> tier.find(symbol));
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    /** What came of a question: an answer, or why there is none, and whether it is away. */
    record Outcome(LatestAnswer answer, String reason, boolean isAway) {
    }

    /** Waits for an answer as long as the time-out allows. */
    Outcome await(Future<LatestAnswer> asked) {
        try {
            LatestAnswer answer = asked == null ? null : asked.get(timeoutMs,
                TimeUnit.MILLISECONDS);
            if (asked == null) {
                return none(late, "has too much to answer");
            }
            if (answer == null) {
                return none(misses, "does not have it");
            }
            return hit(answer);
        } catch (TimeoutException e) {
            asked.cancel(true);
            return none(late, "did not answer within " + timeoutMs + " ms");
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            return none(late, "was given up");
        } catch (ExecutionException e) {
            counters.onError(e.getCause());
            return none(failures, "failed: " + firstLine(e.getCause()));
        }
    }

    private Outcome hit(LatestAnswer answer) {
        (answer.isStale() ? warm : fresh).increment();
        return new Outcome(answer, null, false);
    }

    private Outcome none(AtomicCounter counter, String reason) {
        counter.increment();
        return new Outcome(null, name() + ' ' + reason, counter != misses);
    }

    private static String firstLine(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.lines().findFirst().orElse(cause.getClass().getSimpleName());
    }

    /** A tier that is asked still is left to its own time-out. */
    @Override
    public void close() {
        executor.purge();
        executor.execute(tier::close);
        executor.shutdown();
    }
}
