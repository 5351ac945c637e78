// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.outside;

import io.millrace.testing.LocalServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Where the four sinks of a run lead: real servers, names of this run alone, a folder of files. */
final class Outside {
    /** Longest wait for all of them. */
    static final int PATIENCE_MS = 120_000;
    /** Names of the sinks, in counters and reports. */
    static final List<String> SINKS = List.of("kafka", "clickhouse", "redis", "parquet");

    private final String topicPrefix;
    private final String database;
    private final Path files;
    private final LocalServers kafka = LocalServers.running("kafka");
    private final LocalServers clickHouse = LocalServers.running("clickhouse");
    private final LocalServers redis = LocalServers.running("redis");

    private Outside(String topicPrefix, String database, Path files) {
        this.topicPrefix = topicPrefix;
        this.database = database;
        this.files = files;
    }

    /** One that nobody has written to; skips the test where a server is missing. */
    static Outside fresh(Path files) {
        String name = "t" + UUID.randomUUID().toString().substring(0, 8);
        return new Outside(name + '.', name, files);
    }

    /** That of a demonstration which began at a time, as it names topics and tables. */
    static Outside ofDemo(String time, Path files) {
        return new Outside("demo." + time + '.', "demo_" + time, files);
    }

    /**
     * What a run must be told to copy its journal to all of it.
     *
     * @param drainMs longest wait at its stop for all to have come there
     */
    List<String> flags(int drainMs) {
        List<String> flags = new ArrayList<>();
        SINKS.forEach(sink -> flags.addAll(List.of("--bridge." + sink + ".enabled", "true")));
        flags.addAll(List.of(
            "--bridge.kafka.bootstrap-servers", kafka.address(),
            "--bridge.kafka.topic-prefix", topicPrefix, "--bridge.kafka.client-id", topicPrefix,
            "--bridge.kafka.request-timeout-ms", "2000", "--bridge.kafka.partitions", "2",
            "--bridge.clickhouse.url", clickHouseUrl(),
            "--bridge.clickhouse.database", database, "--bridge.clickhouse.linger-ms", "200",
            "--bridge.redis.servers", redis.address(), "--bridge.redis.client-id", topicPrefix,
            "--bridge.parquet.directory", files.toString(),
            "--bridge.parquet.max-seconds", "1", "--bridge.parquet.minimum-free-mb", "0",
            "--bridge.longest-retry-ms", "500", "--bridge.drain-ms", Integer.toString(drainMs)));
        return flags;
    }

    /** Ends all servers at once. */
    void kill() {
        servers().forEach(LocalServers::kill);
    }

    /** Starts all servers again, with what they have kept. */
    void start() {
        servers().forEach(LocalServers::start);
    }

    private List<LocalServers> servers() {
        return List.of(kafka, clickHouse, redis);
    }

    String topicPrefix() {
        return topicPrefix;
    }

    String database() {
        return database;
    }

    Path files() {
        return files;
    }

    String kafkaAddress() {
        return kafka.address();
    }

    String clickHouseUrl() {
        return "http://" + clickHouse.address();
    }

    int redisPort() {
        return redis.port();
    }
}
