// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.disk;

import io.millrace.benchmarks.line.MemoryFeed;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.Options;
import io.millrace.benchmarks.rig.ProcessorTimes;
import io.millrace.counter.Counters;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSync;
import io.millrace.journal.JournalWriter;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The row "journal append" of Millrace: the journal's writer takes runs of slot events, one excerpt
 * each. What it costs is the processor time of its calls, which write zeros ahead themselves; the
 * slots are filled between the calls. Options: file, chunk, bytes, folder.
 */
public final class JournalAppendContender implements Contender {
    private static final int RUN = 256;
    private static final double MICROSECOND = 1e3;

    private final Path folder;
    private final PageCache pages;
    private final long count;
    private final EventImages images;
    private final EventRing ring = new EventRing(EventImages.COUNT);
    private final EventPublisher publisher =
        new EventPublisher(ring, JournalAppendContender::refuse, null, EventImages.COUNT);
    private final int[] templateIds = new int[EventImages.COUNT];
    private final int[] blockLengths = new int[EventImages.COUNT];
    private final Histogram appendNs = new Histogram(3);

    /** Built by the contender's process. */
    public JournalAppendContender(Options options) {
        images = new EventImages(options);
        folder = Path.of(options.text("folder"), "journal-" + ProcessHandle.current().pid());
        long bytes = Long.parseLong(options.text("bytes"));
        count = images.eventsOf(bytes);
        pages = new PageCache(folder, bytes);
        for (int i = 0; i < EventImages.COUNT; i++) {
            int block = EventDescriptor.HEADER_LENGTH;
            templateIds[i] = EventDescriptor.templateId(images.image(i), block);
            blockLengths[i] = EventDescriptor.blockLength(images.image(i), block);
            ring.buffer().putBytes(ring.blockOffset(i) - block, images.image(i), 0,
                images.image(i).capacity());
        }
    }

    @Override
    public void prepare() {
        round(0, Math.min(count, 40L * EventImages.COUNT), new Figures());
    }

    @Override
    public void round(int index, Figures figures) {
        pages.fill();
        round(index, count, figures);
    }

    @Override
    public long checksum() {
        return 0;
    }

    @Override
    public void close() {
        Folders.remove(folder);
        pages.close();
    }

    private void round(int index, long eventCount, Figures figures) {
        Counters counters = Counters.inMemory();
        Journal journal = Journal.create(folder, JournalHead.of(MemoryFeed.DATE, "benchmark", "",
            true, List.of()), new JournalContext().sync(JournalSync.NONE).counters(counters));
        EventReader reader = ring.newGatingReader();
        JournalWriter writer = journal.writer(JournalQueue.INBOUND, reader);
        publisher.nextSequence(1);
        appendNs.reset();
        ProcessorTimes before = ProcessorTimes.read();
        long fillNs = append(writer, eventCount);
        ProcessorTimes after = ProcessorTimes.read();
        reader.detach();
        journal.close();
        long writerNs = after.usedNs() - before.usedNs() - fillNs;
        if (writer.sequence() != eventCount) {
            throw new IllegalStateException("the journal holds " + writer.sequence() + " of "
                + eventCount + " events: " + writer.state());
        }
        long preTouchNs = counters.counter("journal.inbound.pretouch-ns").get();
        figures.speed(eventCount, writerNs)
            .put("preTouchNsPerEvent", (double) preTouchNs / eventCount)
            .put("wallNsPerEvent", (double) (after.atNs() - before.atNs() - fillNs) / eventCount)
            .put("p50Us", appendNs.getValueAtPercentile(50) / MICROSECOND)
            .put("p999Us", appendNs.getValueAtPercentile(99.9) / MICROSECOND)
            .put("maxUs", appendNs.getMaxValue() / MICROSECOND)
            .put("writtenGb", Folders.bytes(folder) / 1e9);
        Folders.remove(folder);
    }

    /** Appends run by run; returns the time that filling the slots took. */
    private long append(JournalWriter writer, long eventCount) {
        long fillNs = 0;
        for (long done = 0; done < eventCount; done += RUN) {
            long startNs = System.nanoTime();
            fill();
            long filledNs = System.nanoTime();
            writer.doWork();
            appendNs.recordValue(System.nanoTime() - filledNs);
            fillNs += filledNs - startNs;
        }
        return fillNs;
    }

    /**
     * Claims the next run; of each slot all but its head is still there from the last time around.
     */
    private void fill() {
        for (int i = 0; i < RUN; i++) {
            int image = (int) (publisher.claimed() + 1) & EventImages.COUNT - 1;
            publisher.claim(templateIds[image], blockLengths[image]);
        }
        publisher.commit();
    }

    private static void refuse() {
        throw new IllegalStateException("the writer left events on the ring");
    }
}
