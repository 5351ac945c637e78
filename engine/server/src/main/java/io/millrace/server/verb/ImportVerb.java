// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import static io.millrace.server.config.ConfigOptions.JOURNAL_DIRECTORY;

import io.millrace.feed.TradingDate;
import io.millrace.feed.transport.CaptureFile;
import io.millrace.journal.Journal;
import io.millrace.server.config.Configuration;
import io.millrace.server.feed.FeedProtocol;
import io.millrace.server.run.JournalImport;
import io.millrace.server.run.JournalImport.Result;
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
            JournalImport days =
                new JournalImport(configuration, protocol, feed.isSimulated(), journals);
            isClean &= report(days.run(dates.get(day.getKey()), day.getValue(), log,
                pace(day.getValue())));
        }
        return isClean && !log.hasFinding() ? ExitCode.OK : ExitCode.FINDING;
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
                TradingDate found = TradingDate.ofCapture(date,
                    hasRecord ? capture.timeNs() : Long.MIN_VALUE, file.getFileName().toString());
                dates.put(found.date(), found);
                files.computeIfAbsent(found.date(), day -> new ArrayList<>()).add(file);
            }
        }
        return files;
    }

    private boolean report(Result result) throws IOException {
        terminal.print(
            String.format(Locale.ROOT, "%s: %d events in, %d events out%n", result.directory(),
            result.inbound(), result.outbound()));
        terminal.log("import: " + result.feed());
        if (terminal.stop().isRequested()) {
            terminal.log("import: stopped when asked; the journal holds what came before");
        }
        if (!result.isJournaled()) {
            terminal.log("import: the journal does not hold everything; is the disk full?");
        }
        return result.isJournaled() && !result.feed().hasFinding();
    }
}
