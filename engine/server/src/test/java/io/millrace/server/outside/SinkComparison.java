// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.outside;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.kafka.KafkaTopic;
import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.LevelUpdatedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.QuoteDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.journal.Journal;
import io.millrace.testing.ClickHouseReadback;
import io.millrace.testing.CounterFile;
import io.millrace.testing.EventSet;
import io.millrace.testing.JournaledRows;
import io.millrace.testing.ParquetReadback;
import io.millrace.testing.TopicReadback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;

/**
 * Holds what each of the four sinks has, as a reader finds it, to all journals under a root: the
 * same events by epoch, queue and sequence, each once; for Redis the last values.
 */
final class SinkComparison {
    private static final List<Integer> BBO = List.of(BboDecoder.TEMPLATE_ID);
    private static final List<Integer> TRADES =
        List.of(TradeDecoder.TEMPLATE_ID, OrderExecutedDecoder.TEMPLATE_ID);
    private static final Map<KafkaTopic, List<Integer>> ROUTES = Map.of(
        KafkaTopic.RAW_QUOTES, List.of(QuoteDecoder.TEMPLATE_ID, BboDecoder.TEMPLATE_ID),
        KafkaTopic.PROCESSED_QUOTES, BBO, KafkaTopic.MARKET_L1, BBO,
        KafkaTopic.MARKET_TICKS, TRADES, KafkaTopic.MARKET_TICKS_ALIAS, TRADES,
        KafkaTopic.MARKET_L2, List.of(LevelChangedDecoder.TEMPLATE_ID,
            LevelUpdatedDecoder.TEMPLATE_ID));

    private final Outside outside;
    private final Path root;
    private final Map<LocalDate, JournaledRows> journals = new TreeMap<>();

    /** @param root of journals that have ended; read here */
    SinkComparison(Outside outside, Path root) {
        this.outside = outside;
        this.root = root;
        Journal.list(root).forEach(date -> journals.put(date, new JournaledRows(root, date)));
    }

    /** Holds all four to the journals, and tells what was found. */
    void assertEqual() {
        assertAll(this::kafka, this::clickHouse, this::parquet, this::redis);
    }

    /** Events inbound in all journals. */
    long inboundCount() {
        return journals.values().stream().mapToLong(rows -> rows.inbound().count()).sum();
    }

    private void kafka() {
        TopicReadback topics = new TopicReadback(outside.kafkaAddress());
        journals.forEach((epoch, rows) -> {
            assertSame(epoch, KafkaTopic.INBOUND.defaultName(), rows.inbound(),
                topics.events(topic(KafkaTopic.INBOUND), epoch));
            ROUTES.forEach((topic, kinds) -> assertSame(epoch, topic.defaultName(),
                rows.events(kinds), topics.events(topic(topic), epoch)));
        });
    }

    private String topic(KafkaTopic topic) {
        return outside.topicPrefix() + topic.defaultName();
    }

    private void clickHouse() {
        ClickHouseReadback server = new ClickHouseReadback(outside.clickHouseUrl());
        journals.forEach((epoch, rows) -> JournaledRows.tables().forEach(name -> {
            String table = outside.database() + '.' + name;
            long count = rows.table(name).count();
            assertEquals(List.of(count + "\t" + count), server.ask("SELECT count(),"
                + " uniqExact((epoch, queue, sequence)) FROM " + table + " WHERE epoch = '"
                + epoch + "'"), table);
            assertSame(epoch, "clickhouse " + name, rows.table(name),
                server.events(table, epoch));
        }));
    }

    private void parquet() throws SQLException {
        try (ParquetReadback files = new ParquetReadback(outside.files())) {
            for (Map.Entry<LocalDate, JournaledRows> journal : journals.entrySet()) {
                for (String name : JournaledRows.tables()) {
                    parquet(files, journal.getKey(), name, journal.getValue());
                }
            }
        }
    }

    private void parquet(ParquetReadback files, LocalDate epoch, String name, JournaledRows rows)
        throws SQLException {
        if (rows.table(name).count() == 0 && Files.notExists(outside.files().resolve(name))) {
            return;
        }
        String from = " FROM " + files.table(name) + " WHERE epoch = DATE '" + epoch + "'";
        assertEquals(List.of(rows.span(name)), files.ask("SELECT count(*),"
            + " epoch_ns(min(receive_time)), epoch_ns(max(receive_time))" + from), name);
        assertSame(epoch, "parquet " + name, rows.table(name), files.events(name, epoch));
        if (name.equals("trades")) {
            assertEquals(List.of(rows.sums()), files.ask("SELECT sum(size),"
                + " sum(price::DECIMAL(38, 9) * size)" + from));
        }
    }

    private static void assertSame(LocalDate epoch, String place, EventSet journaled,
        EventSet found) {
        System.out.printf(Locale.ROOT, "  %s %-24s %s%n", epoch, place, found);
        assertEquals(journaled, found,
            () -> epoch + " " + place + ", journal and sink: " + journaled.difference(found));
    }

    private void redis() {
        Map<String, Map<String, String>> latest = new TreeMap<>();
        journals.values().forEach(rows -> rows.latest().forEach((symbol, values) ->
            latest.computeIfAbsent(symbol, name -> new TreeMap<>()).putAll(values)));
        Map<String, Map<String, String>> found = new TreeMap<>();
        try (Jedis jedis = new Jedis("127.0.0.1", outside.redisPort())) {
            latest.forEach((symbol, values) -> {
                Map<String, String> hash =
                    new HashMap<>(jedis.hgetAll("sym:" + symbol + ":latest"));
                hash.keySet().retainAll(values.keySet());
                found.put(symbol, new TreeMap<>(hash));
            });
        }
        assertEquals(latest, found);
        CounterFile counters = new CounterFile(root);
        List<Long> counts = new ArrayList<>();
        for (String name : List.of("offered", "written", "conflated", "left-out")) {
            counts.add(counters.value("bridge.redis." + name));
        }
        System.out.printf(Locale.ROOT, "  redis: last values of %d securities; offered %,d ="
            + " written %,d + conflated %,d + left out %,d%n", found.size(), counts.get(0),
            counts.get(1), counts.get(2), counts.get(3));
        assertTrue(counts.get(0) > 0, "nothing was offered");
        assertEquals(counts.get(0), counts.get(1) + counts.get(2) + counts.get(3));
    }
}
