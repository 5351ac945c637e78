// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import static io.millrace.server.config.ConfigOptions.FEED_SOURCE;

import io.millrace.server.config.Configuration;
import io.millrace.server.config.SimulatorOptions;
import io.millrace.server.json.JsonLines;
import io.millrace.server.run.RunStatus;
import io.millrace.server.run.SimulatedDay;
import io.millrace.server.run.StandaloneExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `exchange`: the simulated exchange alone, so that it outlives the engines that listen to it. */
@Command(name = "exchange",
    description = {"Run the simulated exchange alone, for engines in other processes.",
    "Prints the configuration that such an engine needs."},
    footer = {"", "Examples:",
        "  millrace exchange --feed.port 26477 --for 60s >engine.yml &",
        "  millrace run --config engine.yml          as often as you like, killed or not",
        "It answers requests for what was lost unless simulator.request-server says otherwise."})
public final class ExchangeVerb implements Callable<Integer> {
    private static final long LONGEST_NS = 3_600_000_000_000L;
    private static final int POLL_MS = 20;

    private final Terminal terminal;

    @Mixin
    private ConfigurationFlags flags;

    @Option(names = "--for", paramLabel = "SPAN", defaultValue = "1h",
        description = "Length of the day: 500ms, 30s, 5m. Default: ${DEFAULT-VALUE}.")
    private String span;

    @Option(names = "--books", paramLabel = "FILE",
        description = "At the end write all books there, one JSON line per level as book --json.")
    private Path books;

    /** @param terminal where data and log go */
    public ExchangeVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = flags.load(terminal, Map.of(FEED_SOURCE, "simulator",
            SimulatorOptions.REQUEST_SERVER, "on"));
        long spanNs = Math.min(LONGEST_NS, Durations.parseNs("--for", span));
        String problem = SimulatedDay.problem(configuration, spanNs);
        if (problem != null) {
            throw new UsageException(problem);
        }
        StandaloneExchange exchange = new StandaloneExchange(configuration,
            RunStatus.flowNs(spanNs), failure -> terminal.log("exchange: " + failure));
        try (exchange) {
            terminal.stop().listen();
            terminal.print(exchange.engineConfiguration());
            exchange.start();
            while (!terminal.stop().await(POLL_MS) && !exchange.isDone()) {
                continue;
            }
        }
        terminal.log("exchange: " + exchange.messagesSent() + " messages sent");
        if (books != null) {
            write(exchange);
        }
        return ExitCode.OK;
    }

    private void write(StandaloneExchange exchange) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(books))) {
            JsonLines lines = new JsonLines(out);
            exchange.forEachLevel((venue, symbol, side, level, price, size, orders) ->
                lines.begin().field("venue", venue).field("symbol", symbol).field("side", side)
                    .field("level", level).field("price", price).field("size", size)
                    .field("orders", orders).end());
            lines.flush();
        }
    }
}
