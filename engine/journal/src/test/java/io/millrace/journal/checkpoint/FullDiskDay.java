// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.JournalGapEncoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.JournalGapReason;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalSync;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.disk.Disk;
import io.millrace.journal.replay.EngineSection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A chain and its journal on a disk that is full when told to, all on the test's thread. */
final class FullDiskDay implements AutoCloseable {
    static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    static final long START_NS = 1_767_355_200_000_000_000L;

    private static final long RUN_NS = 10_000_000;
    private static final long PATIENCE_NS = 65_000_000_000L;

    final Pipeline pipeline = new Pipeline(options());
    final Journal journal;
    final JournalWriter inbound;
    final JournalWriter outbound;
    final HoleCheckpoints holes;
    boolean isFull;
    private long nowNs;
    private long timeNs = START_NS;
    private long orderId;

    FullDiskDay(Path root) {
        journal = Journal.create(root,
            EngineSection.write(JournalHead.of(DATE, "test", "", true, List.of()), options()),
            context());
        inbound = journal.writer(JournalQueue.INBOUND, pipeline.inboundRing().newGatingReader());
        outbound = journal.writer(JournalQueue.OUTBOUND,
            pipeline.outboundRing().newGatingReader());
        holes = new HoleCheckpoints(pipeline, journal, inbound);
    }

    static EngineContext options() {
        return new EngineContext().maxInstruments(64).maxOrders(1 << 17).maxVenues(2).conclude();
    }

    JournalContext context() {
        return new JournalContext().sync(JournalSync.NONE).minimumFreeMb(1).resumeMarginMb(1)
            .clock(() -> START_NS).commands(pipeline.commands()).counters(pipeline.counters())
            .disk(new Disk() {
                @Override
                public long usableBytes() {
                    return isFull ? 0 : 1L << 40;
                }

                @Override
                public int write(FileChannel file, ByteBuffer bytes, long position)
                    throws IOException {
                    return file.write(bytes, position);
                }
            }, () -> nowNs);
    }

    void define(int id, String symbol) {
        int offset = claim(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH, id);
        new InstrumentDefinedEncoder().wrap(pipeline.inbound().buffer(), offset).symbol(symbol);
        pipeline.inbound().commit();
        run();
    }

    void orders(int count) {
        for (int i = 1; i <= count; i++) {
            int offset =
                claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH, 1);
            new OrderAddedEncoder().wrap(pipeline.inbound().buffer(), offset).orderId(++orderId)
                .price(90_000_000_000L).size(100_000_000L).attribution("").side(Side.BUY);
            pipeline.inbound().commit();
            if (i % 512 == 0 || i == count) {
                run();
            }
        }
    }

    private int claim(int templateId, int blockLength, int instrumentId) {
        EventPublisher publisher = pipeline.inbound();
        timeNs += 1_000;
        publisher.receiveTimeNs(timeNs);
        int offset = publisher.claim(templateId, blockLength);
        publisher.buffer().setMemory(offset + EventDescriptor.COMMON_LENGTH,
            blockLength - EventDescriptor.COMMON_LENGTH, (byte) 0);
        publisher.common(offset, timeNs, instrumentId, 1, 1, EventFlag.LAST, orderId);
        return offset;
    }

    /** Ends a hole with a definition and some orders in it. */
    void hole(int id, String symbol) {
        isFull = true;
        orders(10);
        define(id, symbol);
        resume();
    }

    /** There is space again, for long enough. */
    void resume() {
        isFull = false;
        for (int i = 0; i < 3; i++) {
            run();
            pass();
        }
        run();
    }

    /** The longest wait for space is over. */
    void pass() {
        nowNs += PATIENCE_NS;
    }

    /** The event that the inbound writer asks for is in the ring, and the chain took it. */
    void publishGap() {
        UnsafeBuffer block = new UnsafeBuffer(new byte[EventDescriptor.MAX_BLOCK_LENGTH]);
        new JournalGapEncoder().wrap(block, 0).instrumentId(EventDescriptor.NO_INSTRUMENT)
            .fromSequence(inbound.sequence() + 1).reason(JournalGapReason.SPACE_LOW.value());
        pipeline.commands().offer(JournalGapEncoder.TEMPLATE_ID, block, 0,
            JournalGapEncoder.BLOCK_LENGTH);
        derive();
    }

    private void derive() {
        pipeline.commands().drainTo(pipeline.inbound());
        while (pipeline.chain().doWork() > 0) {
            outbound.doWork();
        }
    }

    private void run() {
        nowNs += RUN_NS;
        watch();
        inbound.doWork();
        derive();
        inbound.doWork();
        outbound.doWork();
        outbound.doWork();
        holes.onTick();
    }

    void watch() {
        try {
            journal.watch().doWork();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        inbound.onClose();
        outbound.onClose();
        journal.close();
    }
}
