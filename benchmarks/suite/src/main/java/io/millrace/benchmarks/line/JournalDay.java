// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalWriter;
import java.nio.file.Path;
import java.util.List;

/** Writes the inbound journal of a simulated day, one event for each message. */
public final class JournalDay {
    private static final int RUN = 64;

    private JournalDay() {
    }

    /**
     * Writes the events of the first chunks; returns the directory of the epoch.
     *
     * @throws IllegalStateException when a message was not one event
     */
    public static Path write(Path folder, MessageFile messages, int chunks) {
        Pipeline pipeline = new Pipeline(new EngineContext().maxOrders(1_000).conclude());
        try (Journal journal = Journal.create(folder, JournalHead.of(MemoryFeed.DATE, "benchmark",
            "", true, List.of()), new JournalContext())) {
            JournalWriter writer = journal.writer(JournalQueue.INBOUND,
                pipeline.inboundRing().newGatingReader());
            MemoryFeed feed = new MemoryFeed(messages, pipeline);
            for (int i = 0; i < chunks; i++) {
                feed.open(messages.chunk(i));
                while (feed.decode(RUN) > 0) {
                    pipeline.inbound().commit();
                    writer.doWork();
                }
            }
            if (writer.sequence() != feed.messageCount()) {
                throw new IllegalStateException(writer.sequence() + " events of "
                    + feed.messageCount() + " messages");
            }
        }
        return Journal.directory(folder, MemoryFeed.DATE);
    }
}
