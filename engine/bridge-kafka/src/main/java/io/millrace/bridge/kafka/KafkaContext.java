// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Options of the ways to and from Kafka. Set on the control thread, then concluded; nothing
 * changes afterwards.
 */
public final class KafkaContext {
    /** Key of {@link #bootstrapServers(String)}. */
    public static final String BOOTSTRAP_KEY = "bridge.kafka.bootstrap-servers";
    /** Key of {@link #clientId(String)}. */
    public static final String CLIENT_ID_KEY = "bridge.kafka.client-id";
    /** Key of {@link #partitions(int)}. */
    public static final String PARTITIONS_KEY = "bridge.kafka.partitions";
    /** Key of {@link #replication(int)}. */
    public static final String REPLICATION_KEY = "bridge.kafka.replication";
    /** Key of {@link #retentionHours(int)}. */
    public static final String RETENTION_KEY = "bridge.kafka.retention-hours";
    /** Key of {@link #compression(String)}. */
    public static final String COMPRESSION_KEY = "bridge.kafka.compression";
    /** Key of {@link #format(Format)}. */
    public static final String FORMAT_KEY = "bridge.kafka.format";
    /** Key of {@link #transactions(boolean)}. */
    public static final String TRANSACTIONS_KEY = "bridge.kafka.transactions";
    /** Key of {@link #deliveryTimeoutMs(int)}. */
    public static final String DELIVERY_TIMEOUT_KEY = "bridge.kafka.delivery-timeout-ms";
    /** Key of {@link #requestTimeoutMs(int)}. */
    public static final String REQUEST_TIMEOUT_KEY = "bridge.kafka.request-timeout-ms";
    /** Prefix of the keys of {@link #topic(KafkaTopic, String)}. */
    public static final String TOPIC_KEY_PREFIX = "bridge.kafka.topic-";

    public static final String BOOTSTRAP_DEFAULT = "localhost:9092";
    public static final String CLIENT_ID_DEFAULT = "millrace";
    public static final int PARTITIONS_DEFAULT = 6;
    public static final int MAX_PARTITIONS = 4_096;
    public static final int REPLICATION_DEFAULT = 1;
    public static final int MAX_REPLICATION = 16;
    public static final int RETENTION_HOURS_DEFAULT = 168;
    public static final int MAX_RETENTION_HOURS = 1 << 20;
    public static final String COMPRESSION_DEFAULT = "lz4";
    public static final int DELIVERY_TIMEOUT_MS_DEFAULT = 120_000;
    public static final int MIN_DELIVERY_TIMEOUT_MS = 15_000;
    public static final int MAX_DELIVERY_TIMEOUT_MS = 3_600_000;

    public static final int REQUEST_TIMEOUT_MS_DEFAULT = 5_000;
    public static final int MIN_REQUEST_TIMEOUT_MS = 100;
    public static final int MAX_REQUEST_TIMEOUT_MS = 14_000;

    private static final Set<String> COMPRESSIONS = Set.of("none", "gzip", "snappy", "lz4", "zstd");

    /** How records of quotes, trades and levels are written. */
    public enum Format {
        /** JSON, as people and databases like it. */
        JSON,
        /** The event's own bytes, header and block. */
        SBE
    }

    private final Map<KafkaTopic, String> topics = new EnumMap<>(KafkaTopic.class);
    private final Map<String, String> security = new HashMap<>();
    private String bootstrapServers = BOOTSTRAP_DEFAULT;
    private String clientId = CLIENT_ID_DEFAULT;
    private int partitions = PARTITIONS_DEFAULT;
    private int replication = REPLICATION_DEFAULT;
    private int retentionHours = RETENTION_HOURS_DEFAULT;
    private String compression = COMPRESSION_DEFAULT;
    private Format format = Format.JSON;
    private boolean isTransactional = true;
    private int requestTimeoutMs = REQUEST_TIMEOUT_MS_DEFAULT;
    private int deliveryTimeoutMs = DELIVERY_TIMEOUT_MS_DEFAULT;

    /** Topics have the names that users expect until told otherwise. */
    public KafkaContext() {
        for (KafkaTopic topic : KafkaTopic.values()) {
            topics.put(topic, topic.defaultName());
        }
    }

    /** Brokers to begin with. */
    public KafkaContext bootstrapServers(String servers) {
        bootstrapServers = servers;
        return this;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Who this bridge is to the brokers; two that write to one cluster need two names. */
    public KafkaContext clientId(String id) {
        clientId = id;
        return this;
    }

    String clientId() {
        return clientId;
    }

    /** Partitions of topics by symbol, 1 to 4,096. */
    public KafkaContext partitions(int count) {
        partitions = count;
        return this;
    }

    int partitions() {
        return partitions;
    }

    /** Copies of each partition, 1 to 16. */
    public KafkaContext replication(int factor) {
        replication = factor;
        return this;
    }

    int replication() {
        return replication;
    }

    /** Hours that brokers keep records, 1 to 1,048,576. */
    public KafkaContext retentionHours(int hours) {
        retentionHours = hours;
        return this;
    }

    int retentionHours() {
        return retentionHours;
    }

    /** One of none, gzip, snappy, lz4, zstd. */
    public KafkaContext compression(String type) {
        compression = type;
        return this;
    }

    String compression() {
        return compression;
    }

    /** How records of quotes, trades and levels are written. */
    public KafkaContext format(Format wanted) {
        format = wanted;
        return this;
    }

    Format format() {
        return format;
    }

    /** Records and the position behind them in one transaction. */
    public KafkaContext transactions(boolean wanted) {
        isTransactional = wanted;
        return this;
    }

    boolean isTransactional() {
        return isTransactional;
    }

    /** How long the client tries to deliver a record by itself, 15,000 to 3,600,000. */
    public KafkaContext deliveryTimeoutMs(int ms) {
        deliveryTimeoutMs = ms;
        return this;
    }

    int deliveryTimeoutMs() {
        return deliveryTimeoutMs;
    }

    /** How long one request may take; a call waits twice as long for brokers, 100 to 14,000. */
    public KafkaContext requestTimeoutMs(int ms) {
        requestTimeoutMs = ms;
        return this;
    }

    int requestTimeoutMs() {
        return requestTimeoutMs;
    }

    /** Name of a topic; empty for none. */
    public KafkaContext topic(KafkaTopic topic, String name) {
        topics.put(topic, name);
        return this;
    }

    /** The same prefix in front of all topics. */
    public KafkaContext topicPrefix(String prefix) {
        topics.replaceAll((topic, name) -> name.isEmpty() ? name : prefix + name);
        return this;
    }

    /** Name of a topic; empty for none. */
    String topic(KafkaTopic topic) {
        return topics.get(topic);
    }

    /** Settings of TLS and SASL, as Kafka's clients name them. */
    public KafkaContext security(Map<String, String> settings) {
        security.putAll(settings);
        return this;
    }

    Map<String, String> security() {
        return security;
    }

    /** Checks every option; who takes a context concludes it. */
    public KafkaContext conclude() {
        check(PARTITIONS_KEY, partitions, 1, MAX_PARTITIONS);
        check(REPLICATION_KEY, replication, 1, MAX_REPLICATION);
        check(RETENTION_KEY, retentionHours, 1, MAX_RETENTION_HOURS);
        check(DELIVERY_TIMEOUT_KEY, deliveryTimeoutMs, MIN_DELIVERY_TIMEOUT_MS,
            MAX_DELIVERY_TIMEOUT_MS);
        check(REQUEST_TIMEOUT_KEY, requestTimeoutMs, MIN_REQUEST_TIMEOUT_MS,
            MAX_REQUEST_TIMEOUT_MS);
        if (!COMPRESSIONS.contains(compression)) {
            throw new IllegalArgumentException(COMPRESSION_KEY + " '" + compression
                + "' is not one of none, gzip, snappy, lz4, zstd");
        }
        if (bootstrapServers.isBlank() || clientId.isBlank()) {
            throw new IllegalArgumentException((clientId.isBlank() ? CLIENT_ID_KEY : BOOTSTRAP_KEY)
                + " is empty");
        }
        return this;
    }

    private static void check(String key, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(key + " " + value + " is not within " + least
                + " to " + greatest);
        }
    }
}
