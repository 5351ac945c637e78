// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import static io.millrace.server.config.ValueRule.integer;
import static io.millrace.server.config.ValueRule.oneOf;
import static io.millrace.server.config.ValueRule.text;

import io.millrace.bridge.kafka.KafkaContext;
import io.millrace.bridge.kafka.KafkaTopic;
import java.util.ArrayList;
import java.util.List;

/** The options of the ways to and from Kafka; part of the table in {@link ConfigOptions}. */
public final class KafkaOptions {
    /** Word of feed.source: events from the topic in place of packets. */
    public static final String SOURCE = "kafka";
    public static final String ENABLED = "bridge.kafka.enabled";
    public static final String BOOTSTRAP = KafkaContext.BOOTSTRAP_KEY;
    public static final String CLIENT_ID = KafkaContext.CLIENT_ID_KEY;
    public static final String SECURITY_FILE = "bridge.kafka.security-file";
    public static final String FORMAT = KafkaContext.FORMAT_KEY;
    public static final String TRANSACTIONS = KafkaContext.TRANSACTIONS_KEY;
    public static final String COMPRESSION = KafkaContext.COMPRESSION_KEY;
    public static final String DELIVERY_TIMEOUT = KafkaContext.DELIVERY_TIMEOUT_KEY;
    public static final String REQUEST_TIMEOUT = KafkaContext.REQUEST_TIMEOUT_KEY;
    public static final String PARTITIONS = KafkaContext.PARTITIONS_KEY;
    public static final String REPLICATION = KafkaContext.REPLICATION_KEY;
    public static final String RETENTION = KafkaContext.RETENTION_KEY;
    public static final String PREFIX = "bridge.kafka.topic-prefix";
    /** In the place of a name: no such topic, file or prefix. */
    public static final String NONE = "none";

    private static final int MAX_TOPIC_LENGTH = 249;

    static final List<ConfigOption> ALL = all();

    private KafkaOptions() {
    }

    /** Key of a topic's name. */
    public static String topic(KafkaTopic topic) {
        return KafkaContext.TOPIC_KEY_PREFIX + topic.key();
    }

    private static List<ConfigOption> all() {
        List<ConfigOption> all = new ArrayList<>(List.of(
            new ConfigOption(ENABLED, "false", oneOf("true", "false"),
                "Copy the journals to Kafka, on a thread of its own."),
            new ConfigOption(BOOTSTRAP, KafkaContext.BOOTSTRAP_DEFAULT, text(4096),
                "Brokers to begin with, host:port with commas between; also of feed.source kafka."),
            new ConfigOption(CLIENT_ID, KafkaContext.CLIENT_ID_DEFAULT, text(200),
                "Name of this engine among all that write to these brokers."),
            new ConfigOption(SECURITY_FILE, NONE, text(4096),
                "Properties file with the security., ssl. and sasl. settings of Kafka's clients."),
            new ConfigOption(FORMAT, "json", oneOf("json", "sbe"),
                "How quotes, trades and levels are written: as JSON, or as the event's bytes."),
            new ConfigOption(TRANSACTIONS, "true", oneOf("true", "false"),
                "Records and the position behind them in one transaction: a reader of what is"
                    + " committed sees each once. Without, repeats after a crash are told by"
                    + " epoch and sequence."),
            new ConfigOption(COMPRESSION, KafkaContext.COMPRESSION_DEFAULT,
                oneOf("none", "gzip", "snappy", "lz4", "zstd"), "Compression of records."),
            new ConfigOption(DELIVERY_TIMEOUT,
                Integer.toString(KafkaContext.DELIVERY_TIMEOUT_MS_DEFAULT),
                integer(KafkaContext.MIN_DELIVERY_TIMEOUT_MS, KafkaContext.MAX_DELIVERY_TIMEOUT_MS),
                "How long the client tries to deliver by itself before the batch is sent again."),
            new ConfigOption(REQUEST_TIMEOUT,
                Integer.toString(KafkaContext.REQUEST_TIMEOUT_MS_DEFAULT),
                integer(KafkaContext.MIN_REQUEST_TIMEOUT_MS, KafkaContext.MAX_REQUEST_TIMEOUT_MS),
                "How long one request may take; calls wait twice as long for brokers."),
            new ConfigOption(PARTITIONS, Integer.toString(KafkaContext.PARTITIONS_DEFAULT),
                integer(1, KafkaContext.MAX_PARTITIONS),
                "Partitions of a topic by symbol when it is made."),
            new ConfigOption(REPLICATION, Integer.toString(KafkaContext.REPLICATION_DEFAULT),
                integer(1, KafkaContext.MAX_REPLICATION),
                "Copies of each partition of a topic when it is made."),
            new ConfigOption(RETENTION, Integer.toString(KafkaContext.RETENTION_HOURS_DEFAULT),
                integer(1, KafkaContext.MAX_RETENTION_HOURS),
                "Hours that a topic keeps records when it is made."),
            new ConfigOption(PREFIX, NONE, text(MAX_TOPIC_LENGTH),
                "What stands in front of the names of all topics.")));
        for (KafkaTopic topic : KafkaTopic.values()) {
            all.add(new ConfigOption(topic(topic), topic.defaultName(), text(MAX_TOPIC_LENGTH),
                topic.about() + (topic == KafkaTopic.CHECKPOINTS ? ""
                    : " The word " + NONE + " leaves it out.")));
        }
        return List.copyOf(all);
    }
}
