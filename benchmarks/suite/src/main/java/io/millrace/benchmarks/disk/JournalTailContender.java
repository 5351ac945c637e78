// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import io.millrace.benchmarks.line.MemoryFeed;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSync;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalWriter;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The row "replay: records" of Millrace: a journal of runs of events, written as the row "journal
 * append" writes it and read to its end, every excerpt checked unless check=0. Options: file,
 * chunk, count (events), folder.
 */
public final class JournalTailContender implements Contender {
    private static final int RUN = 256;

    private final EventImages images;
    private final Path folder;
    private final long count;
    private final boolean isChecked;
    private long sum;

    /** Built by the contender's process. */
    public JournalTailContender(Options options) {
        images = new EventImages(options);
        folder = Path.of(options.text("folder"), "journal-" + ProcessHandle.current().pid());
        count = RecordFlow.count(options);
        isChecked = options.number("check", 1) == 1;
    }

    @Override
    public void prepare() {
        Folders.remove(folder);
        EventRing ring = new EventRing(EventImages.COUNT);
        Journal journal = Journal.create(folder, JournalHead.of(MemoryFeed.DATE, "benchmark", "",
            true, List.of()), new JournalContext().sync(JournalSync.NONE));
        JournalWriter writer = journal.writer(JournalQueue.INBOUND, ring.newGatingReader());
        EventPublisher publisher = new EventPublisher(ring, Thread::onSpinWait, null, RUN);
        for (long i = 0; i < count; i++) {
            DirectBuffer image = images.image((int) i & EventImages.COUNT - 1);
            publisher.copy(image, 0, image.capacity());
            int block = ring.blockOffset(publisher.claimed());
            publisher.buffer().putLong(block + EventDescriptor.SEQUENCE_OFFSET, i + 1);
            if (i % RUN == RUN - 1) {
                publisher.commit();
                writer.doWork();
            }
        }
        journal.close();
        read();
    }

    @Override
    public void round(int index, Figures figures) {
        long startNs = System.nanoTime();
        long read = read();
        figures.speed(read, System.nanoTime() - startNs);
        if (read != count) {
            throw new IllegalStateException("read " + read + " of " + count + " events");
        }
    }

    @Override
    public long checksum() {
        return sum;
    }

    @Override
    public void close() {
        Folders.remove(folder);
    }

    private long read() {
        Path epoch = Journal.directory(folder, MemoryFeed.DATE);
        long read = 0;
        sum = 0;
        try (JournalTail tail = isChecked ? JournalTail.written(epoch, JournalQueue.INBOUND)
            : JournalTail.verified(epoch, JournalQueue.INBOUND)) {
            while (tail.next()) {
                sum += tail.event().instrumentId();
                read++;
            }
        }
        return read;
    }
}
