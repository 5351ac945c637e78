// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import io.millrace.benchmarks.rig.ContenderProcess;
import io.millrace.benchmarks.rig.Figures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contender's running process, seen from the report. Its chatter goes to a log file. */
final class ContestantProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 30;

    private final Contestant contestant;
    private final Path log;
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    ContestantProcess(String row, Contestant contestant, Workplace workplace) {
        this.contestant = contestant;
        log = workplace.log(row + "-" + contestant.name());
        List<String> command = new ArrayList<>(workplace.java());
        command.addAll(contestant.heap());
        command.addAll(List.of("-cp", workplace.classPath(contestant.home()),
            ContenderProcess.class.getName()));
        command.addAll(contestant.words());
        try {
            process = new ProcessBuilder(command).directory(workplace.root().toFile())
                .redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /** Brings the contender to the state its rounds start from. */
    void prepare() {
        ask("prepare");
    }

    /** Runs a round. */
    Figures round(int index) {
        return Figures.parse(ask("round " + index));
    }

    /** Checksum of the contender's state. */
    String checksum() {
        return ask("checksum");
    }

    /** Name within the row. */
    String name() {
        return contestant.name();
    }

    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String ask(String order) {
        orders.println(order);
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(ContenderProcess.ANSWER)) {
                    return line.substring(ContenderProcess.ANSWER.length());
                }
            }
            throw new IllegalStateException(contestant.name() + " ended at '" + order + "':\n"
                + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
