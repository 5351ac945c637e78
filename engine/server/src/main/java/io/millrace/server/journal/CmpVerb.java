// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.JournalQueue;
import io.millrace.journal.compare.ChannelComparison;
import io.millrace.journal.compare.Comparison;
import io.millrace.journal.compare.EventEquality;
import io.millrace.journal.compare.JournalCompare;
import io.millrace.server.verb.CaptureFlags;
import io.millrace.server.verb.ConfigurationFlags;
import io.millrace.server.verb.EpochPair;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import io.millrace.server.verb.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `journal cmp A B`: whether two journals tell the same, whatever the bounds of their excerpts. */
@Command(name = "cmp", description = {
    "Compare the events of two journals, measurements left out; or, with --capture, what was on"
        + " the wire with the inbound events of one journal."},
    footer = {"", "Examples:",
        "  millrace journal cmp live/2026-01-30 replayed/2026-01-30",
        "  millrace journal cmp live imported          every date of both",
        "  millrace journal cmp --feed itch50 --capture day.pcap journal", "",
        "The first event that differs is printed from both. Where only one journal has "
        + "a hole, or begins another life of an engine, both are followed to the next "
        + "data that they share; from there on numbers of events mean nothing, and of the "
        + "derived events fingerprints and what came of one journal's own events are left "
        + "out. Exit 1 when anything differs or stands over against a hole; starts, "
        + "stops, clock, lines and samples of one life more are told and are no "
        + "difference. Receive times count: what is imported from the run's own recording "
        + "is equal, what is imported from another capture of the lines is not.", "",
        "--capture decodes as import does, with its options and their defaults, and "
        + "matches messages by venue, channel, session and the venue's sequence; of a "
        + "recording both lines are arbitrated as in the run. Compared is all that a "
        + "message says. Left out are sequence, receiveTimeNs, measurement, maybeBad and "
        + "newSymbol, which are the receiver's; events of clock, lines, sessions, gaps, "
        + "commands and engine, which no message says; and snapshots. What the capture "
        + "has alone is missing, unless the journal declares it lost, has a hole there or "
        + "a snapshot for it. What the journal has alone is a finding too, in a gap of "
        + "the capture as well. Captures of two lines that are no recording: merge them "
        + "by time into one file; the first copy of a message counts."})
public final class CmpVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "A", description = "Epoch or root.")
    private Path first;

    @Parameters(index = "1", arity = "0..1", paramLabel = "B", description = "Epoch or root.")
    private Path second;

    @Mixin
    private CaptureFlags captures;

    @Mixin
    private ConfigurationFlags flags;

    @Option(names = "--queue", paramLabel = "QUEUE",
        description = "inbound or outbound; both unless given.")
    private JournalQueue only;

    @Option(names = "--raw", description = "Compare measurements too.")
    private boolean isRaw;

    /** @param terminal where data and log go */
    public CmpVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (captures.isGiven() == (second != null) || captures.isMisplaced()) {
            throw new UsageException("two journals are compared, or one with --capture and --feed");
        }
        return captures.isGiven() ? compareCaptures() : compareJournals();
    }

    private int compareCaptures() throws Exception {
        if (only != null || isRaw) {
            throw new UsageException("--queue and --raw are for two journals; a capture is compared"
                + " with the inbound one");
        }
        CaptureFlags.Outcome outcome = captures.compare(first, flags, terminal);
        ChannelText text = new ChannelText(terminal);
        Set<Integer> others = new TreeSet<>();
        outcome.channels().forEach(channel -> others.addAll(channel.channelsOfJournal()));
        boolean isEqual = outcome.isWhole();
        for (ChannelComparison channel : outcome.channels()) {
            others.remove(channel.venueId() << 8 | channel.channelId());
            text.print(channel);
            isEqual &= channel.isEqual();
        }
        text.printOthers(others);
        return isEqual ? ExitCode.OK : ExitCode.FINDING;
    }

    private int compareJournals() throws IOException {
        List<EpochPair> pairs = EpochPair.of(first, second);
        boolean isEqual = true;
        for (EpochPair pair : pairs) {
            if (pairs.size() > 1) {
                terminal.print((pair.first() != null ? pair.first() : pair.second()).getFileName()
                    + (pair.isWhole() ? "\n" : ": only in " + (pair.first() != null ? first
                    : second) + "\n"));
            }
            isEqual &= pair.isWhole() && isEqual(pair.first(), pair.second());
        }
        return isEqual ? ExitCode.OK : ExitCode.FINDING;
    }

    private boolean isEqual(Path a, Path b) throws IOException {
        EventEquality equality = isRaw ? EventEquality.RAW : EventEquality.DATA;
        ComparisonText text = new ComparisonText(terminal, a, b);
        boolean isEqual = true;
        for (Comparison comparison : new JournalCompare(a, b, equality).compare()) {
            if (only == null || only == comparison.queue()) {
                isEqual &= comparison.isEqual();
                text.print(comparison);
            }
        }
        return isEqual;
    }
}
