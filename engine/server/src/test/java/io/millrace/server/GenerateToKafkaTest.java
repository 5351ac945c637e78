// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.EventFlag;
import io.millrace.testing.LocalServers;
import io.millrace.testing.TopicReadback;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `generate` makes, in the topics of the real broker. */
@Tag("pipeline")
class GenerateToKafkaTest {
    private static final String MESSAGES =
        Boolean.getBoolean("millrace.full") ? "1000000" : "20000";
    private static final String DATE = "2026-01-30";
    private static final String[] FLOW =
        {"--messages", MESSAGES, "--symbols", "50", "--seed", "6", "--length", "20s"};

    @TempDir
    private Path folder;
    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + '.';

    private Map<String, String> environment(String servers) {
        Map<String, String> environment = new HashMap<>();
        environment.put("MILLRACE_BRIDGE_KAFKA_BOOTSTRAP_SERVERS", servers);
        environment.put("MILLRACE_BRIDGE_KAFKA_TOPIC_PREFIX", prefix);
        environment.put("MILLRACE_BRIDGE_KAFKA_REQUEST_TIMEOUT_MS", "2000");
        environment.put("MILLRACE_BRIDGE_DRAIN_MS", "60000");
        return environment;
    }

    private static CommandRun generate(Map<String, String> environment, String to,
        String... more) {
        List<String> arguments = new ArrayList<>(List.of("generate", "--to", to));
        arguments.addAll(List.of(more));
        return CommandRun.of(environment, arguments.toArray(String[]::new));
    }

    private record Tick(String key, String value) {
    }

    private List<Tick> ticks(LocalServers broker) {
        return new TopicReadback(broker.address()).records(prefix + "market-ticks").stream()
            .map(record -> new Tick(new String(record.key(), UTF_8), TopicReadback.text(record)))
            .toList();
    }

    private static String field(Tick tick, String name) {
        return tick.value().replaceAll(".*\"" + name + "\":\"?([^,\"}]*).*", "$1");
    }

    @Test
    void shouldGiveAFollowingEngineTheJournalThatAnImportOfTheSameFlowHas() {
        LocalServers broker = LocalServers.running("kafka");
        String file = folder.resolve("day.itch50").toString();
        assertEquals(0, generate(Map.of(), file, FLOW).exitCode());
        CommandRun imported = CommandRun.of("import", "--feed", "itch50", file, "--simulated",
            "--date", DATE, "--journal", folder.resolve("imported").toString());
        assertEquals(0, imported.exitCode(), imported.log());

        CommandRun run = generate(environment(broker.address()), "kafka", FLOW);
        assertEquals(0, run.exitCode(), run.out() + run.log());
        assertEquals("kafka: " + MESSAGES + " messages"
            + imported.out().strip().replaceAll("^[^:]*: (.*)", ", $1, all delivered"),
            run.out().strip());

        CommandRun followed = CommandRun.of(environment(broker.address()), "run", "--feed",
            "kafka", "--for", "120s", "--prove", "--feed.trading-date", DATE,
            "--journal.directory", folder.resolve("followed").toString());
        assertEquals(0, followed.exitCode(), followed.out() + followed.log());
        CommandRun compared = CommandRun.of("journal", "cmp",
            folder.resolve("imported").toString(), folder.resolve("followed").toString());
        assertEquals(0, compared.exitCode(), compared.out() + compared.log());
    }

    @Test
    void shouldSendEveryTickOnceWithEachCall() {
        LocalServers broker = LocalServers.running("kafka");
        for (int i = 0; i < 2; i++) {
            CommandRun run = CommandRun.of(environment(broker.address()), "generate", "200",
                "0.005", "10", "--to", "kafka");
            assertEquals(0, run.exitCode(), run.out() + run.log());
            assertTrue(run.out().startsWith("kafka: 616 messages, "), run.out());
            assertTrue(run.out().endsWith(", all delivered\n"), run.out());
            assertTrue(run.log().contains("generate: 200 ticks, jitter"), run.log());
        }
        List<Tick> trades = ticks(broker);
        Map<String, Long> bySymbol = trades.stream().collect(Collectors.groupingBy(
            Tick::key, TreeMap::new, Collectors.counting()));
        assertEquals(Map.of("AAPL", 80L, "AMZN", 80L, "GOOGL", 80L, "MSFT", 80L, "TSLA", 80L),
            bySymbol);
        assertEquals(List.of(), trades.stream().filter(trade ->
            (Integer.parseInt(field(trade, "flags")) & EventFlag.SIMULATED) == 0
                || !field(trade, "venue").equals("SIMA")).toList());
        assertEquals(400, trades.stream().map(Tick::value).distinct().count());
    }

    @Test
    void shouldSayThatTheBrokersHaveNotTakenAll() {
        Map<String, String> nowhere = environment("127.0.0.1:1");
        nowhere.put("MILLRACE_BRIDGE_DRAIN_MS", "0");
        CommandRun run = generate(nowhere, "kafka", FLOW);
        assertEquals(3, run.exitCode(), run.out() + run.log());
        assertTrue(run.out().endsWith(", not all delivered\n"), run.out());
        assertTrue(run.log().contains("generate: kafka: 0 events"), run.log());
    }

    @Test
    void shouldRefuseAnOptionOfTheBridgeThatCannotBe() {
        CommandRun run = generate(Map.of(), "kafka", "--bridge.kafka.partitions", "0");
        assertEquals(2, run.exitCode());
        assertTrue(run.log().contains("bridge.kafka.partitions: '0'"), run.log());
    }
}
