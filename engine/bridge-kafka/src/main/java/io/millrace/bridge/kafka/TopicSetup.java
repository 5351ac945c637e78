// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics that are missing, each as it is meant; those that exist are left as they are,
 * but for one that must have one partition.
 */
public final class TopicSetup {
    private static final long MS_PER_HOUR = 3_600_000L;

    private final KafkaContext context;

    /** @param context concluded here */
    public TopicSetup(KafkaContext context) {
        this.context = context.conclude();
    }

    /**
     * Makes them.
     *
     * @throws IOException when a topic cannot be used as it is, or the brokers do not answer
     */
    public void run() throws IOException, InterruptedException {
        try (Admin admin = KafkaClients.admin(context)) {
            for (Map.Entry<String, KafkaFuture<Void>> made
                : admin.createTopics(topics()).values().entrySet()) {
                await(made.getKey(), made.getValue());
            }
            check(admin);
        }
    }

    private List<NewTopic> topics() {
        List<NewTopic> topics = new ArrayList<>();
        for (KafkaTopic topic : KafkaTopic.values()) {
            boolean isWanted = topic != KafkaTopic.CHECKPOINTS || context.isTransactional();
            if (isWanted && !context.topic(topic).isEmpty()) {
                topics.add(new NewTopic(context.topic(topic),
                    topic.isOnePartition() ? 1 : context.partitions(),
                    (short) context.replication()).configs(settings(topic)));
            }
        }
        return topics;
    }

    private Map<String, String> settings(KafkaTopic topic) {
        Map<String, String> settings = new HashMap<>();
        if (topic.isCompacted()) {
            settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        } else {
            settings.put(TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(context.retentionHours() * MS_PER_HOUR));
        }
        if (topic == KafkaTopic.INBOUND) {
            settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(KafkaClients.MAX_RECORD_BYTES));
        }
        return settings;
    }

    private void check(Admin admin) throws IOException, InterruptedException {
        String name = context.topic(KafkaTopic.INBOUND);
        if (name.isEmpty()) {
            return;
        }
        TopicDescription topic =
            await(name, admin.describeTopics(List.of(name)).topicNameValues().get(name));
        if (topic != null && topic.partitions().size() != 1) {
            throw new IOException("topic " + name + " has " + topic.partitions().size()
                + " partitions; all events in their order need exactly one");
        }
    }

    private static <T> T await(String topic, KafkaFuture<T> future)
        throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return null;
            }
            throw new IOException("topic " + topic + ": " + e.getCause().getMessage(),
                e.getCause());
        }
    }
}
