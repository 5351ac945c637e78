// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import static io.millrace.bridge.kafka.KafkaTopic.INBOUND;
import static io.millrace.bridge.kafka.KafkaTopic.LATEST;
import static io.millrace.bridge.kafka.KafkaTopic.MARKET_L1;
import static io.millrace.bridge.kafka.KafkaTopic.MARKET_L2;
import static io.millrace.bridge.kafka.KafkaTopic.MARKET_TICKS;
import static io.millrace.bridge.kafka.KafkaTopic.MARKET_TICKS_ALIAS;
import static io.millrace.bridge.kafka.KafkaTopic.PROCESSED_QUOTES;
import static io.millrace.bridge.kafka.KafkaTopic.RAW_QUOTES;
import static io.millrace.testing.TopicReadback.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bridge.Bridge;
import io.millrace.bridge.BridgeContext;
import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.QuoteDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.counter.Counters;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.testing.EventSet;
import io.millrace.testing.JournaledRows;
import io.millrace.testing.LocalServers;
import io.millrace.testing.MadeUpDay;
import io.millrace.testing.TopicReadback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bridge against the real broker. */
class KafkaBridgeTest {
    static final int BATCH_EVENTS = 1_000;
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int EVENTS = Boolean.getBoolean("millrace.full") ? 1_000_000 : 6_000;
    private static final long PATIENCE_NS = 60_000_000_000L;

    @TempDir
    private Path root;
    private final Counters counters = Counters.inMemory();
    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + '.';
    private LocalServers broker;

    @BeforeEach
    void findBroker() {
        broker = LocalServers.running("kafka");
    }

    private KafkaContext kafka() {
        return new KafkaContext().bootstrapServers(broker.address()).topicPrefix(prefix)
            .clientId(prefix).requestTimeoutMs(2_000).partitions(2);
    }

    private BridgeContext context() {
        return new BridgeContext().journalRoot(root).counters(counters).batchEvents(BATCH_EVENTS)
            .lingerMs(1).stallMs(1_000).longestRetryMs(500);
    }

    private Bridge bridge(KafkaContext kafka) throws IOException {
        return new Bridge(context(), KafkaSink.factory(kafka, root));
    }

    private long counter(String name) {
        return counters.value("bridge.kafka." + name);
    }

    /** Topics of many tests would make a killed broker's recovery long. */
    @AfterEach
    void deleteTopics() throws Exception {
        if (broker != null) {
            try (Admin admin = KafkaClients.admin(kafka())) {
                admin.deleteTopics(admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(prefix)).toList()).all().get();
            }
        }
    }

    private String errors() {
        StringBuilder errors = new StringBuilder();
        counters.forEachError((count, first, last, text) ->
            errors.append(count).append(" times ").append(text.lines().findFirst().orElse(""))
                .append('\n'));
        return errors.toString();
    }

    private void run(Bridge bridge, BooleanSupplier isDone) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!isDone.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs,
                () -> "the bridge does not end: " + errors());
            if (bridge.doWork() == 0) {
                LockSupport.parkNanos(200_000);
            }
        }
    }

    private BooleanSupplier isAtEnd(MadeUpDay day) {
        return () -> day.isTaken(counters, "bridge.kafka");
    }

    private void assertTopics(KafkaContext kafka) throws IOException {
        assertTopic(kafka, RAW_QUOTES, QuoteDecoder.TEMPLATE_ID, BboDecoder.TEMPLATE_ID);
        assertTopic(kafka, PROCESSED_QUOTES, BboDecoder.TEMPLATE_ID);
        assertTopic(kafka, MARKET_L1, BboDecoder.TEMPLATE_ID);
        assertTopic(kafka, MARKET_L2, LevelChangedDecoder.TEMPLATE_ID);
        assertTopic(kafka, MARKET_TICKS, TradeDecoder.TEMPLATE_ID,
            OrderExecutedDecoder.TEMPLATE_ID);
        assertTopic(kafka, MARKET_TICKS_ALIAS, TradeDecoder.TEMPLATE_ID,
            OrderExecutedDecoder.TEMPLATE_ID);
        assertInbound(kafka);
    }

    private void assertTopic(KafkaContext kafka, KafkaTopic topic, Integer... templateIds) {
        assertEquals(expected(templateIds), found(kafka, topic), topic.name());
    }

    private EventSet expected(Integer... templateIds) {
        return new JournaledRows(root, DATE).events(List.of(templateIds));
    }

    private EventSet found(KafkaContext kafka, KafkaTopic topic) {
        return readback().events(kafka.topic(topic), DATE);
    }

    private TopicReadback readback() {
        return new TopicReadback(broker.address());
    }

    /** Byte for byte the journal's. */
    private long assertInbound(KafkaContext kafka) throws IOException {
        try (InboundTopic topic = new InboundTopic(kafka, DATE);
            JournalTail tail = JournalTail.written(directory(), JournalQueue.INBOUND)) {
            while (tail.next()) {
                assertTrue(topic.next(Duration.ofSeconds(10)), "the topic ends too early");
                assertEquals(hex(tail.event()), hex(topic.event()));
            }
            assertFalse(topic.next(Duration.ofMillis(300)), "the topic goes on");
            assertEquals(0, topic.missing());
            assertNotNull(topic.head());
            return topic.repeated();
        }
    }

    private static String hex(EventView event) {
        byte[] bytes = new byte[event.length()];
        event.buffer().getBytes(event.offset() - EventDescriptor.HEADER_LENGTH, bytes);
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private Path directory() {
        return Journal.directory(root, DATE);
    }

    @Test
    void shouldSendEveryEventOnceToItsTopics() throws IOException {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS)) {
            Bridge bridge = bridge(kafka());
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTopics(kafka());
            assertLatest();
            assertKeysInOrder();
        }
    }

    private void assertLatest() {
        Map<String, String> last = new HashMap<>();
        for (var record : readback().records(kafka().topic(MARKET_L1))) {
            last.put(new String(record.key(), UTF_8), text(record));
        }
        Map<String, String> latest = new HashMap<>();
        for (var record : readback().records(kafka().topic(LATEST))) {
            latest.put(new String(record.key(), UTF_8), text(record));
        }
        assertEquals(last, latest);
    }

    /** One security's records are in one partition and in their order. */
    private void assertKeysInOrder() {
        Map<String, ConsumerRecord<byte[], byte[]>> before = new HashMap<>();
        for (var record : readback().records(kafka().topic(MARKET_TICKS))) {
            var previous = before.put(new String(record.key(), UTF_8), record);
            assertTrue(previous == null || previous.partition() == record.partition()
                && sequence(previous) < sequence(record));
        }
        assertEquals(MadeUpDay.INSTRUMENT_COUNT, before.size());
    }

    private static long sequence(ConsumerRecord<byte[], byte[]> record) {
        String text = text(record);
        return Long.parseLong(text.substring(text.lastIndexOf(':') + 1, text.length() - 1));
    }

    @Test
    void shouldSendTheEventsThemselvesWhenAsked() throws IOException {
        KafkaContext kafka = kafka().format(KafkaContext.Format.SBE);
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            Bridge bridge = bridge(kafka);
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTopics(kafka);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoseAndRepeatNothingWhenTheBrokerIsKilled(boolean isTransactional)
        throws IOException {
        KafkaContext kafka = kafka().transactions(isTransactional);
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS)) {
            Bridge bridge = bridge(kafka);
            run(bridge, () -> counter("batches") >= 2);
            broker.kill();
            run(bridge, () -> counter("stalls") + counter("failures") > 0);
            day.write(EVENTS / 2);
            broker.start();
            run(bridge, isAtEnd(day));
            bridge.onClose();
            assertTopics(kafka);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoseNothingWhenItIsKilledBetweenCommitAndCheckpoint(boolean isTransactional)
        throws Exception {
        KafkaContext kafka = new KafkaContext().bootstrapServers(broker.address())
            .topicPrefix(prefix).partitions(2).transactions(isTransactional);
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(EVENTS)) {
            for (int acknowledgements : new int[] {1, 3}) {
                BridgeProcess.runUntilKilled(root, broker.address(), prefix, isTransactional,
                    acknowledgements);
            }
            Bridge bridge = bridge(kafka);
            run(bridge, isAtEnd(day));
            bridge.onClose();
            long repeated = assertInbound(kafka);
            if (isTransactional) {
                assertEquals(0, repeated);
                assertTopics(kafka);
            } else {
                assertTrue(repeated > 0, "nothing was sent again");
                assertEquals("", expected(BboDecoder.TEMPLATE_ID)
                    .difference(found(kafka, MARKET_L1)));
            }
        }
    }

    @Test
    void shouldCatchUpWithABrokerThatStoodStill() throws IOException {
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(1_000)) {
            Bridge bridge = bridge(kafka());
            run(bridge, () -> counter("batches") >= 1);
            broker.pause();
            try {
                day.write(2_000);
                run(bridge, () -> counter("stalls") > 0);
                assertTrue(counter("lag-events") > 0);
            } finally {
                broker.resume();
            }
            run(bridge, isAtEnd(day));
            run(bridge, () -> counter("lag-events") == 0);
            bridge.onClose();
            assertTopics(kafka());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepWhatTheBrokerRefusesForGoodAndGoOn(boolean isTransactional) throws Exception {
        KafkaContext kafka = kafka().transactions(isTransactional);
        try (Admin admin = KafkaClients.admin(kafka)) {
            admin.createTopics(List.of(new NewTopic(kafka.topic(MARKET_L2), 1, (short) 1)
                .configs(Map.of("max.message.bytes", "100")))).all().get();
        }
        try (MadeUpDay day = MadeUpDay.begin(root, DATE).write(200)) {
            Bridge bridge = bridge(kafka);
            run(bridge, isAtEnd(day));
            bridge.onClose();
            long refused = expected(LevelChangedDecoder.TEMPLATE_ID).count();
            assertEquals(refused, counter("dead-letters"));
            assertEquals(refused,
                Files.readAllLines(root.resolve("bridges/kafka.dead-letters")).size());
            assertEquals(0, found(kafka, MARKET_L2).count());
            assertEquals("", expected(TradeDecoder.TEMPLATE_ID, OrderExecutedDecoder.TEMPLATE_ID)
                .difference(found(kafka, MARKET_TICKS)));
            assertEquals(isTransactional, assertInbound(kafka) == 0);
        }
    }

    @Test
    void shouldMakeItsTopicsAsTheyAreMeant() throws Exception {
        KafkaContext kafka = kafka().partitions(3).retentionHours(5);
        new TopicSetup(kafka).run();
        new TopicSetup(kafka).run();
        try (Admin admin = KafkaClients.admin(kafka)) {
            var topics = admin.describeTopics(List.of(kafka.topic(MARKET_L1),
                kafka.topic(INBOUND))).allTopicNames().get();
            assertEquals(3, topics.get(kafka.topic(MARKET_L1)).partitions().size());
            assertEquals(1, topics.get(kafka.topic(INBOUND)).partitions().size());
            var resource = new org.apache.kafka.common.config.ConfigResource(
                org.apache.kafka.common.config.ConfigResource.Type.TOPIC, kafka.topic(MARKET_L1));
            assertEquals("18000000", admin.describeConfigs(List.of(resource)).all().get()
                .get(resource).get("retention.ms").value());
        }
    }
}
