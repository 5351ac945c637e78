// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed records finds in a topic; Kafka's client is the caller's to have. */
public final class TopicReadback {
    private static final Pattern PLACE = Pattern.compile(
        "\"epoch\":\"([0-9-]+)\",\"queue\":\"(inbound|outbound)\",\"sequence\":(\\d+)}");
    private static final Duration POLL = Duration.ofMillis(200);

    private final String servers;

    /** @param servers host and port of a broker */
    public TopicReadback(String servers) {
        this.servers = servers;
    }

    /** All records, in memory. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        forEach(topic, found::add);
        return found;
    }

    /** Every record of what was sent, also what a commit on its way to the partitions hides. */
    public void forEach(String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        try (KafkaConsumer<byte[], byte[]> sent = consumer("read_uncommitted");
            KafkaConsumer<byte[], byte[]> committed = consumer("read_committed")) {
            List<TopicPartition> partitions = sent.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition())).toList();
            Map<TopicPartition, Long> ends = sent.endOffsets(partitions);
            committed.assign(partitions);
            committed.seekToBeginning(partitions);
            while (ends.entrySet().stream()
                .anyMatch(end -> committed.position(end.getKey()) < end.getValue())) {
                committed.poll(POLL).forEach(taker);
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", servers, "isolation.level",
            isolation, "allow.auto.create.topics", false, "enable.metrics.push", false),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The events of an epoch that a topic holds: as JSON, each as itself, or in batches. */
    public EventSet events(String topic, LocalDate epoch) {
        EventSet events = new EventSet();
        forEach(topic, record -> {
            Header header = record.headers().lastHeader("epoch");
            if (header == null) {
                addText(text(record), epoch, events);
            } else if (new String(header.value(), UTF_8).equals(epoch.toString())
                && record.headers().lastHeader("head") == null) {
                addEvents(record.value(), events);
            }
        });
        return events;
    }

    private static void addText(String json, LocalDate epoch, EventSet events) {
        Matcher place = PLACE.matcher(json);
        if (!place.find()) {
            throw new AssertionError("no epoch, queue and sequence at the end of " + json);
        }
        if (place.group(1).equals(epoch.toString())) {
            events.add(place.group(2), Long.parseLong(place.group(3)));
        }
    }

    private static void addEvents(byte[] value, EventSet events) {
        UnsafeBuffer buffer = new UnsafeBuffer(value);
        EventView event = new EventView();
        for (int offset = 0; offset < value.length; offset += event.length()) {
            event.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH);
            events.add(event);
        }
    }

    /** Value of a record that is text. */
    public static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }
}
