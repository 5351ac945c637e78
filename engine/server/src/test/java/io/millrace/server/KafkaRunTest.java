// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.LocalServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose journal goes to the real broker, and a second engine that has nothing else. */
@Tag("pipeline")
class KafkaRunTest {
    private static final boolean IS_FULL = Boolean.getBoolean("millrace.full");
    private static final String SPAN = IS_FULL ? "30s" : "3s";
    private static final String RATE = IS_FULL ? "30000" : "5000";

    @TempDir
    private Path folder;

    private Map<String, String> environment(LocalServers broker) {
        String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + '.';
        Map<String, String> environment = new HashMap<>();
        environment.put("MILLRACE_BRIDGE_KAFKA_BOOTSTRAP_SERVERS", broker.address());
        environment.put("MILLRACE_BRIDGE_KAFKA_CLIENT_ID", prefix);
        environment.put("MILLRACE_BRIDGE_KAFKA_REQUEST_TIMEOUT_MS", "2000");
        environment.put("MILLRACE_BRIDGE_DRAIN_MS", "60000");
        environment.put("MILLRACE_BRIDGE_KAFKA_TOPIC_PREFIX", prefix);
        return environment;
    }

    private CommandRun run(Map<String, String> environment, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--feed", "simulator", "--for",
            SPAN, "--simulator.messages-per-second", RATE, "--simulator.symbols", "200",
            "--simulator.live-orders", "2000", "--engine.inbound-capacity", "131072",
            "--feed.multicast-group", "239.77.18.1", "--bridge.kafka.enabled", "true",
            "--journal.directory", folder.resolve("first").toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(environment, arguments.toArray(String[]::new));
    }

    private CommandRun follow(Map<String, String> environment) {
        return CommandRun.of(environment, "run", "--feed", "kafka", "--for", "120s", "--prove",
            "--journal.directory", folder.resolve("second").toString());
    }

    private void assertEqualJournals() {
        CommandRun compared = CommandRun.of("journal", "cmp", folder.resolve("first").toString(),
            folder.resolve("second").toString());
        System.out.println(compared.out());
        assertEquals(0, compared.exitCode(), compared.out() + compared.log());
    }

    @Test
    void shouldBuildTheSameBooksFromTheTopicWhileTheFirstEngineRuns() {
        Map<String, String> environment = environment(LocalServers.running("kafka"));
        CompletableFuture<CommandRun> following =
            CompletableFuture.supplyAsync(() -> follow(environment));
        CommandRun run = run(environment);
        CommandRun followed = following.join();
        System.out.println(run.out() + followed.out());
        assertAll(
            () -> assertEquals(0, run.exitCode(), run.out() + run.log()),
            () -> assertTrue(run.out().contains("lag 0,"), run.out()),
            () -> assertEquals(0, followed.exitCode(), followed.out() + followed.log()),
            () -> assertTrue(followed.out().contains(" 0 missing, 0 repeated"), followed.out()),
            this::assertEqualJournals);
    }

    @Test
    void shouldRunAsIfNothingWereWhileTheBrokerIsAwayAndSendItAllLater() {
        LocalServers broker = LocalServers.running("kafka");
        Map<String, String> environment = environment(broker);
        broker.kill();
        CommandRun away;
        try {
            away = run(environment, "--bridge.drain-ms", "0");
        } finally {
            broker.start();
        }
        assertEquals(0, away.exitCode(), away.out() + away.log());
        assertTrue(away.out().contains("kafka: 0 events"), away.out());
        Map<String, String> later = new HashMap<>(environment);
        later.put("MILLRACE_FEED_TRADING_DATE", "2099-01-02");
        CommandRun next = run(later);
        assertTrue(next.out().contains("lag 0,"), next.out() + next.log());
        CommandRun followed = follow(environment);
        assertEquals(0, followed.exitCode(), followed.out() + followed.log());
        CommandRun compared = CommandRun.of("journal", "cmp",
            away.out().replaceAll("(?s).*journal\\s+(\\S+/first/\\S+): .*", "$1"),
            folder.resolve("second").toString());
        assertEquals(0, compared.exitCode(), compared.out() + compared.log());
        CommandRun pruned = prune();
        assertEquals(0, pruned.exitCode(), pruned.out() + pruned.log());
        assertTrue(pruned.out().contains("1 of 2 epochs"), pruned.out());
    }

    private CommandRun prune() {
        return CommandRun.of("journal", "prune", folder.resolve("first").toString(), "--dry-run",
            "--journal.retention-days", "1", "--today", "2099-01-02");
    }

    @Test
    void shouldKeepFromPruningWhatNoBrokerHasTaken() {
        Map<String, String> nowhere = Map.of("MILLRACE_BRIDGE_KAFKA_BOOTSTRAP_SERVERS",
            "127.0.0.1:1", "MILLRACE_BRIDGE_KAFKA_REQUEST_TIMEOUT_MS", "1000");
        for (String date : List.of("2099-01-01", "2099-01-02")) {
            CommandRun run = run(nowhere, "--bridge.drain-ms", "0", "--feed.trading-date", date);
            assertEquals(0, run.exitCode(), run.out() + run.log());
        }
        CommandRun pruned = prune();
        assertEquals(1, pruned.exitCode(), pruned.out());
        assertTrue(pruned.out().contains("reader bridge-kafka has confirmed inbound nothing"),
            pruned.out());
    }

    @Test
    void shouldRefuseAFeedOfEventsWherePacketsAreNeeded() {
        CommandRun test = CommandRun.of("feed", "test", "--feed", "kafka");
        assertEquals(2, test.exitCode());
        assertTrue(test.log().contains("feed.source: 'kafka' has events and no packets;"
            + " only run takes it"), test.log());
        CommandRun unjournaled = CommandRun.of("run", "--bridge.kafka.enabled", "true",
            "--journal.enabled", "false");
        assertEquals(2, unjournaled.exitCode());
        assertTrue(unjournaled.log().contains("bridge.kafka.enabled: bridges read the journal"),
            unjournaled.log());
    }
}
