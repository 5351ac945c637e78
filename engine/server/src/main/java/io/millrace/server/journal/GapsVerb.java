// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import static io.millrace.event.EventDescriptor.UNDEFINED;

import io.millrace.instrument.Venue;
import io.millrace.journal.GapLedger;
import io.millrace.journal.GapLedger.End;
import io.millrace.journal.GapLedger.Hole;
import io.millrace.journal.LineLedger;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.DamageCount;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import io.millrace.server.verb.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * `gaps DIR`: every hole of a day, its cure and its end, and when lines and feeds were not heard,
 * from the journal alone.
 */
@Command(name = "gaps", description = {
    "List every hole in the sequences: opened, healed how, lost. Then every time at which a line"
        + " was silent or down, and at which the breaker of a feed was open."},
    footer = {"", "Examples:", "  millrace gaps journal", "  millrace gaps --json journal",
        "Exit 1 when messages were lost, or a hole never closed, or the journal is damaged or has",
        "a hole of its own."})
public final class GapsVerb implements Callable<Integer> {
    private static final String HEAD = "%-5s %7s %20s %20s %12s  %-30s %12s %-14s %4s %12s%n";
    private static final String ROW = "%-5s %7d %20s %20s %,12d  %-30s %12s %-14s %4s %,12d%n";
    private static final double NS_PER_US = 1_000;

    private final Terminal terminal;
    private final JsonLines lines;
    private final Map<End, Long> countByEnd = new EnumMap<>(End.class);
    private long lost;

    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object per hole, then one per outage.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public GapsVerb(Terminal terminal) {
        this.terminal = terminal;
        lines = new JsonLines(terminal.out());
    }

    @Override
    public Integer call() throws IOException {
        countByEnd.clear();
        lost = 0;
        DamageCount damages = new DamageCount(terminal);
        Path epoch = EpochDirectory.resolve(directory);
        if (!isJson) {
            terminal.print(String.format(Locale.ROOT, HEAD, "venue", "channel", "from", "to",
                "messages", "opened", "open for us", "end", "line", "lost"));
        }
        try {
            GapLedger.read(epoch, damages, damages::onHole, this::onHole);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        OutageTable outages = new OutageTable();
        LineLedger.read(epoch, damage -> { }, outages::add);
        if (isJson) {
            outages.print(lines);
        } else {
            terminal.print(summary() + outages.text());
        }
        lines.flush();
        boolean isGood = count(End.HEALED) == total() && damages.count() == 0
            && damages.holeCount() == 0;
        return isGood ? ExitCode.OK : ExitCode.FINDING;
    }

    private void onHole(Hole hole) {
        countByEnd.merge(hole.end(), 1L, Long::sum);
        lost += hole.lost();
        try {
            if (isJson) {
                printJson(hole);
            } else {
                terminal.print(row(hole));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(Hole hole) {
        boolean isTimed = hole.openedNs() != UNDEFINED && hole.closedNs() != UNDEFINED;
        return String.format(Locale.ROOT, ROW, venue(hole), hole.channelId(),
            Long.toUnsignedString(hole.fromSequence()), Long.toUnsignedString(hole.toSequence()),
            hole.messages(), hole.openedNs() == UNDEFINED ? "-" : Times.text(hole.openedNs()),
            isTimed ? String.format(Locale.ROOT, "%,.1f",
                (hole.closedNs() - hole.openedNs()) / NS_PER_US) : "-",
            hole.end() == End.HEALED ? hole.cure().name() : hole.end().name(),
            hole.line() == 0 ? "-" : Integer.toString(hole.line()), hole.lost());
    }

    private void printJson(Hole hole) throws IOException {
        lines.begin().field("venue", venue(hole)).field("channel", hole.channelId())
            .field("from", hole.fromSequence()).field("to", hole.toSequence())
            .field("messages", hole.messages()).field("end", hole.end().name())
            .field("cure", hole.cure().name()).field("line", hole.line())
            .field("healed", hole.healed()).field("lost", hole.lost());
        if (hole.openedNs() != UNDEFINED) {
            lines.field("openedNs", hole.openedNs());
        }
        if (hole.closedNs() != UNDEFINED) {
            lines.field("closedNs", hole.closedNs());
        }
        lines.end();
    }

    private String summary() {
        return String.format(Locale.ROOT,
            "%,d holes: %,d healed, %,d partly lost, %,d lost, %,d never closed; %,d messages"
            + " lost%n", total(), count(End.HEALED), count(End.PARTLY_LOST), count(End.LOST),
            count(End.NEVER_CLOSED), lost);
    }

    private long count(End end) {
        return countByEnd.getOrDefault(end, 0L);
    }

    private long total() {
        return countByEnd.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String venue(Hole hole) {
        Venue venue = Venue.byId(hole.venueId());
        return venue == null ? Integer.toString(hole.venueId()) : venue.name();
    }
}
