// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.checkpoint;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSummary;
import io.millrace.journal.checkpoint.Checkpoint;
import io.millrace.journal.checkpoint.CheckpointBuilder;
import io.millrace.journal.checkpoint.CheckpointPolicy;
import io.millrace.journal.checkpoint.CheckpointStore;
import io.millrace.journal.replay.EngineSection;
import io.millrace.server.verb.Progress;
import io.millrace.server.verb.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Makes the checkpoints that a whole journal does not have, and says what there is. One thread. */
public final class CheckpointPass {
    private final Terminal terminal;
    private final String verb;
    private final CheckpointPolicy policy;

    /** @param verb first word of what is said */
    public CheckpointPass(Terminal terminal, String verb, CheckpointPolicy policy) {
        this.terminal = terminal;
        this.verb = verb;
        this.policy = policy;
    }

    /** Runs an epoch that nobody writes. */
    public void run(Path epochDirectory) throws IOException {
        double last = JournalSummary.eventCount(epochDirectory, JournalQueue.INBOUND,
            Long.MAX_VALUE);
        Progress progress = new Progress(terminal, verb, "events");
        CheckpointBuilder builder = new CheckpointBuilder(epochDirectory,
            EngineSection.read(Journal.head(epochDirectory)).conclude(), policy);
        builder.build(sequence -> progress.at(sequence, sequence / last),
            reason -> terminal.log(verb + ": " + reason));
        List<Checkpoint> checkpoints = new CheckpointStore(epochDirectory).list();
        terminal.print(String.format(Locale.ROOT,
            "%s: %d checkpoints, %,d bytes; %d made, %d thinned out%n", epochDirectory,
            checkpoints.size(), checkpoints.stream().mapToLong(Checkpoint::byteCount).sum(),
            builder.writtenCount(), builder.prunedCount()));
    }
}
