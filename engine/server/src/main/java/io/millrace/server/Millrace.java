// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.server.verb.CheckConfigVerb;
import io.millrace.server.verb.DecodeVerb;
import io.millrace.server.verb.DefaultConfigVerb;
import io.millrace.server.verb.Failures;
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
    @Spec
    private CommandSpec spec;

    /** Starts the command with the process's own streams. */
    public static void main(String[] args) {
        System.exit(execute(Terminal.ofProcess(), args));
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
        CommandLine line = new CommandLine(new Millrace())
            .setOut(new PrintWriter(terminal.out(), true))
            .setErr(new PrintWriter(terminal.log(), true));
        line.addSubcommand(new DecodeVerb(terminal));
        line.addSubcommand(new CheckConfigVerb(terminal));
        line.addSubcommand(new DefaultConfigVerb(terminal));
        line.getSubcommands().values()
            .forEach(verb -> verb.getCommandSpec().mixinStandardHelpOptions(true));
        return line;
    }
}
