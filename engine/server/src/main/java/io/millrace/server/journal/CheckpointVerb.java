// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.journal;

import io.millrace.journal.EpochLock;
import io.millrace.journal.checkpoint.CheckpointPolicy;
import io.millrace.journal.checkpoint.CheckpointStore;
import io.millrace.server.checkpoint.CheckpointPass;
import io.millrace.server.verb.EpochDirectory;
import io.millrace.server.verb.ExitCode;
import io.millrace.server.verb.Terminal;
import io.millrace.server.verb.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `journal checkpoint DIR`: makes the checkpoints that a journal does not have. */
@Command(name = "checkpoint",
    description = "Make the checkpoints that a journal does not have, by running it once.",
    footer = {"", "Example: millrace journal checkpoint journal --every 1000000",
        "book --at then reads at most so many events. Not while an engine writes the journal."})
public final class CheckpointVerb implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "Epoch or root.")
    private Path directory;

    @Option(names = "--every", paramLabel = "N", description =
        "Inbound events from one to the next; " + CheckpointPolicy.INTERVAL_DEFAULT
            + " unless set.")
    private long every = CheckpointPolicy.INTERVAL_DEFAULT;

    @Option(names = "--max-mb", paramLabel = "MB", description =
        "Mebibytes of all; above, those go that are closest to others; "
            + CheckpointPolicy.MAX_MB_DEFAULT + " unless set.")
    private long maxMb = CheckpointPolicy.MAX_MB_DEFAULT;

    /** @param terminal where data and log go */
    public CheckpointVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        range("--every", every, 1, Long.MAX_VALUE);
        range("--max-mb", maxMb, 0, 1 << 20);
        Path epoch = EpochDirectory.resolve(directory);
        EpochLock lock = EpochLock.take(epoch);
        try (lock) {
            new CheckpointStore(epoch).deleteUnfinished();
            new CheckpointPass(terminal, "checkpoint", new CheckpointPolicy(every, maxMb << 20))
                .run(epoch);
        }
        return ExitCode.OK;
    }

    private static void range(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new UsageException(option + " " + value + " is not from " + least + " to "
                + most);
        }
    }
}
