// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSummary;
import io.millrace.journal.replay.EventFilter;
import io.millrace.journal.replay.Proof;
import io.millrace.journal.replay.ReplayContext;
import io.millrace.server.config.ValueRule;
import io.millrace.server.json.EventJson;
import io.millrace.server.json.JsonLines;
import io.millrace.server.run.EngineOptions;
import io.millrace.server.run.JournalReplay;
import io.millrace.server.run.JournalReplay.Result;
import io.millrace.server.verb.DamageCount;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.EventSelection;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Progress;
import io.millrace.server.verb.ProofText;
import io.millrace.server.verb.Terminal;
import io.millrace.server.verb.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * `replay`: a journal through the same chain again, at any speed, in whole or in part, proven or
 * not.
 */
@Command(name = "replay", description = "Take a journal through the same chain again.",
    footer = {"", "Examples:",
        "  millrace replay journal --prove                 equal to what was recorded?",
        "  millrace replay journal --speed 10 --from 2026-01-30T14:30:00Z",
        "  millrace replay journal --symbols AAPL,MSFT --print",
        "Exit of --prove: 0 equal, 1 not equal, 2 not provable (filtered, none recorded)."})
public final class ReplayVerb implements Callable<Integer> {
    private static final ValueRule SPEED = new ValueRule("max, or a factor such as 1 or 10",
        text -> text.equals("max") || text.matches("\\d{1,6}(\\.\\d{1,6})?")
        && Double.parseDouble(text) > 0);
    private static final ValueRule THREADING = ValueRule.oneOf("inline", "shared", "dedicated");

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    private Path directory;

    @Mixin
    private EventSelection selection;

    @Option(names = "--speed", defaultValue = "max", paramLabel = "FACTOR",
        description =
            "1 as it happened, 10 ten times as fast, max as fast as it goes (the default).")
    private String speed;

    @Option(names = "--threading", defaultValue = "inline", paramLabel = "MODE",
        description = "inline (the default), shared or dedicated.")
    private String threading;

    @Option(names = "--prove", description = "Compare what comes out with what was recorded.")
    private boolean isProof;

    @Option(names = "--from-checkpoint", paramLabel = "N", description =
        "Prove only what follows the newest checkpoint at or before inbound event N.")
    private long fromCheckpoint;

    @Option(names = "--step", description = "Print each event and wait for Enter before the next.")
    private boolean isStepped;

    @Option(names = "--print",
        description = "Print what comes out, one JSON line per derived event.")
    private boolean isPrinted;

    @Option(names = "--json", description = "Tell the result as one JSON object.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public ReplayVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        selection.check();
        check("--speed", speed, SPEED);
        check("--threading", threading, THREADING);
        Path epoch = EpochDirectory.resolve(directory);
        if (fromCheckpoint < 0 || fromCheckpoint > 0 && !isProof) {
            throw new UsageException("--from-checkpoint " + fromCheckpoint
                + " is not 1 or more together with --prove");
        }
        if (!isProof) {
            return replay(epoch);
        }
        if (selection.isFilter() || selection.isSpan() || isStepped || isPrinted) {
            throw new UsageException(
                "--prove takes the whole journal: leave out --from, --to, --symbols,"
                + " --types, --step and --print");
        }
        return prove(epoch);
    }

    private int prove(Path epoch) throws IOException {
        Progress progress = new Progress(terminal, "replay", "events");
        Proof proof = new JournalReplay(epoch, mode()).prove(factor(), fromCheckpoint);
        progress.end(proof.inboundCount());
        new ProofText(terminal, epoch).print(proof, isJson);
        return switch (proof.outcome()) {
            case EQUAL -> ExitCode.OK;
            case DIVERGED -> ExitCode.FINDING;
            case NOT_PROVABLE -> ExitCode.USAGE;
        };
    }

    private int replay(Path epoch) throws IOException {
        DamageCount damages = new DamageCount(terminal);
        ReplayContext context = new ReplayContext().speed(factor()).fromNs(selection.fromNs())
            .toNs(selection.toNs()).filter(filter(epoch)).damageListener(damages);
        if (isStepped) {
            context.stepped();
        }
        JsonLines lines = new JsonLines(terminal.out());
        EventJson json = new EventJson(lines);
        Progress progress = new Progress(terminal, "replay", "events");
        double all = Math.max(1,
            JournalSummary.eventCount(epoch, JournalQueue.INBOUND, selection.toNs()));
        Steps steps = isStepped ? new Steps(terminal) : null;
        terminal.stop().listen();
        Result result = new JournalReplay(epoch, isStepped ? ThreadingMode.SHARED : mode())
            .holeListener(damages::onHole).run(context,
            isStepped ? event -> printFrom(event, json, lines) : null,
            isPrinted ? derived -> printDerived(derived, json) : derived -> { },
            count -> {
                progress.at(count, count / all);
                return !terminal.stop().isRequested() && (steps == null || !steps.isOver());
            }, steps);
        lines.flush();
        progress.end(result.replayed());
        if (terminal.stop().isRequested()) {
            terminal.log("replay: stopped when asked; what follows was not replayed");
        }
        report(epoch, result);
        return damages.count() == 0 && damages.holeCount() == 0 ? ExitCode.OK : ExitCode.FINDING;
    }

    private void report(Path epoch, Result result) throws IOException {
        if (isJson) {
            JsonLines lines = new JsonLines(terminal.out());
            lines.begin().field("journal", epoch.toString()).field("events", result.replayed())
                .field("skipped", result.skipped()).field("derived", result.derived())
                .field("appliedHash", Long.toHexString(result.appliedHash()))
                .field("outputHash", Long.toHexString(result.outputHash())).end();
            lines.flush();
        } else if (!isPrinted && !isStepped) {
            terminal.print(String.format(Locale.ROOT,
                "%s: %,d events replayed, %,d held back, %,d derived,"
                    + " applied %016x, output %016x%n", epoch,
                result.replayed(), result.skipped(), result.derived(), result.appliedHash(),
                result.outputHash()));
        }
    }

    /**
     * Securities are named by symbol, the filter wants their ids: those the journal defines
     * anywhere.
     */
    private EventFilter filter(Path epoch) {
        EventFilter filter = EventFilter.ALL;
        if (!selection.templateIds().isEmpty()) {
            filter = filter.templates(selection.templateIds());
        }
        if (!selection.isBySymbol()) {
            return filter;
        }
        selection.noticeEpoch(epoch);
        return filter.instruments(selection.instrumentIds());
    }

    /** What is derived before --from only builds the state. */
    private void printDerived(EventView event, EventJson json) {
        if (event.receiveTimeNs() >= selection.fromNs()) {
            print(event, json);
        }
    }

    private void printFrom(EventView event, EventJson json, JsonLines lines) {
        if (event.receiveTimeNs() < selection.fromNs()) {
            return;
        }
        print(event, json);
        try {
            lines.flush();
            terminal.out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(EventView event, EventJson json) {
        try {
            json.print(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ThreadingMode mode() {
        return EngineOptions.threading(threading, ThreadingMode.INVOKER);
    }

    private double factor() {
        return speed.equals("max") ? ReplayContext.MAX_SPEED : Double.parseDouble(speed);
    }

    private static void check(String flag, String value, ValueRule rule) {
        if (!rule.accepts(value)) {
            throw new UsageException(flag + ": '" + value + "' is not " + rule.range());
        }
    }
}
