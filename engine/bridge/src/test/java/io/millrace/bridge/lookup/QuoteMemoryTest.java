// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.Position;
import io.millrace.bridge.cache.CacheSink;
import io.millrace.bridge.cache.LatestQuote;
import io.millrace.bridge.cache.QuoteCache;
import io.millrace.codec.event.BookStaleEncoder;
import io.millrace.codec.event.StaleReason;
import io.millrace.codec.event.StaleState;
import io.millrace.counter.Counters;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.testing.AgentRun;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuoteMemoryTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int VENUE = 32;
    private static final int OTHER_VENUE = 1;

    private final EventPublisher publisher = new EventPublisher(new EventRing(16), () -> {
        throw new IllegalStateException();
    }, null, 1);

    @TempDir
    private Path root;
    private QuoteMemory memory;

    @BeforeEach
    void open() {
        memory = new QuoteMemory(Journal.directory(root, DATE), 100_000);
    }

    /** Keeps what it is given and how far that reaches, as any real one. */
    private static final class RecordedCache implements QuoteCache {
        private final Map<String, Map<String, String>> hashes = new HashMap<>();
        private Position position;

        @Override
        public Position open() {
            return position;
        }

        @Override
        public Map<String, String> latest(String symbol) {
            return hashes.getOrDefault(symbol, Map.of());
        }

        @Override
        public int write(Collection<LatestQuote> quotes, Position to) {
            quotes.forEach(quote -> hashes.put(quote.symbol(), Map.copyOf(quote.values())));
            position = to;
            return 0;
        }

        Map<String, List<Long>> values() {
            Map<String, List<Long>> values = new TreeMap<>();
            hashes.forEach((symbol, hash) -> values.put(symbol,
                QuoteMemoryTest.values(LatestAnswer.ofFields(symbol, hash, false))));
            return values;
        }

        @Override
        public void close() {
        }
    }

    private static List<Long> values(LatestAnswer answer) {
        return List.of(answer.quote().bidPrice(), answer.quote().bidSize(),
            answer.quote().askPrice(), answer.quote().askSize(), answer.trade().price(),
            answer.trade().size());
    }

    private void follow() {
        for (JournalQueue queue : JournalQueue.values()) {
            try (JournalTail tail = JournalTail.written(Journal.directory(root, DATE), queue)) {
                while (tail.next()) {
                    memory.onEvent(queue, tail.event());
                }
            }
        }
    }

    /** What a new bridge gives a cache until it has taken all that there is. */
    private void bridge(MadeUpDay day, RecordedCache cache) throws IOException {
        Counters counters = Counters.inMemory();
        Bridge bridge = new Bridge(new BridgeContext().journalRoot(root).counters(counters)
            .lingerMs(1), CacheSink.factory("cache", counters, List.of(cache), symbol -> 0));
        AgentRun.run(bridge, () -> day.isTaken(counters, "bridge.cache"));
        bridge.onClose();
    }

    private Map<String, List<Long>> known() {
        Map<String, List<Long>> known = new TreeMap<>();
        for (int id = 1; id <= MadeUpDay.INSTRUMENT_COUNT; id++) {
            known.put("S" + id, values(memory.find("S" + id)));
        }
        return known;
    }

    private Map<String, String> knownBids() {
        Map<String, String> bids = new TreeMap<>();
        known().forEach((symbol, values) -> bids.put(symbol,
            BigDecimal.valueOf(values.get(0), 9).stripTrailingZeros().toPlainString()));
        return bids;
    }

    @AfterEach
    void close() {
        memory.onClose();
    }

    private void stale(int instrument, int venue, StaleState state) {
        int offset = publisher.claim(BookStaleEncoder.TEMPLATE_ID, BookStaleEncoder.BLOCK_LENGTH);
        publisher.common(offset, EventDescriptor.UNDEFINED, instrument, venue, 1, 0, 0);
        new BookStaleEncoder().wrap(publisher.buffer(), offset).reason(StaleReason.GAP)
            .state(state);
        publisher.commit();
        memory.onEvent(JournalQueue.OUTBOUND, new EventView().wrap(publisher.buffer(), offset));
        memory.publish();
    }

    @Test
    void shouldKnowWhatACacheIsTold() throws IOException {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(20_000)) {
            follow();
            memory.publish();
            RecordedCache cache = new RecordedCache();
            bridge(day, cache);
            assertEquals(cache.values(), known());
            assertFalse(memory.find("S1").isStale());
            assertNull(memory.find("NONE"));
        }
    }

    @Test
    void shouldTellOnlyQuotesAcrossVenuesOnceThereIsOne() throws IOException {
        RecordedCache cache = new RecordedCache();
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(20_000).consolidate(7)) {
            bridge(day, cache);
            String bid = MadeUpDay.lastBids(root, DATE).get("S7");
            bridge(day.write(20_000), cache);
            follow();
            memory.publish();
            assertEquals(cache.values(), known());
            assertEquals(MadeUpDay.lastBids(root, DATE), knownBids());
            assertEquals(bid, knownBids().get("S7"));
        }
        try (MadeUpDay next = MadeUpDay.begin(root, DATE.plusDays(1)).write(20_000)) {
            bridge(next, cache);
        }
        assertNotEquals(values(memory.find("S7")), cache.values().get("S7"));
    }

    @Test
    void shouldTellNothingBeforeItIsPublished() {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            follow();
            assertNull(memory.find("S1"));
            memory.publish();
            assertEquals("S1", memory.find("S1").symbol());
            assertTrue(day.last(JournalQueue.OUTBOUND) > 0);
        }
    }

    @Test
    void shouldTellWhenBookOrChannelAreStale() {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            assertTrue(day.last(JournalQueue.OUTBOUND) > 0);
            follow();
            stale(1, VENUE, StaleState.STALE);
            assertTrue(memory.find("S1").isStale());
            assertFalse(memory.find("S2").isStale());
            stale(1, VENUE, StaleState.RECOVERED);
            assertFalse(memory.find("S1").isStale());
            stale(EventDescriptor.NO_INSTRUMENT, OTHER_VENUE, StaleState.STALE);
            assertFalse(memory.find("S2").isStale());
            stale(EventDescriptor.NO_INSTRUMENT, VENUE, StaleState.STALE);
            assertTrue(memory.find("S2").isStale());
            stale(EventDescriptor.NO_INSTRUMENT, VENUE, StaleState.RECOVERED);
            assertFalse(memory.find("S2").isStale());
        }
    }
}
