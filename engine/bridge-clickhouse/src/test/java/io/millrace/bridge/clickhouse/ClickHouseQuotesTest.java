// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.counter.Counters;
import io.millrace.testing.AgentRun;
import io.millrace.testing.LocalServers;
import io.millrace.testing.MadeUpDay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bridge wrote to the real server, read back. */
class ClickHouseQuotesTest {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 2);

    @TempDir
    private Path root;
    private final Counters counters = Counters.inMemory();

    private ClickHouseContext clickHouse(LocalServers server) {
        return new ClickHouseContext().url("http://" + server.address())
            .database("t" + UUID.randomUUID().toString().substring(0, 8)).timeoutMs(10_000);
    }

    private void write(MadeUpDay day, ClickHouseContext context) throws IOException {
        Bridge bridge = new Bridge(new BridgeContext().journalRoot(root).counters(counters)
            .batchEvents(1_000).lingerMs(1), ClickHouseSink.factory(context));
        AgentRun.run(bridge, () -> day.isTaken(counters, "bridge.clickhouse"));
        bridge.onClose();
    }

    private void assertFound(LocalDate date, ClickHouseQuotes quotes) {
        Map<String, Long> bids = new TreeMap<>();
        MadeUpDay.lastBids(root, date)
            .forEach((symbol, bid) -> bids.put(symbol, LatestAnswer.price(bid)));
        Map<String, Long> found = new TreeMap<>();
        for (String symbol : bids.keySet()) {
            LatestAnswer answer = quotes.find(symbol);
            assertTrue(answer.isStale());
            assertEquals(answer.quote().bidPrice() + 10_000_000L, answer.quote().askPrice());
            assertTrue(answer.quote().bidSize() > 0 && answer.quote().askSize() > 0);
            assertTrue(answer.trade().price() > 0 && answer.trade().size() > 0);
            found.put(symbol, answer.quote().bidPrice());
        }
        assertEquals(bids, found);
    }

    @Test
    void shouldFindTheNewestRows() throws Exception {
        ClickHouseContext context = clickHouse(LocalServers.running("clickhouse"));
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(3_000);
            ClickHouseQuotes quotes = new ClickHouseQuotes(context)) {
            write(day, context);
            assertFound(DATE, quotes);
            assertNull(quotes.find("NO'NE"));
        }
    }

    @Test
    void shouldFindOnlyQuotesAcrossVenuesOnceADateHasOne() throws Exception {
        ClickHouseContext context = clickHouse(LocalServers.running("clickhouse"));
        try (ClickHouseQuotes quotes = new ClickHouseQuotes(context)) {
            try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(2_000).consolidate(7)) {
                write(day.write(2_000), context);
                assertFound(DATE, quotes);
            }
            LocalDate next = DATE.plusDays(1);
            try (MadeUpDay day = MadeUpDay.begin(root, next).write(2_000)) {
                write(day, context);
                assertFound(next, quotes);
            }
        }
    }

    @Test
    void shouldThrowWhereNoTableIs() {
        try (ClickHouseQuotes quotes =
            new ClickHouseQuotes(clickHouse(LocalServers.running("clickhouse")))) {
            assertThrows(RuntimeException.class, () -> quotes.find("S7"));
        }
    }
}
