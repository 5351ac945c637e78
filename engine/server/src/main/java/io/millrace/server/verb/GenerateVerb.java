// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.simulator.BinaryFileSink;
import io.millrace.simulator.FlowDatagrams;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.OrderFlowContext;
import io.millrace.simulator.PcapFile;
import io.millrace.simulator.tick.TickPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * `generate`: simulated order flow into a file, or labelled simulated ticks as lines of text; or
 * either to Kafka.
 */
@Command(name = "generate",
    description = {"Make simulated data: order flow into a file, or ticks as lines; or either to",
    "Kafka. A file ending in .pcap or .pcap.gz is a capture, any other a BinaryFILE; .gz",
    "compresses. Kafka's topics get what the engine's bridge makes of the messages, by the",
    "options bridge.kafka.*; exit 3 when the brokers have not taken all in bridge.drain-ms."},
    footer = {"", "Examples:",
        "  millrace generate --to day.itch50 --messages 5000000 --symbols 1000 --seed 7",
        "  millrace generate --to day.pcap.gz --messages 100000 --date 2026-01-30",
        "  millrace generate 6000 0.01 10      6,000 ticks, every 0.01 s a batch of 10",
        "  millrace generate --profile mini    AAPL GOOGL TSLA MSFT AMZN every 100 ms",
        "  millrace generate 6000 0.01 10 --to kafka --bridge.kafka.bootstrap-servers kafka:9092",
        "  millrace generate --to kafka --messages 1000000 --date 2026-01-30",
        "Each call is a journal of its own date to Kafka; an engine that follows the topics takes",
        "one of a date: --bridge.kafka.topic-prefix keeps two apart."})
public final class GenerateVerb implements Callable<Integer> {
    /** 09:30 in New York, ns since midnight. */
    private static final long OPENING_NS = 34_200_000_000_000L;
    private static final String KAFKA = "kafka";

    private final Terminal terminal;

    @Parameters(index = "0", arity = "0..1", paramLabel = "N", description = "Ticks in all.")
    private Long ticks;

    @Parameters(index = "1", arity = "0..1", paramLabel = "INTERVAL_S",
        description = "Seconds between batches.")
    private Double intervalSeconds;

    @Parameters(index = "2", arity = "0..1", paramLabel = "BATCH",
        description = "Ticks of a batch.")
    private Integer batch;

    @Option(names = "--profile", paramLabel = "NAME",
        description = "mini: five symbols every 100 ms.")
    private String profile;

    @Option(names = "--to", paramLabel = "FILE",
        description = "File to make; kafka is no file, but the brokers.")
    private Path file;

    @Option(names = "--messages", defaultValue = "1000000", paramLabel = "N",
        description = "Messages of the day.")
    private long messages;

    @Option(names = "--symbols", defaultValue = "1000", paramLabel = "S",
        description = "Listed securities.")
    private int symbols;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "X",
        description = "Same seed, same bytes.")
    private long seed;

    @Option(names = "--live-orders", paramLabel = "N",
        description =
            "Resting orders about which the books stay; a tenth of the messages, at most 100,000.")
    private Integer liveOrders;

    @Option(names = "--length", paramLabel = "SPAN",
        description = "Squeeze the day into a span from 09:30 on, such as 10s.")
    private String length;

    @Option(names = "--date", defaultValue = "2026-01-30", paramLabel = "DATE",
        description = "Of a capture, and of order flow to Kafka; ticks are of today.")
    private LocalDate date;

    @Mixin
    private ConfigurationFlags flags;

    /** @param terminal where data and log go */
    public GenerateVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            return new TickLines(terminal).print(plan());
        }
        if (file.toString().equals(KAFKA)) {
            boolean isTicks = profile != null || ticks != null;
            TopicGeneration topics = new TopicGeneration(terminal, flags);
            return isTicks ? topics.ticks(plan()) : topics.flow(flow(), date);
        }
        OrderFlow flow = flow();
        Progress progress = new Progress(terminal, "generate", "messages");
        if (file.getFileName().toString().matches(".*\\.pcap(\\.gz)?")) {
            try (PcapFile pcap = new PcapFile(file, date, PcapFile.Unit.NANOSECONDS)) {
                pcap.write(new FlowDatagrams(flow, "SIMULATED"));
            }
        } else {
            try (BinaryFileSink sink = new BinaryFileSink(file)) {
                flow.writeTo(sink);
            }
        }
        progress.end(flow.counts().messages());
        terminal.print(String.format(Locale.ROOT,
            "%s: %d messages, %d symbols, seed %d, %d orders at the end%n",
            file, flow.counts().messages(), symbols, seed, flow.books().liveOrders()));
        return ExitCode.OK;
    }

    private TickPlan plan() {
        return TickLines.plan(profile, ticks, intervalSeconds, batch);
    }

    /** What is out of range there has a flag of the same name here. */
    private OrderFlow flow() {
        try {
            return new OrderFlow(day().seed(seed).symbols(symbols)
                .messages(messages).liveOrders(liveOrders != null ? liveOrders
                    : (int) Math.max(100, Math.min(100_000, messages / 10))));
        } catch (IllegalArgumentException e) {
            String problem = e.getMessage().replaceFirst("^simulator\\.", "--");
            throw new UsageException(!problem.startsWith("--messages") ? problem
                : problem + "; fewer --symbols or --live-orders need fewer");
        }
    }

    private OrderFlowContext day() {
        OrderFlowContext context = new OrderFlowContext();
        return length == null ? context
            : context.compressed(OPENING_NS, Durations.parseNs("--length", length));
    }
}
