// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.lookup.LatestAnswer;
import io.millrace.bridge.lookup.LatestAnswer.BestQuote;
import io.millrace.bridge.lookup.LatestAnswer.LastTrade;
import io.millrace.bridge.lookup.QuoteTier;
import io.millrace.counter.Counters;
import io.millrace.edge.QuoteSource.Outcome;
import io.millrace.edge.QuoteSource.Reply;
import io.millrace.instrument.Price;
import io.millrace.server.lookup.QuoteLookup.MissPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuoteLookupTest {
    private static final long TIME_NS = 1_767_355_200_500_000_000L;
    private static final long NOW_NS = TIME_NS + 7_000_000L;
    private static final long PATIENT_MS = 30_000;

    private final Counters counters = Counters.inMemory();
    private final StandIn engine = new StandIn("engine");
    private final StandIn redis = new StandIn("redis");
    private final StandIn clickHouse = new StandIn("clickhouse");
    private final StandIn parquet = new StandIn("parquet");
    private final CountDownLatch isOver = new CountDownLatch(1);
    private final List<QuoteLookup> opened = new ArrayList<>();

    /** A tier whose answers a test sets. */
    private static final class StandIn implements QuoteTier {
        private final String name;
        private final Map<String, LatestAnswer> answers = new HashMap<>();
        private Exception failure;
        private CountDownLatch waitsFor;
        private boolean isAtHand;

        StandIn(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isAtHand() {
            return isAtHand;
        }

        @Override
        public LatestAnswer find(String symbol) throws Exception {
            if (waitsFor != null) {
                waitsFor.await();
            }
            if (failure != null) {
                throw failure;
            }
            return answers.get(symbol);
        }

        void knows(String symbol, long timeNs, boolean isStale) {
            answers.put(symbol, new LatestAnswer(symbol, new BestQuote(185_500_000_000L,
                3 * Price.SIZE_UNIT, Price.UNDEFINED, Price.UNDEFINED, 1),
                new LastTrade(186 * Price.PRICE_UNIT, 1_500_000, timeNs), isStale));
        }
    }

    @AfterEach
    void close() {
        isOver.countDown();
        opened.forEach(QuoteLookup::close);
    }

    private QuoteLookup lookup(MissPolicy onMiss, long timeoutMs) {
        QuoteLookup lookup = new QuoteLookup(List.of(engine, redis),
            List.of(clickHouse, parquet), onMiss, timeoutMs, counters, () -> NOW_NS);
        opened.add(lookup);
        return lookup;
    }

    private QuoteLookup lookup() {
        return lookup(MissPolicy.FALLBACK, PATIENT_MS);
    }

    private static Reply found(String source, String timestamp, long ageMs, boolean isStale) {
        return new Reply(Outcome.FOUND, "{\"symbol\":\"A\",\"bid\":185.5,\"ask\":null,\"last\":186,"
            + "\"bid_size\":3,\"ask_size\":null,\"last_size\":1.5,\"ts\":"
            + timestamp.replaceAll("\\..*", "") + ",\"timestamp\":" + timestamp
            + ",\"source\":\"" + source + "\",\"age_ms\":" + ageMs + ",\"stale\":" + isStale
            + "}\n");
    }

    /** Fresh and warm hits, misses, failures and times that it was late. */
    private String counted(String tier) {
        List<String> values = new ArrayList<>();
        for (String name : List.of("fresh", "warm", "misses", "failures", "late")) {
            values.add(Long.toString(counters.value("lookup." + tier + '.' + name)));
        }
        return tier + ' ' + String.join(" ", values);
    }

    private List<String> counted() {
        return List.of(counted("engine"), counted("redis"), counted("clickhouse"),
            counted("parquet"));
    }

    @Test
    void shouldTakeTheNearestTierThatHasIt() {
        QuoteLookup lookup = lookup();
        for (StandIn tier : List.of(engine, redis, clickHouse, parquet)) {
            tier.knows("A", TIME_NS, tier != engine);
        }

        assertEquals(found("engine", "1767355200.5", 7, false), lookup.find("A"));
        engine.answers.clear();
        assertEquals(found("redis", "1767355200.5", 7, true), lookup.find("A"));
        redis.answers.clear();
        assertEquals(found("clickhouse", "1767355200.5", 7, true), lookup.find("A"));
        clickHouse.answers.clear();
        assertEquals(found("parquet", "1767355200.5", 7, true), lookup.find("A"));
        assertEquals(List.of("engine 1 0 3 0 0", "redis 0 1 2 0 0", "clickhouse 0 1 1 0 0",
            "parquet 0 2 0 0 0"), counted());
    }

    @Test
    void shouldTellAtOnceOnlyWhatTheFirstHasInMemory() {
        QuoteLookup lookup = lookup();
        engine.knows("A", TIME_NS, false);
        assertNull(lookup.findAtHand("A"));
        engine.isAtHand = true;
        assertEquals(found("engine", "1767355200.5", 7, false), lookup.findAtHand("A"));
        assertNull(lookup.findAtHand("B"));
        assertEquals("engine 1 0 0 0 0", counted("engine"));
        redis.isAtHand = true;
        redis.knows("B", TIME_NS, false);
        assertNull(lookup.findAtHand("B"));
    }

    @Test
    void shouldTakeTheNewestOfTheStores() {
        clickHouse.knows("A", TIME_NS - 1_000_000_000L, true);
        parquet.knows("A", TIME_NS, true);

        assertEquals(found("parquet", "1767355200.5", 7, true), lookup().find("A"));
        parquet.knows("A", TIME_NS - 2_000_000_000L, true);
        assertEquals(found("clickhouse", "1767355199.5", 1007, true), lookup().find("A"));
    }

    @Test
    void shouldAskNoStoreWhenMissesAreRejected() {
        clickHouse.knows("A", TIME_NS, true);

        assertEquals(new Reply(Outcome.NOT_FOUND,
            "{\"symbol\":\"A\",\"reason\":\"engine does not have it;"
            + " redis does not have it; lookup.on-miss is reject\"}\n"),
            lookup(MissPolicy.REJECT, PATIENT_MS).find("A"));
        assertEquals("clickhouse 0 0 0 0 0", counted("clickhouse"));
    }

    @Test
    void shouldCountNoteAndPassOverATierThatFails() {
        redis.failure = new IOException("connection refused\nby \"everybody\"");
        clickHouse.failure = new IOException("read timed out");

        assertEquals(new Reply(Outcome.AWAY,
            "{\"symbol\":\"A\\\"\",\"reason\":\"engine does not have it;"
            + " redis failed: connection refused; clickhouse failed: read timed out;"
            + " parquet does not have it\"}\n"), lookup().find("A\""));
        parquet.knows("A", TIME_NS, true);
        assertEquals(found("parquet", "1767355200.5", 7, true), lookup().find("A"));
        assertEquals(List.of("engine 0 0 2 0 0", "redis 0 0 0 2 0", "clickhouse 0 0 0 2 0",
            "parquet 0 1 1 0 0"), counted());
        List<String> noted = new ArrayList<>();
        counters.forEachError((count, first, last, text) -> noted.add(text));
        assertEquals(2, noted.size(), noted.toString());
        assertTrue(noted.get(0).contains("connection refused"), noted.toString());
    }

    @Test
    void shouldCountAndPassOverATierThatIsLate() {
        redis.waitsFor = isOver;
        redis.knows("A", TIME_NS, false);
        parquet.knows("A", TIME_NS, true);
        QuoteLookup lookup = lookup(MissPolicy.FALLBACK, 2_000);

        assertEquals(found("parquet", "1767355200.5", 7, true), lookup.find("A"));
        assertEquals("redis 0 0 0 0 1", counted("redis"));
        assertTrue(lookup.find("B").json().contains("redis did not answer within 2000 ms;"));
    }

    @Test
    void shouldGiveUpWhenItsOwnerDoes() {
        engine.waitsFor = isOver;
        redis.waitsFor = isOver;
        QuoteLookup lookup = lookup();

        Thread.currentThread().interrupt();
        Reply reply = lookup.find("A");

        assertTrue(Thread.interrupted());
        assertTrue(reply.json().contains("engine was given up; redis was given up"), reply.json());
    }

    @Test
    void shouldSayThatNobodyIsThereToAsk() {
        QuoteLookup lookup = new QuoteLookup(List.of(), List.of(), MissPolicy.FALLBACK, 1, counters,
            () -> NOW_NS);
        assertTrue(lookup.find("A").json().contains("no bridge to Redis, ClickHouse or Parquet"));
        assertTrue(lookup.find(" ").json().contains("1 to 64 characters"));
    }
}
