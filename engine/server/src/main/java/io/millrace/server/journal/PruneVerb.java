// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.counter.EngineClock;
import io.millrace.feed.TradingDate;
import io.millrace.journal.Journal;
import io.millrace.journal.retention.DiskUse;
import io.millrace.journal.checkpoint.CheckpointStore;
import io.millrace.journal.retention.Pruner;
import io.millrace.journal.retention.Pruner.Fate;
import io.millrace.journal.retention.Pruner.Verdict;
import io.millrace.journal.retention.RetentionPolicy;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.DiskOptions;
import io.millrace.server.json.JsonLines;
import io.millrace.server.verb.ConfigurationFlags;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import io.millrace.server.verb.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `journal prune ROOT`: deletes epochs beyond the limits that nobody needs any more. */
@Command(name = "prune",
    description = "Delete epochs beyond journal.retention-days and journal.retention-gb.",
    footer = {"", "Examples:",
        "  millrace journal prune journal --journal.retention-days 30 --dry-run",
        "  millrace journal prune journal --journal.retention-gb 500",
        "Kept are: what a registered reader (ROOT/readers) or store (ROOT/stores, EPOCH/tiers) has",
        "not confirmed, what is being written, the latest epoch. Exit 1 when these are beyond the",
        "limits."})
public final class PruneVerb implements Callable<Integer> {
    private static final String ROW = "%-10s  %15s  %15s  %-7s  %s%n";
    private static final long GIBIBYTE = 1L << 30;

    private final Terminal terminal;

    @Mixin
    private ConfigurationFlags flags;

    @Parameters(paramLabel = "ROOT", description = "Directory with one folder per trading date.")
    private Path root;

    @Option(names = "--dry-run", description = "Tell what would be deleted, and delete nothing.")
    private boolean isDry;

    @Option(names = "--today", paramLabel = "DATE",
        description = "Date from which days are counted; in New York now unless given.")
    private LocalDate today;

    @Option(names = "--json", description = "One JSON object per epoch.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public PruneVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = flags.load(terminal, Map.of());
        if (Journal.list(root).isEmpty()) {
            throw new UsageException("there is no journal in " + root
                + "; give the root with one folder per trading date");
        }
        Pruner pruner = new Pruner(root, policy(configuration),
            CheckpointStore::newestKept, error -> terminal.log("prune: " + error.getMessage()));
        List<Verdict> verdicts = isDry ? pruner.plan() : pruner.run();
        if (isJson) {
            printJson(verdicts);
        } else {
            terminal.print(text(verdicts));
        }
        return verdicts.stream().anyMatch(verdict -> verdict.fate() == Fate.HELD)
            ? ExitCode.FINDING : ExitCode.OK;
    }

    private RetentionPolicy policy(Configuration configuration) {
        int days = configuration.integer(DiskOptions.RETENTION_DAYS);
        long gibibytes = configuration.number(DiskOptions.RETENTION_GB);
        if (days == 0 && gibibytes == 0) {
            throw new UsageException("there is no limit: set " + DiskOptions.RETENTION_DAYS + " or "
                + DiskOptions.RETENTION_GB);
        }
        return new RetentionPolicy(days, gibibytes * GIBIBYTE,
            today == null ? TradingDate.at(new EngineClock().nanoTime()).date() : today);
    }

    private String text(List<Verdict> verdicts) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, ROW, "epoch", "bytes",
            "on disk", "", "why"));
        verdicts.forEach(verdict -> text.append(String.format(Locale.ROOT, ROW,
            verdict.epoch().date(), grouped(verdict.epoch().byteCount()),
            grouped(verdict.epoch().allocatedBytes()), word(verdict.fate()), verdict.reason())));
        long gone = bytes(verdicts, Fate.DELETED);
        long all = verdicts.stream().mapToLong(verdict -> verdict.epoch().allocatedBytes()).sum();
        return text.append(String.format(Locale.ROOT,
            "%,d of %,d epochs, %,d of %,d bytes on disk%s%n", count(verdicts, Fate.DELETED),
            verdicts.size(), gone, all, isDry ? " would be deleted; nothing was, as asked"
                : " deleted")).toString();
    }

    private void printJson(List<Verdict> verdicts) throws IOException {
        JsonLines lines = new JsonLines(terminal.out());
        for (Verdict verdict : verdicts) {
            DiskUse.Epoch epoch = verdict.epoch();
            lines.begin().field("date", epoch.date().toString())
                .field("bytes", epoch.byteCount()).field("allocated", epoch.allocatedBytes())
                .field("fate", verdict.fate().name()).field("reason", verdict.reason()).end();
        }
        lines.flush();
    }

    private static String word(Fate fate) {
        return switch (fate) {
            case KEPT -> "keep";
            case HELD -> "held";
            case DELETED -> "delete";
        };
    }

    private static long count(List<Verdict> verdicts, Fate fate) {
        return verdicts.stream().filter(verdict -> verdict.fate() == fate).count();
    }

    private static long bytes(List<Verdict> verdicts, Fate fate) {
        return verdicts.stream().filter(verdict -> verdict.fate() == fate)
            .mapToLong(verdict -> verdict.epoch().allocatedBytes()).sum();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
