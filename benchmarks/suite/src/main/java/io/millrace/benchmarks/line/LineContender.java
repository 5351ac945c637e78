// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import io.millrace.benchmarks.disk.Folders;
import io.millrace.benchmarks.disk.PageCache;
import io.millrace.benchmarks.disk.ThreadTimes;
import io.millrace.benchmarks.rig.BookRounds;
import io.millrace.benchmarks.rig.Contender;
import io.millrace.benchmarks.rig.Figures;
import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.benchmarks.rig.Options;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.engine.ThreadingMode;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSync;
import io.millrace.journal.JournalWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows of the whole line: a day from memory through decoder, ring, books and strategy, on the
 * caller's thread or on two, with or without both journals. A round runs whole days, each through a
 * fresh engine, until enough time has passed. Options: file, chunk, symbols, live, mode (inline or
 * threads), seconds, journal (folder, or none), bytes (of the journals).
 */
public final class LineContender implements Contender {
    private static final int INLINE_RING = 1_024;

    private final MessageFile messages;
    private final Options options;
    private final boolean isInline;
    private final Path folder;
    private final PageCache pages;
    private final BookSum sums;
    private long checksum;
    private long eventCount;
    private long elapsedNs;
    private long journalNs;
    private long preTouchNs;
    private long writtenBytes;

    /** Built by the contender's process. */
    public LineContender(Options options) {
        this.options = options;
        messages = BookRounds.messages(options);
        sums = new BookSum(messages.chunk(0));
        isInline = options.text("mode").equals("inline");
        folder = options.values().containsKey("journal") ? Path.of(options.text("journal")) : null;
        pages = folder == null ? null
            : new PageCache(folder, Long.parseLong(options.text("bytes")));
    }

    @Override
    public void prepare() {
        day();
    }

    @Override
    public void round(int index, Figures figures) {
        eventCount = 0;
        elapsedNs = 0;
        journalNs = 0;
        preTouchNs = 0;
        writtenBytes = 0;
        do {
            messages.keepWarm();
            day();
        } while (elapsedNs < options.number("seconds") * 1_000_000_000L);
        figures.speed(eventCount, elapsedNs);
        if (folder != null) {
            figures.put("journalNsPerEvent", (double) journalNs / eventCount)
                .put("preTouchNsPerEvent", (double) preTouchNs / eventCount)
                .put("writtenGb", writtenBytes / 1e9);
        }
    }

    @Override
    public long checksum() {
        return checksum;
    }

    private void day() {
        BboSum strategy = new BboSum();
        EngineContext context = InlineBook.context(options.number("symbols"),
            options.number("live")).strategy(strategy)
            .strategyOverrunLimit(Integer.MAX_VALUE);
        if (isInline) {
            context.inboundCapacity(INLINE_RING).outboundCapacity(INLINE_RING);
        } else {
            context.threadingMode(ThreadingMode.DEDICATED);
        }
        Pipeline pipeline = new Pipeline(context.conclude());
        MemoryFeed feed = new MemoryFeed(messages, pipeline);
        Engine engine = new Engine(pipeline).ingress(feed);
        if (folder == null) {
            run(engine, feed);
        } else {
            runJournaled(engine, feed);
        }
        checksum = sums.of(pipeline.market()) ^ strategy.sum() ^ strategy.count();
    }

    private void runJournaled(Engine engine, MemoryFeed feed) {
        Folders.remove(folder);
        pages.fill();
        Pipeline pipeline = engine.pipeline();
        try (Journal journal = Journal.create(folder, JournalHead.of(MemoryFeed.DATE, "benchmark",
            "", true, List.of()), new JournalContext().sync(JournalSync.NONE)
            .counters(pipeline.counters()))) {
            JournalWriter inbound = journal.writer(JournalQueue.INBOUND,
                pipeline.inboundRing().newGatingReader());
            JournalWriter outbound = journal.writer(JournalQueue.OUTBOUND,
                pipeline.outboundRing().newGatingReader());
            engine.reader("journal-in", inbound).reader("journal-out", outbound);
            run(engine, feed);
            check(inbound, pipeline.inboundRing().cursor() + 1);
            check(outbound, pipeline.outboundRing().cursor() + 1);
            preTouchNs += pipeline.counters().counter("journal.inbound.pretouch-ns").get()
                + pipeline.counters().counter("journal.outbound.pretouch-ns").get();
            writtenBytes += Folders.bytes(folder);
        }
        Folders.remove(folder);
    }

    private static void check(JournalWriter writer, long eventCount) {
        if (writer.sequence() != eventCount) {
            throw new IllegalStateException(writer.roleName() + " wrote " + writer.sequence()
                + " of " + eventCount + " events: " + writer.state());
        }
    }

    private void run(Engine engine, MemoryFeed feed) {
        long startNs = System.nanoTime();
        engine.start();
        engine.awaitIngress();
        elapsedNs += System.nanoTime() - startNs;
        journalNs += ThreadTimes.processorNs("journal-in") + ThreadTimes.processorNs("journal-out");
        eventCount += feed.messageCount();
        engine.close();
    }

    @Override
    public void close() {
        if (folder != null) {
            Folders.remove(folder);
            pages.close();
        }
    }
}
