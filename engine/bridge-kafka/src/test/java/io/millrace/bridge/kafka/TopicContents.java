// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** What a reader of committed records finds in a topic, and what it should find. */
final class TopicContents {
    private static final Pattern SEQUENCE =
        Pattern.compile("\"queue\":\"(inbound|outbound)\",\"sequence\":(\\d+)}");

    private TopicContents() {
    }

    static List<ConsumerRecord<byte[], byte[]>> read(KafkaContext context, String topic) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(context)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = ends(context, partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    /** Of all that was sent, also what a commit on its way to the partitions still hides. */
    private static Map<TopicPartition, Long> ends(KafkaContext context,
        List<TopicPartition> partitions) {
        try (Admin admin = KafkaClients.admin(context)) {
            var found = admin.listOffsets(partitions.stream()
                .collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest()))).all().get();
            Map<TopicPartition, Long> ends = new HashMap<>();
            found.forEach((at, end) -> ends.put(at, end.offset()));
            return ends;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    /** "inbound 12" of each record, sorted; repeats stay. */
    static List<String> sequences(KafkaContext context, KafkaTopic topic) {
        return read(context, context.topic(topic)).stream().map(TopicContents::text).map(text -> {
            Matcher matcher = SEQUENCE.matcher(text);
            return matcher.find() ? matcher.group(1) + ' ' + matcher.group(2) : text;
        }).sorted().toList();
    }

    /** The same of a journal. */
    static List<String> expected(Path epochDirectory, Predicate<EventView> wanted) {
        List<String> sequences = new ArrayList<>();
        for (JournalQueue queue : JournalQueue.values()) {
            try (JournalTail tail = JournalTail.written(epochDirectory, queue)) {
                while (tail.next()) {
                    if (wanted.test(tail.event())) {
                        sequences.add(queue.label() + ' ' + tail.event().sequence());
                    }
                }
            }
        }
        return sequences.stream().sorted().toList();
    }
}
