// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.event.EventReader;
import io.millrace.journal.disk.HoleBoard;
import java.nio.file.Path;

/**
 * An outbound queue that is derived again from a whole inbound one, and takes the old one's place
 * when it is complete. Measurements are not derived: nothing is stamped. Control thread; no engine
 * may write the epoch meanwhile.
 */
public final class OutboundRewrite implements AutoCloseable {
    private final JournalContext context = new JournalContext().minimumFreeMb(0).clock(null)
        .sync(JournalSync.NONE).conclude();
    private final QueuePart part;

    /** @param epochDirectory directory of the epoch */
    public OutboundRewrite(Path epochDirectory) {
        JournalHead head = Journal.head(epochDirectory);
        part = new QueuePart(epochDirectory, JournalQueue.OUTBOUND, head.tradingDate(), context);
        HeadExcerpts.append(part.appender(), head);
        context.counters().counter(JournalWriter.label(JournalQueue.INBOUND, "sequence"))
            .set(Long.MAX_VALUE);
    }

    /** The one writer, beginning with sequence 1. */
    public JournalWriter writer(EventReader reader) {
        return new JournalWriter(JournalQueue.OUTBOUND, part.appender(), reader, context, 0,
            new OutboundHoles(reader.ring(), context, new HoleBoard()));
    }

    /** What the writer could not do, in words; null when it did everything. */
    public String problem(JournalWriter writer) {
        return writer.state() == JournalWriter.State.APPENDING ? null
            : "the new outbound queue's writer is " + writer.state();
    }

    /** Puts the new queue in the old one's place. After the writer's thread has ended. */
    public void replace() {
        part.replace();
    }

    /** Deletes what has not taken the old one's place. */
    @Override
    public void close() {
        part.close();
    }
}
