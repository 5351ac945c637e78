// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.codec.event.BboDecoder;
import io.millrace.counter.Counters;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A bridge from a made-up day to Redis, on the test's thread. */
final class CacheRun {
    static final int QUOTE_TTL_MS = 60_000;

    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final long PATIENCE_NS = 60_000_000_000L;

    private final Path root;
    private final Counters counters = Counters.inMemory();

    CacheRun(Path root) {
        this.root = root;
    }

    MadeUpDay begin() {
        return MadeUpDay.begin(root, DATE);
    }

    RedisContext redis() {
        return new RedisContext().clientId(root.toString()).quoteTtlMs(QUOTE_TTL_MS)
            .counters(counters);
    }

    Bridge bridge(RedisContext redis) throws IOException {
        return new Bridge(new BridgeContext().journalRoot(root).counters(counters)
            .batchEvents(1_000).lingerMs(1).longestRetryMs(300), RedisSink.factory(redis));
    }

    long counter(String name) {
        return counters.value("bridge.redis." + name);
    }

    void until(Bridge bridge, BooleanSupplier isDone) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!isDone.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "the bridge did not come to its end");
            if (bridge.doWork() == 0) {
                LockSupport.parkNanos(200_000);
            }
        }
    }

    BooleanSupplier isAtEnd(MadeUpDay day) {
        return () -> counter("inbound.sequence") == day.last(JournalQueue.INBOUND)
            && counter("outbound.sequence") == day.last(JournalQueue.OUTBOUND);
    }

    /** The bid of each security's last quote. */
    Map<String, String> journaled() {
        Map<String, String> values = new HashMap<>();
        BboDecoder bbo = new BboDecoder();
        try (JournalTail tail =
            JournalTail.written(Journal.directory(root, DATE), JournalQueue.OUTBOUND)) {
            while (tail.next()) {
                EventView event = tail.event();
                if (event.templateId() == BboDecoder.TEMPLATE_ID) {
                    bbo.wrap(event.buffer(), event.offset(), event.blockLength(), 0);
                    values.put("S" + event.instrumentId(), decimal(bbo.bidPrice()));
                }
            }
        }
        return values;
    }

    private static String decimal(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    void assertConflated() {
        assertTrue(counter("conflated") > 0);
        assertEquals(counter("offered"),
            counter("written") + counter("conflated") + counter("left-out"));
    }
}
