// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.bridge.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** How far bridges have come, by their client ids. Bridge's thread. */
final class CheckpointTopic {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_EMPTY_POLLS = 50;

    private final KafkaContext context;

    CheckpointTopic(KafkaContext context) {
        this.context = context;
    }

    static ProducerRecord<byte[], byte[]> record(KafkaContext context, Position position) {
        return new ProducerRecord<>(context.topic(KafkaTopic.CHECKPOINTS), 0,
            context.clientId().getBytes(UTF_8), position.toString().getBytes(UTF_8));
    }

    /** The last committed position, or null when this client has never committed one. */
    Position read() throws IOException {
        byte[] key = context.clientId().getBytes(UTF_8);
        TopicPartition partition = new TopicPartition(context.topic(KafkaTopic.CHECKPOINTS), 0);
        byte[] found = null;
        try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(context)) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            consumer.seekToBeginning(List.of(partition));
            int emptyPolls = 0;
            while (consumer.position(partition) < end) {
                var records = consumer.poll(POLL);
                emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
                if (emptyPolls > MOST_EMPTY_POLLS) {
                    throw new IOException(partition + " cannot be read up to " + end);
                }
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    found = Arrays.equals(key, record.key()) ? record.value() : found;
                }
            }
        }
        return found == null ? null : Position.parse(new String(found, UTF_8));
    }
}
