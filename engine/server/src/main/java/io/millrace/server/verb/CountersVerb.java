// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.counter.CountersView;
import io.millrace.server.json.JsonLines;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `counters FILE`: what a running or ended engine counts, read from outside its process. */
@Command(name = "counters", description = "Print the counters and distinct errors of an engine.",
    footer = {"", "Example: millrace counters journal/counters.dat"})
public final class CountersVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The engine's counters file.")
    private Path file;

    @Option(names = "--json", description = "One JSON object of labels and values.")
    private boolean isJson;

    /** @param terminal where data and log go */
    public CountersVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (CountersView view = new CountersView(file)) {
            if (isJson) {
                printJson(view);
            } else {
                PrintStream out = new PrintStream(terminal.out(), false, StandardCharsets.UTF_8);
                view.printTo(out, CounterWording::of);
                out.flush();
            }
        }
        return ExitCode.OK;
    }

    private void printJson(CountersView view) throws IOException {
        Map<String, Long> values = new TreeMap<>();
        view.counters().forEach((value, id, label) -> values.put(label, value));
        JsonLines lines = new JsonLines(terminal.out());
        lines.begin().field("pid", view.pid());
        for (Map.Entry<String, Long> counter : values.entrySet()) {
            lines.field(counter.getKey(), counter.getValue());
        }
        lines.end();
        lines.flush();
    }
}
