// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The clients as this bridge sets them up. */
final class KafkaClients {
    /** Longest record: a journal's head with thousands of securities. */
    static final int MAX_RECORD_BYTES = 20 << 20;

    private static final int LINGER_MS = 5;
    private static final int BATCH_BYTES = 1 << 18;
    private static final long BUFFER_BYTES = 1L << 26;
    private static final String TELEMETRY = "enable.metrics.push";

    private KafkaClients() {
    }

    static Admin admin(KafkaContext context) {
        Map<String, Object> settings = common(context);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            2 * context.requestTimeoutMs());
        return Admin.create(settings);
    }

    static KafkaProducer<byte[], byte[]> producer(KafkaContext context) {
        Map<String, Object> settings = common(context);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, context.compression());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2 * context.requestTimeoutMs());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, context.deliveryTimeoutMs());
        if (context.isTransactional()) {
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "millrace-bridge-" + context.clientId());
        }
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads what was committed, from the beginning, and tells nobody how far it has come. */
    static KafkaConsumer<byte[], byte[]> consumer(KafkaContext context) {
        Map<String, Object> settings = common(context);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * context.requestTimeoutMs());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    }

    private static Map<String, Object> common(KafkaContext context) {
        Map<String, Object> settings = new HashMap<>(context.security());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, context.bootstrapServers());
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, context.clientId());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, context.requestTimeoutMs());
        settings.put(TELEMETRY, false);
        return settings;
    }
}
