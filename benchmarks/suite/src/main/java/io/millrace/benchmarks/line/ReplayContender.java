// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.benchmarks.disk.Folders;
import io.millrace.benchmarks.rig.BookRounds;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.benchmarks.rig.Options;
import io.millrace.engine.Engine;
import io.millrace.engine.Pipeline;
import io.millrace.journal.replay.JournalReplayer;
import io.millrace.journal.replay.ReplayContext;
import java.nio.file.Path;

/**
 * The row "replay": the journal of the day through the same chain on one thread, books and
 * fingerprints in it. Rounds are those of {@link BookContender}. Options: as there, rounds (most),
 * folder.
 */
public final class ReplayContender implements Contender {
    private final MessageFile messages;
    private final int fillChunks;
    private final int roundChunks;
    private final int maxRounds;
    private final Path folder;
    private final Engine engine;
    private JournalReplayer replayer;

    /** Built by the contender's process. */
    public ReplayContender(Options options) {
        messages = BookRounds.messages(options);
        fillChunks = options.number("fill");
        roundChunks = options.number("take");
        maxRounds = options.number("rounds");
        folder = Path.of(options.text("folder"), "journal-" + ProcessHandle.current().pid());
        engine = new Engine(new Pipeline(InlineBook.context(options.number("symbols"),
            options.number("live")).inboundCapacity(InlineBook.RING_CAPACITY)
            .outboundCapacity(InlineBook.RING_CAPACITY).conclude()));
        engine.start();
    }

    @Override
    public void prepare() {
        Path epoch = JournalDay.write(folder, messages, fillChunks + maxRounds * roundChunks);
        replayer = new JournalReplayer(epoch, engine.pipeline().inbound(), new ReplayContext());
        replay(fillChunks);
    }

    @Override
    public void round(int index, Figures figures) {
        long startNs = System.nanoTime();
        replay(roundChunks);
        figures.speed((long) roundChunks * messages.chunkMessages(), System.nanoTime() - startNs);
    }

    @Override
    public long checksum() {
        return new BookSum(messages.chunk(0)).of(engine.pipeline().market());
    }

    @Override
    public void close() {
        Folders.remove(folder);
    }

    private void replay(int chunks) {
        long target = replayer.replayedCount() + (long) chunks * messages.chunkMessages();
        while (replayer.replayedCount() < target) {
            replayer.doWork();
            engine.drain();
        }
        if (replayer.replayedCount() != target) {
            throw new IllegalStateException("replayed " + replayer.replayedCount());
        }
    }
}
