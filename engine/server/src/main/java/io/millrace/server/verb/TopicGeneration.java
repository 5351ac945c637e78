// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.counter.EngineClock;
import io.millrace.feed.TradingDate;
import io.millrace.server.config.CheckpointOptions;
import io.millrace.server.config.ClickHouseOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.KafkaOptions;
import io.millrace.server.config.ParquetOptions;
import io.millrace.server.config.PostgresOptions;
import io.millrace.server.config.RedisOptions;
import io.millrace.server.topic.FlowMessages;
import io.millrace.server.topic.SimulatedMessages;
import io.millrace.server.topic.TickMessages;
import io.millrace.server.topic.TopicFeeder;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.tick.TickPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * What `generate` makes, to Kafka's topics: a journal in a folder of its own for as long as it
 * takes, and the bridge that copies it. Main thread.
 */
final class TopicGeneration {
    private static final Map<String, String> KAFKA_ALONE = Map.of(KafkaOptions.ENABLED, "true",
        RedisOptions.ENABLED, "false", ClickHouseOptions.ENABLED, "false",
        PostgresOptions.ENABLED, "false", ParquetOptions.ENABLED, "false",
        CheckpointOptions.CHECKPOINTS, "off");
    private static final int SHORT_ID_LENGTH = 8;

    private final Terminal terminal;
    private final ConfigurationFlags flags;

    TopicGeneration(Terminal terminal, ConfigurationFlags flags) {
        this.terminal = terminal;
        this.flags = flags;
    }

    /** Order flow, as fast as it goes; returns the exit code. */
    int flow(OrderFlow flow, LocalDate date) throws IOException {
        Progress progress = new Progress(terminal, "generate", "messages");
        double all = flow.messages();
        TopicFeeder.Result result = feed(new FlowMessages(flow, TradingDate.of(date)), count -> {
            progress.at(count, count / all);
            return !terminal.stop().isRequested();
        });
        progress.end(result.messages());
        return report(result);
    }

    /** Ticks in their time; returns the exit code. */
    int ticks(TickPlan plan) throws IOException {
        TickMessages ticks = new TickMessages(plan, new EngineClock(),
            TickLines.overload(terminal));
        TopicFeeder.Result result = feed(ticks, count -> !terminal.stop().isRequested());
        TickLines.report(ticks.generator(), terminal);
        return report(result);
    }

    private TopicFeeder.Result feed(SimulatedMessages messages, LongPredicate goesOn)
        throws IOException {
        Configuration configuration = configuration();
        Path root = Files.createTempDirectory("millrace-generate-");
        terminal.stop().listen();
        try {
            return new TopicFeeder(configuration, terminal.environment(), root)
                .run(messages, goesOn);
        } finally {
            remove(root);
        }
    }

    /** To the brokers each call is somebody else: the position of a running bridge stays its. */
    private Configuration configuration() throws IOException {
        Configuration configuration = flags.load(terminal, Map.of()).with(KAFKA_ALONE);
        return configuration.with(Map.of(KafkaOptions.CLIENT_ID,
            configuration.text(KafkaOptions.CLIENT_ID) + "-generate-"
                + UUID.randomUUID().toString().substring(0, SHORT_ID_LENGTH)));
    }

    private int report(TopicFeeder.Result result) throws IOException {
        terminal.print(String.format(Locale.ROOT,
            "kafka: %d messages, %d events in, %d events out, %s%n", result.messages(),
            result.inbound(), result.outbound(),
            result.isDelivered() ? "all delivered" : "not all delivered"));
        result.bridges().forEach(line -> terminal.log("generate: " + line));
        result.errors().forEach(error -> terminal.log("generate: " + error));
        if (terminal.stop().isRequested()) {
            terminal.log("generate: stopped when asked; the topics hold what came before");
        }
        return result.isDelivered() ? ExitCode.OK : ExitCode.IO;
    }

    private static void remove(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(root)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
