// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import io.millrace.engine.ChainPosition;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Makes the checkpoints that a journal does not have yet, at every interval and behind its last
 * event, by running it through a chain once. One thread.
 */
public final class CheckpointBuilder {
    private static final int SLICE = 1 << 16;

    private final Path directory;
    private final EngineContext context;
    private final CheckpointPolicy policy;
    private final CheckpointStore store;
    private int writtenCount;
    private int prunedCount;

    /**
     * @param epochDirectory directory of an epoch that nobody writes
     * @param context        options of the chain, concluded
     */
    public CheckpointBuilder(Path epochDirectory, EngineContext context,
        CheckpointPolicy policy) {
        directory = epochDirectory;
        this.context = context;
        this.policy = policy;
        store = new CheckpointStore(epochDirectory);
    }

    /**
     * Goes on where checkpoints are missing.
     *
     * @param progress told the inbound sequence from time to time
     * @param refused  told of checkpoints that are there and cannot be used
     * @return inbound sequence of the last event
     */
    public long build(LongConsumer progress, Consumer<String> refused) {
        Set<Long> present = store.list().stream().filter(Checkpoint::hasKept)
            .map(checkpoint -> checkpoint.position().inboundSequence())
            .collect(Collectors.toSet());
        long missing = policy.next(0);
        while (present.contains(missing)) {
            missing = policy.next(missing);
        }
        long firstMissing = missing;
        Pipeline pipeline = new Pipeline(context);
        try (JournalChain chain = new JournalChain(pipeline,
            JournalTail.written(directory, JournalQueue.INBOUND), store)) {
            chain.begin(firstMissing - 1, refused);
            run(chain, present, progress);
        }
        prunedCount = store.thin(policy.maxBytes());
        return pipeline.state().position().inboundSequence();
    }

    /** Checkpoints made. */
    public int writtenCount() {
        return writtenCount;
    }

    /** Checkpoints deleted because all together were too many bytes. */
    public int prunedCount() {
        return prunedCount;
    }

    private void run(JournalChain chain, Set<Long> present, LongConsumer progress) {
        ChainPosition before = chain.pipeline().state().position();
        ChainPosition position = before;
        long nextAt = policy.next(position.inboundSequence());
        while (chain.run(SLICE, nextAt) > 0) {
            position = chain.pipeline().state().position();
            if (position.inboundSequence() == nextAt && !present.contains(nextAt)) {
                write(chain);
            }
            nextAt = policy.next(position.inboundSequence());
            progress.accept(position.inboundSequence());
        }
        if (chain.missingAt() != 0) {
            throw new JournalException("what is behind the hole that event " + chain.missingAt()
                + " ends is not known: there is no checkpoint behind it");
        }
        if (!position.equals(before) && !present.contains(position.inboundSequence())
            && position.inboundSequence() % policy.intervalEvents() != 0) {
            write(chain);
        }
    }

    private void write(JournalChain chain) {
        store.write(chain.pipeline().state(), chain.kept());
        writtenCount++;
    }
}
