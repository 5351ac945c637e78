// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.server.json.JsonLines;
import io.millrace.server.run.LatencyTable;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `latency report DIR`: how long each step took, from the journal alone. */
@Command(name = "latency", synopsisSubcommandLabel = "VERB",
    description = "Answer questions about time from the journal alone.")
public final class LatencyVerb implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing after latency");
    }

    /** `latency report`. */
    @Command(name = "report", description = "Percentiles of every step that events are stamped at.",
        footer = {"", "Example: millrace latency report journal"})
    public static final class Report implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "DIR", description = "Epoch or root.")
        private Path directory;

        @Option(names = "--json", description = "One JSON object per step, in ns.")
        private boolean isJson;

        /** @param terminal where data and log go */
        public Report(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            LatencyTable table = new LatencyTable().addJournal(EpochDirectory.resolve(directory));
            if (table.rows().isEmpty()) {
                terminal.log("latency: no event of this journal carries stamps; a run makes them as"
                    + " packets come, an import of a file measures nothing");
            }
            if (!isJson) {
                terminal.print(table.text());
                return ExitCode.OK;
            }
            JsonLines lines = new JsonLines(terminal.out());
            for (Map.Entry<String, Histogram> row : table.rows().entrySet()) {
                lines.begin().field("step", row.getKey())
                    .field("count", row.getValue().getTotalCount());
                for (int i = 0; i < LatencyTable.NAMES.length; i++) {
                    lines.field(LatencyTable.NAMES[i],
                        row.getValue().getValueAtPercentile(LatencyTable.PERCENTILES[i]));
                }
                lines.end();
            }
            lines.flush();
            return ExitCode.OK;
        }
    }
}
