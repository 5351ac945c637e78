// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.journal.JournalException;
import io.millrace.journal.replay.DivergenceException;
import io.millrace.server.config.ConfigurationException;
import io.millrace.server.config.NearestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever goes wrong in a verb into one line a person can act on, and the exit code that
 * belongs to it.
 */
public final class Failures {
    private static final String BROKEN_PIPE = "Broken pipe";

    private final Terminal terminal;

    /** @param terminal gets the lines */
    public Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The command line could not be read. */
    public int onParameters(ParameterException problem, String[] args) {
        CommandLine verb = problem.getCommandLine();
        terminal.log("millrace: " + sentence(problem, verb, args));
        terminal.log("Try '" + verb.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    /** A verb failed. */
    public int onExecution(Exception problem) {
        Throwable cause = problem instanceof UncheckedIOException ? problem.getCause() : problem;
        if (cause instanceof ConfigurationException bad) {
            bad.problems().forEach(terminal::log);
            return ExitCode.USAGE;
        }
        if (cause instanceof UsageException || cause instanceof IllegalArgumentException) {
            terminal.log("millrace: " + cause.getMessage());
            return ExitCode.USAGE;
        }
        if (cause instanceof DivergenceException) {
            terminal.log("millrace: " + cause.getMessage() + "; replay --prove tells where it"
                + " begins. Start the build that wrote it, or move the epoch's outbound directory"
                + " away: it is derived anew");
            return ExitCode.FINDING;
        }
        if (cause instanceof JournalException) {
            terminal.log("millrace: " + cause.getMessage());
            return ExitCode.IO;
        }
        if (cause instanceof IOException && BROKEN_PIPE.equals(cause.getMessage())) {
            return ExitCode.OK;
        }
        if (cause instanceof IOException) {
            terminal.log("millrace: " + context(problem, cause) + describe((IOException) cause));
            return ExitCode.IO;
        }
        terminal.log("millrace: " + cause);
        cause.printStackTrace(terminal.log());
        return ExitCode.IO;
    }

    private static String sentence(ParameterException problem, CommandLine verb, String[] args) {
        Set<String> flags = verb.getCommandSpec().optionsMap().keySet();
        for (String arg : args) {
            String name = arg.contains("=") ? arg.substring(0, arg.indexOf('=')) : arg;
            if (name.startsWith("--") && name.length() > 2 && !flags.contains(name)) {
                return "unknown flag " + name + NearestName.question(name, flags);
            }
        }
        if (!(problem instanceof UnmatchedArgumentException unmatched)
            || unmatched.getUnmatched().isEmpty()) {
            return WrongValue.sentence(problem);
        }
        String name = unmatched.getUnmatched().get(0);
        Set<String> verbs = verb.getSubcommands().keySet();
        return verbs.isEmpty() ? "'" + name + "' is one argument too many"
            : "unknown verb " + name + NearestName.question(name, verbs);
    }

    /** What was tried, where the cause itself names no file. */
    private static String context(Exception problem, Throwable cause) {
        boolean isNamed = cause instanceof FileSystemException || problem == cause
            || cause.toString().equals(problem.getMessage());
        return isNamed ? "" : problem.getMessage() + ": ";
    }

    private static String describe(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return problem.getMessage() + " does not exist";
        }
        if (problem instanceof AccessDeniedException) {
            return problem.getMessage() + " may not be read or written";
        }
        return problem.getMessage();
    }
}
