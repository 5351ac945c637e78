// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.feed.TradingDate;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.journal.Journal;
import io.millrace.journal.compare.ChannelComparison;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.server.run.CaptureComparison;
import io.millrace.server.run.CaptureFeeds;
import io.millrace.server.run.RecordedOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of a verb that holds captures against a journal: those of import, by flags alone. */
public final class CaptureFlags {
    @Option(names = "--capture", paramLabel = "FILE", description = {
        "Compare a capture with one journal: BinaryFILE, pcap, pcapng, gzipped or not, or a",
        "recording of run with its lines. Again for more files, in the order of their contents."})
    private List<Path> files = List.of();

    @Option(names = "--feed", paramLabel = "PROTOCOL",
        description = "Venue protocol of the captures, as of import.")
    private String feed;

    @Option(names = "--simulated",
        description = "The captures come from a simulator: their events say so.")
    private boolean isSimulated;

    @Option(names = "--date", paramLabel = "DATE",
        description = "Trading date of the captures, such as 2026-01-30.")
    private LocalDate date;

    /**
     * What came of a comparison.
     *
     * @param channels by channel
     * @param isWhole  true when the captures were of the protocol and read to their ends
     */
    public record Outcome(List<ChannelComparison> channels, boolean isWhole) {
    }

    /** True when there are captures to be compared. */
    public boolean isGiven() {
        return !files.isEmpty();
    }

    /** True when one of these flags is given that means nothing without captures. */
    public boolean isMisplaced() {
        return files.isEmpty() && (feed != null || isSimulated || date != null);
    }

    /**
     * Compares all captures with the journal of their date.
     *
     * @param directory of an epoch, or the root that holds it
     */
    public Outcome compare(Path directory, ConfigurationFlags flags, Terminal terminal)
        throws Exception {
        if (feed == null) {
            throw new UsageException("--feed is missing: which protocol do the captures hold?");
        }
        FeedProtocol protocol = FeedFlag.protocol(feed);
        CaptureOptions options =
            CaptureOptions.of(files, protocol, isSimulated, flags, terminal);
        TradingDate day = day();
        Path epoch = epoch(directory, day.date());
        ImportLog log = new ImportLog(terminal, "cmp");
        CaptureFeeds feeds = new CaptureFeeds(options.configuration(), protocol,
            options.isSimulated(), files);
        List<ChannelComparison> channels = new CaptureComparison(epoch,
            problem -> terminal.log("cmp: " + problem.getMessage())).run(feeds, day, log);
        feeds.counters().forEach(counts -> terminal.log("cmp: " + counts));
        boolean isWhole = !log.hasFinding()
            && (feeds.recording() == null || feeds.recording().isWhole());
        if (feeds.recording() != null) {
            terminal.log("cmp: recording: " + feeds.recording());
        }
        return new Outcome(channels, isWhole
            && feeds.counters().stream().noneMatch(counts -> counts.isOfOtherKind()));
    }

    private TradingDate day() throws IOException {
        TradingDate first = dayOf(files.get(0));
        for (Path file : files) {
            if (!dayOf(file).date().equals(first.date())) {
                throw new UsageException(file + " is of " + dayOf(file).date() + " and "
                    + files.get(0) + " of " + first.date() + "; compare them one by one, or give"
                    + " --date");
            }
        }
        return first;
    }

    private TradingDate dayOf(Path file) throws IOException {
        RecordedOptions recorded = date != null ? null : RecordedOptions.of(file);
        try (CaptureFile capture = CaptureFile.open(file)) {
            boolean hasRecord = capture.next();
            return TradingDate.ofCapture(recorded == null ? date : recorded.date(),
                hasRecord ? capture.timeNs() : Long.MIN_VALUE, file.getFileName().toString());
        }
    }

    private static Path epoch(Path directory, LocalDate day) {
        if (!Journal.exists(directory) && Journal.list(directory).contains(day)) {
            return EpochDirectory.resolve(Journal.directory(directory, day));
        }
        Path epoch = EpochDirectory.resolve(directory);
        LocalDate ofJournal = Journal.head(epoch).tradingDate();
        if (!ofJournal.equals(day)) {
            throw new UsageException(epoch + " is of " + ofJournal + ", the capture of " + day
                + "; name another DIR, or the capture's --date");
        }
        return epoch;
    }
}
