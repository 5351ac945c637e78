// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.bridge;

import io.millrace.bridge.BridgeContext;
import io.millrace.bridge.clickhouse.ClickHouseContext;
import io.millrace.bridge.iceberg.IcebergCatalog;
import io.millrace.bridge.kafka.KafkaContext;
import io.millrace.bridge.kafka.KafkaTopic;
import io.millrace.bridge.memcached.MemcachedContext;
import io.millrace.bridge.parquet.ParquetContext;
import io.millrace.bridge.postgres.PostgresContext;
import io.millrace.bridge.redis.MemoryContext;
import io.millrace.bridge.redis.RedisContext;
import io.millrace.bridge.table.TableCatalog;
import io.millrace.server.config.BridgeOptions;
import io.millrace.server.config.ClickHouseOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.FeedPassword;
import io.millrace.server.config.KafkaOptions;
import io.millrace.server.config.MemcachedOptions;
import io.millrace.server.config.ParquetOptions;
import io.millrace.server.config.PostgresOptions;
import io.millrace.server.config.RedisOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** From the table of options to the contexts of the bridges. Control thread. */
public final class BridgeSettings {
    private static final List<String> SECURITY_PREFIXES = List.of("security.", "ssl.", "sasl.");

    private BridgeSettings() {
    }

    /** What all bridges share. */
    static BridgeContext shared(Configuration configuration) {
        return new BridgeContext()
            .batchEvents(configuration.integer(BridgeOptions.BATCH_EVENTS))
            .lingerMs(configuration.integer(BridgeOptions.LINGER))
            .firstRetryMs(configuration.integer(BridgeOptions.FIRST_RETRY))
            .longestRetryMs(configuration.integer(BridgeOptions.LONGEST_RETRY))
            .stallMs(configuration.integer(BridgeOptions.STALL))
            .deadLetterMb(configuration.integer(BridgeOptions.DEAD_LETTERS));
    }

    /** The way to Redis, of the bridge and of questions for quotes. */
    public static RedisContext redis(Configuration configuration, Map<String, String> environment) {
        String user = configuration.text(RedisOptions.USER);
        return new RedisContext()
            .servers(configuration.text(RedisOptions.SERVERS))
            .routing(RedisContext.Routing.valueOf(
                configuration.text(RedisOptions.ROUTING).toUpperCase(Locale.ROOT)))
            .clientId(configuration.text(RedisOptions.CLIENT_ID))
            .user(user.equals(RedisOptions.NONE) ? "" : user)
            .password(password(configuration, environment, RedisOptions.PASSWORD,
                RedisOptions.PASSWORD_FILE))
            .tls(configuration.isTrue(RedisOptions.TLS))
            .quoteTtlMs(configuration.integer(RedisOptions.QUOTE_TTL))
            .timeoutMs(configuration.integer(RedisOptions.TIMEOUT))
            .memory(new MemoryContext()
                .highPercent(configuration.integer(RedisOptions.MEMORY_HIGH))
                .lowPercent(configuration.integer(RedisOptions.MEMORY_LOW))
                .checkMs(configuration.integer(RedisOptions.MEMORY_CHECK)))
            .conclude();
    }

    static MemcachedContext memcached(Configuration configuration) {
        return new MemcachedContext()
            .servers(configuration.text(MemcachedOptions.SERVERS))
            .clientId(configuration.text(MemcachedOptions.CLIENT_ID))
            .quoteTtlS(configuration.integer(MemcachedOptions.QUOTE_TTL))
            .timeoutMs(configuration.integer(MemcachedOptions.TIMEOUT))
            .conclude();
    }

    /** The way to ClickHouse, of the bridge and of questions for quotes. */
    public static ClickHouseContext clickHouse(Configuration configuration,
        Map<String, String> environment) {
        String cluster = configuration.text(ClickHouseOptions.CLUSTER);
        return new ClickHouseContext()
            .url(configuration.text(ClickHouseOptions.URL))
            .database(configuration.text(ClickHouseOptions.DATABASE))
            .user(configuration.text(ClickHouseOptions.USER))
            .password(password(configuration, environment, ClickHouseOptions.PASSWORD,
                ClickHouseOptions.PASSWORD_FILE))
            .ttlDays(configuration.integer(ClickHouseOptions.TTL))
            .timeoutMs(configuration.integer(ClickHouseOptions.TIMEOUT))
            .replicated(configuration.isTrue(ClickHouseOptions.REPLICATED))
            .cluster(cluster.equals(ClickHouseOptions.NONE) ? "" : cluster)
            .onCluster(configuration.isTrue(ClickHouseOptions.ON_CLUSTER))
            .maxConnections(configuration.integer(ClickHouseOptions.MAX_CONNECTIONS))
            .healthSeconds(configuration.integer(ClickHouseOptions.HEALTH))
            .conclude();
    }

    static PostgresContext postgres(Configuration configuration,
        Map<String, String> environment) {
        String tlsRoot = configuration.text(PostgresOptions.TLS_ROOT);
        return new PostgresContext()
            .servers(configuration.text(PostgresOptions.SERVERS))
            .database(configuration.text(PostgresOptions.DATABASE))
            .schema(configuration.text(PostgresOptions.SCHEMA))
            .clientId(configuration.text(PostgresOptions.CLIENT_ID))
            .user(configuration.text(PostgresOptions.USER))
            .password(password(configuration, environment, PostgresOptions.PASSWORD,
                PostgresOptions.PASSWORD_FILE))
            .tls(configuration.text(PostgresOptions.TLS))
            .tlsRoot(tlsRoot.equals(PostgresOptions.NONE) ? "" : tlsRoot)
            .timescale(PostgresContext.Timescale.valueOf(
                configuration.text(PostgresOptions.TIMESCALE).toUpperCase(Locale.ROOT)))
            .timeoutMs(configuration.integer(PostgresOptions.TIMEOUT))
            .conclude();
    }

    /**
     * The folder of Parquet files, of the bridge and of questions for quotes.
     *
     * @param root folder of the journals
     */
    public static ParquetContext parquet(Configuration configuration, Path root) {
        String directory = configuration.text(ParquetOptions.DIRECTORY);
        return new ParquetContext()
            .directory(directory.equals(ParquetOptions.AUTO) ? root.resolve("parquet")
                : Path.of(directory))
            .symbolGroups(configuration.integer(ParquetOptions.SYMBOL_GROUPS))
            .minimumFreeMb(configuration.integer(ParquetOptions.MINIMUM_FREE))
            .catalog(configuration.isTrue(ParquetOptions.ICEBERG) ? new IcebergCatalog()
                : TableCatalog.NONE)
            .conclude();
    }

    /** Empty where neither variable nor file is named. */
    private static String password(Configuration configuration, Map<String, String> environment,
        String variable, String fileKey) {
        if (!environment.containsKey(variable) && configuration.text(fileKey).equals("none")) {
            return "";
        }
        FeedPassword password = FeedPassword.server(configuration, environment, variable, fileKey);
        if (password.problem() != null) {
            throw new ConfigurationException(List.of(password.problem()));
        }
        return password.text();
    }

    /** Topics and brokers, of the bridge and of an engine that follows. */
    public static KafkaContext kafka(Configuration configuration) throws IOException {
        KafkaContext context = new KafkaContext()
            .bootstrapServers(configuration.text(KafkaOptions.BOOTSTRAP))
            .clientId(configuration.text(KafkaOptions.CLIENT_ID))
            .security(security(configuration.text(KafkaOptions.SECURITY_FILE)))
            .format(KafkaContext.Format.valueOf(
                configuration.text(KafkaOptions.FORMAT).toUpperCase(Locale.ROOT)))
            .transactions(configuration.isTrue(KafkaOptions.TRANSACTIONS))
            .compression(configuration.text(KafkaOptions.COMPRESSION))
            .deliveryTimeoutMs(configuration.integer(KafkaOptions.DELIVERY_TIMEOUT))
            .requestTimeoutMs(configuration.integer(KafkaOptions.REQUEST_TIMEOUT))
            .partitions(configuration.integer(KafkaOptions.PARTITIONS))
            .replication(configuration.integer(KafkaOptions.REPLICATION))
            .retentionHours(configuration.integer(KafkaOptions.RETENTION));
        for (KafkaTopic topic : KafkaTopic.values()) {
            String name = configuration.text(KafkaOptions.topic(topic));
            context.topic(topic, name.equals(KafkaOptions.NONE) ? "" : name);
        }
        String prefix = configuration.text(KafkaOptions.PREFIX);
        context.topicPrefix(prefix.equals(KafkaOptions.NONE) ? "" : prefix);
        return context.conclude();
    }

    /** Passwords stand in a file of their own, and nothing but security does. */
    private static Map<String, String> security(String file) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        if (file.equals(KafkaOptions.NONE)) {
            return settings;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        }
        for (String key : properties.stringPropertyNames()) {
            if (SECURITY_PREFIXES.stream().noneMatch(key::startsWith)) {
                throw new ConfigurationException(List.of(KafkaOptions.SECURITY_FILE + ": '" + key
                    + "' in " + file + " does not begin with one of "
                    + String.join(", ", SECURITY_PREFIXES)));
            }
            settings.put(key, properties.getProperty(key));
        }
        return settings;
    }
}
