// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.jmh;

import io.millrace.benchmarks.disk.Folders;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSync;
import io.millrace.journal.JournalTail;
import io.millrace.journal.JournalWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Append to a journal, and reading it back. The journal lies under target and begins anew with each
 * iteration; publishing the events is part of an append's time.
 */
public class JournalBenchmark extends Defaults {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 5);
    private static final int READ_EVENTS = 1 << 20;

    /** Events in one excerpt. */
    @Param({"16", "256"})
    public int run;

    private final OrderAddedEncoder order = new OrderAddedEncoder();
    private Path folder;
    private Journal journal;
    private EventPublisher publisher;
    private JournalWriter writer;
    private JournalTail tail;
    private long sum;

    /** Opens an empty journal and one with a million events. */
    @Setup(Level.Iteration)
    public void setUp() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "journal");
        open("read");
        for (int i = 0; i < READ_EVENTS; i += run) {
            append();
        }
        close();
        tail = JournalTail.written(folder.resolve("read").resolve(DATE.toString()),
            JournalQueue.INBOUND);
        open("append");
    }

    /** Closes and removes them. */
    @TearDown(Level.Iteration)
    public void tearDown() {
        tail.close();
        close();
        Folders.remove(folder);
    }

    /** Publishes a run of events and appends it as one excerpt; one operation is a run. */
    @Benchmark
    public long append() {
        for (int i = 0; i < run; i++) {
            publish();
        }
        publisher.commit();
        return writer.doWork();
    }

    /** Reads a thousand events; one operation is an event. */
    @Benchmark
    @OperationsPerInvocation(1_024)
    public long read() {
        for (int i = 0; i < 1_024; i++) {
            if (!tail.next()) {
                tail.seekSequence(1);
                tail.next();
            }
            sum += tail.event().instrumentId();
        }
        return sum;
    }

    private void publish() {
        int offset = publisher.claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH);
        publisher.common(offset, 1, 1, 1, 1, EventFlag.LAST, 1);
        order.wrap(publisher.buffer(), offset).orderId(1).price(1).size(1).side(Side.BUY);
    }

    private void open(String name) {
        EventRing ring = new EventRing(1_024);
        journal = Journal.create(folder.resolve(name), JournalHead.of(DATE, "benchmark", "", true,
            List.of()), new JournalContext().sync(JournalSync.NONE));
        writer = journal.writer(JournalQueue.INBOUND, ring.newGatingReader());
        publisher = new EventPublisher(ring, Thread::onSpinWait, null, run);
    }

    private void close() {
        journal.close();
    }
}
