// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.lookup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.counter.Counters;
import io.millrace.edge.QuoteSource.Outcome;
import io.millrace.edge.QuoteSource.Reply;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.EdgeOptions;
import io.millrace.server.config.LookupOptions;
import io.millrace.server.verb.ConfigurationFlags;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `quote SYMBOL`: the newest values of a security, from whoever is nearest and has them. */
@Command(name = "quote", description = "Print the newest bid, ask and last price of a security.",
    footer = {"", "Example: millrace quote AAPL --bridge.redis.enabled true",
        "A running engine with lookup.enabled is asked at edge.interface and edge.port; where none",
        "answers, Redis, then the newer one of ClickHouse and Parquet, each if its bridge is",
        "enabled or lookup.tiers names it. source tells who answered; stale is false when the",
        "values are known to be the present ones.",
        "Exit 0 with an answer, 1 when nobody has it or lookup.on-miss rejects it, 3 when nobody",
        "who was there has it, or nobody is there to ask."})
public final class QuoteVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ConfigurationFlags flags;

    @Parameters(paramLabel = "SYMBOL", description = "The security, as its venue writes it.")
    private String symbol;

    @Option(names = "--json", description = "One JSON object.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public QuoteVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Configuration configuration = flags.load(terminal, Map.of());
        boolean isEngineAsked = configuration.isTrue(EdgeOptions.ENABLED)
            && ConfiguredTiers.names(configuration).contains(LookupOptions.ENGINE);
        Reply told = isEngineAsked ? new EdgeQuotes(configuration).ask(symbol) : null;
        Reply reply = told == null ? ask(configuration) : told;
        terminal.print(isJson ? reply.json() : text(reply.json()));
        if (reply.outcome() == Outcome.AWAY) {
            terminal.log("millrace: start whoever is away, name it by its options, or leave it out"
                + " of --" + LookupOptions.TIERS);
        }
        return switch (reply.outcome()) {
            case FOUND -> ExitCode.OK;
            case NOT_FOUND -> ExitCode.FINDING;
            case AWAY -> ExitCode.IO;
        };
    }

    private Reply ask(Configuration configuration) {
        try (QuoteLookup lookup = ConfiguredTiers.lookup(configuration, null,
            terminal.environment(), Counters.inMemory(), new SystemEpochNanoClock())) {
            return lookup.find(symbol);
        }
    }

    /** A line for each field. */
    private static String text(String json) throws IOException {
        StringBuilder text = new StringBuilder();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    text.append(String.format("%-10s", parser.currentName()));
                } else if (parser.currentToken().isScalarValue()) {
                    text.append(parser.getText()).append('\n');
                }
            }
        }
        return text.toString();
    }
}
