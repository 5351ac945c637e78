// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import static io.millrace.server.config.ConfigOptions.JOURNAL_DIRECTORY;

import io.millrace.feed.FeedCounters;
import io.millrace.feed.TradingDate;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.journal.EpochLock;
import io.millrace.journal.Journal;
import io.millrace.server.checkpoint.CheckpointKeeper;
import io.millrace.server.checkpoint.CheckpointPass;
import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.server.run.JournalImport;
import io.millrace.server.run.JournalImport.Result;
import io.millrace.server.run.RecordedOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `import`: capture files through the chain into both journals, one epoch per trading date. */
@Command(name = "import", description = "Take capture files through the chain into both journals.",
    footer = {"", "Examples:",
        "  millrace import --feed itch50 01302019.NASDAQ_ITCH50.gz --journal journal",
        "  millrace import --feed itch50 day.pcap --journal journal --date 2026-01-30",
        "  millrace import --feed itch50 recordings/2026-01-30.pcapng --journal again",
        "A recording of run is imported with both lines and the options of its run: the events are",
        "those of the run. journal cmp compares; exit 1 when the recorder had lost packets.",
        "The date is --date, else that of the capture's clock, else eight digits of the name."})
public final class ImportVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private FeedFlag feed;

    @Mixin
    private ConfigurationFlags flags;

    @Option(names = "--journal", paramLabel = "DIR",
        description = "Root of the journals; as journal.directory.")
    private Path root;

    @Option(names = "--checkpoints",
        description = "Then make checkpoints, every journal.checkpoint-events events.")
    private boolean isCheckpointed;

    @Option(names = "--date", paramLabel = "DATE",
        description = "Trading date, such as 2026-01-30.")
    private LocalDate date;

    /** @param terminal where data and log go */
    public ImportVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        FeedProtocol protocol = feed.protocol();
        Configuration configuration = flags.load(terminal, Map.of());
        Path journals = root != null ? root : Path.of(configuration.text(JOURNAL_DIRECTORY));
        terminal.stop().listen();
        ImportLog log = new ImportLog(terminal, "import");
        boolean isClean = true;
        Map<LocalDate, TradingDate> dates = new TreeMap<>();
        for (Map.Entry<LocalDate, List<Path>> day : filesByDate(dates).entrySet()) {
            Path epoch = Journal.directory(journals, day.getKey());
            if (Journal.exists(epoch)) {
                throw new UsageException(epoch + " holds a journal already; name another --journal,"
                    + " or move it away");
            }
            EpochLock lock = EpochLock.take(epoch);
            try (lock) {
                isClean &= report(importOf(day.getValue(), protocol, journals)
                    .run(dates.get(day.getKey()), day.getValue(), log, pace(day.getValue())), log);
                if (isCheckpointed && !terminal.stop().isRequested()) {
                    new CheckpointPass(terminal, "import", CheckpointKeeper.policy(configuration))
                        .run(epoch);
                }
            }
        }
        return isClean && !log.hasFinding() ? ExitCode.OK : ExitCode.FINDING;
    }

    private JournalImport importOf(List<Path> files, FeedProtocol protocol, Path journals)
        throws IOException {
        CaptureOptions options =
            CaptureOptions.of(files, protocol, feed.isSimulated(), flags, terminal);
        return new JournalImport(options.configuration(), protocol, options.isSimulated(),
            journals);
    }

    private JournalImport.Pace pace(List<Path> files) throws IOException {
        Progress progress = new Progress(terminal, "import", "messages");
        long length = 1;
        for (Path file : files) {
            length += Files.size(file);
        }
        double allBytes = length;
        return (messages, bytes) -> {
            progress.at(messages, bytes / allBytes);
            return !terminal.stop().isRequested();
        };
    }

    private Map<LocalDate, List<Path>> filesByDate(Map<LocalDate, TradingDate> dates)
        throws IOException {
        Map<LocalDate, List<Path>> files = new TreeMap<>();
        for (Path file : feed.files()) {
            try (CaptureFile capture = CaptureFile.open(file)) {
                boolean hasRecord = capture.next();
                TradingDate found = TradingDate.ofCapture(dateOf(file),
                    hasRecord ? capture.timeNs() : Long.MIN_VALUE, file.getFileName().toString());
                dates.put(found.date(), found);
                files.computeIfAbsent(found.date(), day -> new ArrayList<>()).add(file);
            }
        }
        return files;
    }

    private LocalDate dateOf(Path file) throws IOException {
        RecordedOptions recorded = date != null ? null : RecordedOptions.of(file);
        return recorded == null ? date : recorded.date();
    }

    private boolean report(Result result, ImportLog log) throws IOException {
        terminal.print(
            String.format(Locale.ROOT, "%s: %d events in, %d events out%n", result.directory(),
            result.inbound(), result.outbound()));
        result.feeds().forEach(counts -> terminal.log("import: " + counts));
        if (result.recording() != null) {
            terminal.log("import: recording: " + result.recording());
        }
        if (terminal.stop().isRequested()) {
            terminal.log("import: stopped when asked; the journal holds what came before");
        }
        if (!result.isJournaled()) {
            terminal.log("import: the journal does not hold everything; is the disk full?");
        }
        boolean isOfOtherKind = log.hasContent()
            && result.feeds().stream().allMatch(FeedCounters::isOfOtherKind);
        if (isOfOtherKind) {
            terminal.log("import: " + feed.otherKind());
        }
        return result.isJournaled() && !isOfOtherKind
            && result.feeds().stream().noneMatch(FeedCounters::hasFinding)
            && (result.recording() == null || result.recording().isWhole());
    }
}
