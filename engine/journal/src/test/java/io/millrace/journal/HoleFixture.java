// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.codec.event.FingerprintEncoder;
import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.codec.event.SystemSampleDecoder;
import io.millrace.counter.Counters;
import io.millrace.event.CommandQueue;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.journal.disk.DiskWatch;
import io.millrace.journal.disk.HoleBoard;
import io.millrace.journal.disk.ResumePermit;
import io.millrace.journal.disk.Room;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Both writers on the test's thread, over files and a file system that have room when the test
 * says so. Each inbound event but a sample derives one outbound event, as the chain does of a
 * JournalGap.
 */
final class HoleFixture implements AutoCloseable {
    static final long LEAST = 1_000;
    static final long RESUME = 2_000;
    static final long START_NS = 1_767_355_200_000_000_000L;
    static final long STEP_NS = 1_000;
    /** Time that each run of everything takes. */
    static final long RUN_NS = 10_000_000;
    private static final long PATIENCE_NS = 65_000_000_000L;

    final Counters counters = Counters.inMemory();
    final EventRing inboundRing = new EventRing(1 << 10);
    final JournalWriter inboundWriter;
    final JournalWriter outboundWriter;
    long usableBytes = RESUME;
    boolean isOutboundLate;
    KeptEvents holeEvents;
    final ResumePermit permit = new ResumePermit();
    private final EventRing outboundRing = new EventRing(1 << 12);
    private final EventPublisher inbound = publisher(inboundRing);
    private final EventPublisher outbound = publisher(outboundRing);
    private final CommandQueue commands = new CommandQueue(1 << 12);
    private final DiskWatch watch;
    private final RoomyFile inboundFile;
    private final RoomyFile outboundFile;
    private final EventView event = new EventView();
    private long nowNs;
    private long derivedSlot;
    private long timeNs = START_NS;

    HoleFixture(Path root) {
        JournalContext context = JournalFixture.context().counters(counters).commands(commands)
            .disk(null, () -> nowNs).conclude();
        watch = new DiskWatch(() -> usableBytes, LEAST, RESUME, counters, () -> nowNs);
        inboundFile = new RoomyFile(file(root, JournalQueue.INBOUND, context));
        outboundFile = new RoomyFile(file(root, JournalQueue.OUTBOUND, context));
        HoleBoard board = new HoleBoard();
        inboundWriter = new JournalWriter(JournalQueue.INBOUND, inboundFile,
            inboundRing.newGatingReader(), context, 0,
            new InboundHoles(inboundRing, inboundFile, context, watch, board, permit,
                kept -> holeEvents = kept));
        outboundWriter = new JournalWriter(JournalQueue.OUTBOUND, outboundFile,
            outboundRing.newGatingReader(), context, 0,
            new OutboundHoles(outboundRing, context, board));
    }

    private CycleAppender file(Path root, JournalQueue queue, JournalContext context) {
        try {
            Path directory =
                Files.createDirectories(queue.directory(JournalFixture.directory(root)));
            CycleAppender appender =
                new CycleAppender(directory, queue, JournalFixture.DATE, context, watch);
            HeadExcerpts.append(appender, JournalFixture.head());
            return appender;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RoomyFile file(JournalQueue queue) {
        return queue == JournalQueue.INBOUND ? inboundFile : outboundFile;
    }

    List<JournalWriter.State> states() {
        return List.of(inboundWriter.state(), outboundWriter.state());
    }

    /** Publishes orders and lets everything run after each. */
    void orders(int count) {
        for (int i = 0; i < count; i++) {
            claim(OrderDeletedEncoder.TEMPLATE_ID, OrderDeletedEncoder.BLOCK_LENGTH, 1);
            inbound.commit();
            run();
        }
    }

    /** The same with the definition of a security. */
    void define(int instrumentId, String symbol) {
        int offset = claim(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH, instrumentId);
        new InstrumentDefinedEncoder().wrap(inbound.buffer(), offset).symbol(symbol);
        inbound.commit();
        run();
    }

    private int claim(int templateId, int blockLength, int instrumentId) {
        timeNs += STEP_NS;
        inbound.receiveTimeNs(timeNs);
        int offset = inbound.claim(templateId, blockLength);
        inbound.common(offset, timeNs, instrumentId, 1, 1, EventFlag.LAST,
            (timeNs - START_NS) / STEP_NS);
        return offset;
    }

    void pass(long spanNs) {
        nowNs += spanNs;
    }

    /** Time passes until the longest wait for space is over, and the event that ends the hole. */
    void resume() {
        run();
        pass(PATIENCE_NS);
        run();
        run();
    }

    /** Everything has room, and no one is late. */
    void heal() {
        usableBytes = RESUME;
        inboundFile.isFull = false;
        outboundFile.isFull = false;
        isOutboundLate = false;
        for (int i = 0; i < 3; i++) {
            pass(PATIENCE_NS);
            resume();
        }
    }

    private void run() {
        nowNs += RUN_NS;
        watch.doWork();
        inboundWriter.doWork();
        commands.drainTo(inbound);
        derive();
        inboundWriter.doWork();
        if (!isOutboundLate) {
            outboundWriter.doWork();
            outboundWriter.doWork();
        }
    }

    private void derive() {
        for (; derivedSlot <= inboundRing.cursor(); derivedSlot++) {
            event.wrap(inboundRing.buffer(), inboundRing.blockOffset(derivedSlot));
            outbound.receiveTimeNs(event.receiveTimeNs());
            if (event.templateId() != SystemSampleDecoder.TEMPLATE_ID) {
                int offset = outbound.claim(FingerprintEncoder.TEMPLATE_ID,
                    FingerprintEncoder.BLOCK_LENGTH);
                outbound.common(offset, timeNs, EventDescriptor.NO_INSTRUMENT, 0, 0,
                    EventFlag.LAST, event.sequence());
                outbound.commit();
            }
        }
    }

    @Override
    public void close() {
        inboundWriter.onClose();
        outboundWriter.onClose();
        inboundFile.appender.close();
        outboundFile.appender.close();
    }

    /** Sequences of a queue, or the causes of its events; samples derive nothing. */
    static List<Long> sequences(Path root, JournalQueue queue, boolean areCauses) {
        List<Long> sequences = new ArrayList<>();
        try (JournalTail tail = JournalTail.written(JournalFixture.directory(root), queue)) {
            while (tail.next()) {
                EventView read = tail.event();
                if (read.templateId()
                    != SystemSampleDecoder.TEMPLATE_ID) {
                    sequences.add(areCauses ? read.originSequence() : read.sequence());
                }
            }
        }
        return sequences;
    }

    private static EventPublisher publisher(EventRing ring) {
        return new EventPublisher(ring, () -> {
            throw new IllegalStateException("ring is full");
        }, null, 1);
    }

    /** A real file that is full when told to. */
    static final class RoomyFile implements ExcerptFile {
        boolean isFull;
        /** Times that it has room yet before it is full. */
        int roomyCount = Integer.MAX_VALUE;
        private final CycleAppender appender;

        RoomyFile(CycleAppender appender) {
            this.appender = appender;
        }

        @Override
        public UnsafeBuffer buffer() {
            return appender.buffer();
        }

        @Override
        public void append(int length, int count, long firstSequence) {
            appender.append(length, count, firstSequence);
        }

        @Override
        public Room room() {
            return isFull || roomyCount-- <= 0 ? Room.FULL : appender.room();
        }

        @Override
        public void force() {
            appender.force();
        }

        @Override
        public long position() {
            return appender.position();
        }
    }
}
