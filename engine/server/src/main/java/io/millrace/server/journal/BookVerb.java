// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.instrument.Venue;
import io.millrace.journal.replay.BookState;
import io.millrace.journal.replay.BookState.Level;
import io.millrace.journal.replay.BookState.VenueBook;
import io.millrace.journal.replay.TimeTravel;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import io.millrace.server.verb.Times;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `book`: the book of a security at any nanosecond of a journal. */
@Command(name = "book",
    description = "Print the book of a security at any nanosecond of a journal.",
    footer = {"", "Examples:",
        "  millrace book journal --symbol AAPL --at 2026-01-30T15:31:07.123456789Z --depth 5",
        "  millrace book journal --symbol AAPL --at 1769787067123456789 --json",
        "Every event received then or before has been applied."})
public final class BookVerb implements Callable<Integer> {
    private static final int PRICE_DIGITS = 9;
    private static final int SIZE_DIGITS = 6;

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    private Path directory;

    @Option(names = "--symbol", required = true, paramLabel = "S",
        description = "Symbol of the security.")
    private String symbol;

    @Option(names = "--at", required = true, paramLabel = "TIME", description = "ISO 8601 or ns.")
    private String at;

    @Option(names = "--depth", defaultValue = "10", paramLabel = "N",
        description = "Most levels per side.")
    private int depth;

    @Option(names = "--venue", paramLabel = "MIC", description = "Only the book of this venue.")
    private Venue venue;

    @Option(names = "--json", description = "One JSON line per level; prices 1e-9, sizes 1e-6.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public BookVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        long atNs = Times.parseNs("--at", at);
        Path epoch = EpochDirectory.resolve(directory);
        String outside = new EpochSpan(epoch).problem(atNs);
        if (outside != null) {
            terminal.log("book: " + outside);
        }
        try (TimeTravel travel = new TimeTravel(epoch, symbol)) {
            BookState state = travel.at(atNs);
            terminal.log(String.format(Locale.ROOT, "book: read %,d events%s",
                travel.touchedCount(), travel.checkpointSequence() == 0 ? ""
                    : " behind the checkpoint of event " + travel.checkpointSequence()));
            if (state.instrumentId() == 0) {
                terminal.log("book: no event had named " + symbol + " by " + Times.text(atNs));
                return ExitCode.FINDING;
            }
            print(state);
            return hasWanted(state) ? ExitCode.OK : ExitCode.FINDING;
        }
    }

    /** An empty book is an answer; one of another venue than the wanted is none. */
    private boolean hasWanted(BookState state) {
        if (venue == null || state.venues().stream().anyMatch(this::isWanted)) {
            return true;
        }
        terminal.log("book: --venue: " + venue + " has no " + symbol + " at that time; "
            + (state.venues().isEmpty() ? "no venue has" : state.venues().stream()
                .map(book -> Venue.byId(book.venueId()).name())
                .collect(Collectors.joining(", ", "there is ", ""))));
        return false;
    }

    private boolean isWanted(VenueBook book) {
        return venue == null || venue.id() == book.venueId();
    }

    private void print(BookState state) throws IOException {
        if (!isJson) {
            terminal.print(symbol + " at " + Times.text(state.timeNs()) + ", after event "
                + state.lastSequence() + "\n");
        }
        for (VenueBook book : state.venues()) {
            if (!isWanted(book)) {
                continue;
            }
            if (isJson) {
                printJson(book, "bid", book.bids());
                printJson(book, "ask", book.asks());
            } else {
                terminal.print(text(book));
            }
        }
    }

    private String text(VenueBook book) {
        StringBuilder text = new StringBuilder(Venue.byId(book.venueId()).name())
            .append(book.isStale() ? ", stale: it may be wrong" : "")
            .append(book.isWhole() ? "\n" : ", in the middle of an update\n")
            .append(String.format(Locale.ROOT, "%6s %14s %14s | %-14s %-14s %-6s%n", "orders",
                "size", "bid",
                "ask", "size", "orders"));
        int rows = Math.min(depth, Math.max(book.bids().size(), book.asks().size()));
        for (int i = 0; i < rows; i++) {
            Level bid = i < book.bids().size() ? book.bids().get(i) : null;
            Level ask = i < book.asks().size() ? book.asks().get(i) : null;
            text.append(String.format(Locale.ROOT, "%6s %14s %14s | %-14s %-14s %-6s%n",
                bid == null ? "" : bid.orderCount(), bid == null ? ""
                : decimal(bid.size(), SIZE_DIGITS),
                bid == null ? "" : decimal(bid.price(), PRICE_DIGITS),
                ask == null ? "" : decimal(ask.price(), PRICE_DIGITS),
                ask == null ? "" : decimal(ask.size(), SIZE_DIGITS), ask == null ? ""
                : ask.orderCount()));
        }
        return text.toString();
    }

    private void printJson(VenueBook book, String side, List<Level> levels) throws IOException {
        JsonLines lines = new JsonLines(terminal.out());
        for (int i = 0; i < Math.min(depth, levels.size()); i++) {
            lines.begin().field("venue", Venue.byId(book.venueId()).name()).field("side", side)
                .field("level", i).field("price", levels.get(i).price())
                .field("size", levels.get(i).size())
                .field("orders", levels.get(i).orderCount()).field("stale", book.isStale() ? 1 : 0)
                .field("whole", book.isWhole() ? 1 : 0).end();
        }
        lines.flush();
    }

    private static String decimal(long value, int digits) {
        BigDecimal decimal = BigDecimal.valueOf(value, digits).stripTrailingZeros();
        return decimal.setScale(Math.max(decimal.scale(), 0)).toPlainString();
    }
}
