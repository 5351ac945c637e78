// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.engine.JvmFlags;
import io.millrace.server.chaos.ChaosVerb;
import io.millrace.server.journal.BookVerb;
import io.millrace.server.journal.CheckpointVerb;
import io.millrace.server.journal.CmpVerb;
import io.millrace.server.journal.DescribeVerb;
import io.millrace.server.journal.DumpVerb;
import io.millrace.server.journal.GapsVerb;
import io.millrace.server.journal.JournalVerb;
import io.millrace.server.journal.LatencyVerb;
import io.millrace.server.journal.LsVerb;
import io.millrace.server.journal.PruneVerb;
import io.millrace.server.journal.QualityVerb;
import io.millrace.server.journal.RepairVerb;
import io.millrace.server.journal.ReplayVerb;
import io.millrace.server.journal.TailVerb;
import io.millrace.server.journal.VerifyVerb;
import io.millrace.server.lookup.QuoteVerb;
import io.millrace.server.verb.CheckConfigVerb;
import io.millrace.server.verb.ConfigurationFlags;
import io.millrace.server.verb.CountersVerb;
import io.millrace.server.verb.DecodeVerb;
import io.millrace.server.verb.DefaultConfigVerb;
import io.millrace.server.verb.EventsVerb;
import io.millrace.server.verb.ExchangeVerb;
import io.millrace.server.verb.Failures;
import io.millrace.server.verb.FeedTestVerb;
import io.millrace.server.verb.FeedVerb;
import io.millrace.server.verb.GenerateVerb;
import io.millrace.server.verb.ImportVerb;
import io.millrace.server.verb.RunVerb;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The `millrace` command: finds the verb, runs it, exits with its code. Main thread only. */
@Command(name = "millrace", version = "millrace 0.1.0", mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Real-time market-data engine: exchange bytes in, books and proven journal out.",
    footer = {"", "Data goes to standard output, the log to standard error.",
        "Exit codes: 0 ok, 1 finding, 2 usage, 3 input or output failed.", "",
        "First steps:",
        "  millrace run --demo --for 20s          a simulated exchange through the whole line",
        "  millrace decode --feed itch50 FILE     what the bytes of a capture say",
        "  millrace import --feed itch50 FILE --journal DIR",
        "  millrace replay DIR --prove            the same events again, proven equal",
        "  millrace VERB --help                   more about one verb"})
public final class Millrace implements Runnable {
    private static final int HELP_WIDTH = 100;

    @Spec
    private CommandSpec spec;

    /** Starts the command with the process's own streams. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        for (JvmFlags flag : JvmFlags.missing(JvmFlags.values())) {
            terminal.log("millrace: JVM flag missing: " + flag.flag()
                + "; start by scripts/millrace, or take the flags from .mvn/jvm-flags");
        }
        terminal.stop().exit(execute(terminal, args));
    }

    /** Runs one command line; returns its exit code. */
    public static int execute(Terminal terminal, String... args) {
        Failures failures = new Failures(terminal);
        CommandLine commandLine = commandLine(terminal)
            .setParameterExceptionHandler(failures::onParameters)
            .setExecutionExceptionHandler((problem, verb, parsed) -> failures.onExecution(problem));
        int exitCode = commandLine.execute(args);
        try {
            terminal.out().flush();
        } catch (IOException e) {
            return Math.max(exitCode, failures.onExecution(e));
        }
        return exitCode;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing");
    }

    private static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new Millrace());
        line.addSubcommand(new RunVerb(terminal))
            .addSubcommand(new ExchangeVerb(terminal))
            .addSubcommand(new DecodeVerb(terminal))
            .addSubcommand(new EventsVerb(terminal))
            .addSubcommand(new ImportVerb(terminal))
            .addSubcommand(new GenerateVerb(terminal))
            .addSubcommand(new ReplayVerb(terminal))
            .addSubcommand(new BookVerb(terminal))
            .addSubcommand(journal(terminal))
            .addSubcommand(latency(terminal))
            .addSubcommand(new GapsVerb(terminal))
            .addSubcommand(new QualityVerb(terminal))
            .addSubcommand(new CountersVerb(terminal))
            .addSubcommand(new QuoteVerb(terminal))
            .addSubcommand(new ChaosVerb(terminal))
            .addSubcommand(feed(terminal))
            .addSubcommand(new CheckConfigVerb(terminal))
            .addSubcommand(new DefaultConfigVerb(terminal));
        finish(line);
        return line.setOut(new PrintWriter(terminal.out(), true))
            .setErr(new PrintWriter(terminal.log(), true));
    }

    private static CommandLine journal(Terminal terminal) {
        return new CommandLine(new JournalVerb())
            .addSubcommand(new LsVerb(terminal))
            .addSubcommand(new DescribeVerb(terminal))
            .addSubcommand(new DumpVerb(terminal))
            .addSubcommand(new TailVerb(terminal))
            .addSubcommand(new VerifyVerb(terminal))
            .addSubcommand(new RepairVerb(terminal))
            .addSubcommand(new CheckpointVerb(terminal))
            .addSubcommand(new CmpVerb(terminal))
            .addSubcommand(new PruneVerb(terminal));
    }

    private static CommandLine feed(Terminal terminal) {
        return new CommandLine(new FeedVerb()).addSubcommand(new FeedTestVerb(terminal));
    }

    private static CommandLine latency(Terminal terminal) {
        return new CommandLine(new LatencyVerb()).addSubcommand(new LatencyVerb.Report(terminal));
    }

    /** Gives every verb its help, and the flags of the options it takes. */
    private static void finish(CommandLine line) {
        for (CommandLine verb : line.getSubcommands().values()) {
            verb.getCommandSpec().mixinStandardHelpOptions(true).usageMessage()
                .abbreviateSynopsis(true).width(HELP_WIDTH);
            ConfigurationFlags.addTo(verb.getCommandSpec());
            finish(verb);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
    }
}
