// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.codec.event.BboEncoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.agrona.collections.MutableLong;
import org.agrona.concurrent.Agent;

/** A journal being written from rings on the test's own thread: orders inbound, quotes outbound. */
final class JournalFixture implements AutoCloseable {
    static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    static final long START_NS = 1_767_355_200_000_000_000L;
    static final long STEP_NS = 1_000;

    final Journal journal;
    final EventRing inboundRing = new EventRing(1 << 14);
    final EventRing outboundRing = new EventRing(1 << 14);
    final JournalWriter inboundWriter;
    final JournalWriter outboundWriter;
    private final List<Agent> companions;
    final EventPublisher inbound = publisher(inboundRing);
    final EventPublisher outbound = publisher(outboundRing);
    private final OrderAddedEncoder added = new OrderAddedEncoder();
    private final OrderDeletedEncoder deleted = new OrderDeletedEncoder();
    private final BboEncoder bbo = new BboEncoder();
    private final Random random = new Random(7);
    private long timeNs;

    JournalFixture(Journal journal) {
        this.journal = journal;
        inboundWriter = journal.writer(JournalQueue.INBOUND, inboundRing.newGatingReader());
        outboundWriter = journal.writer(JournalQueue.OUTBOUND, outboundRing.newGatingReader());
        companions = journal.companions();
        timeNs = START_NS + journal.lastSequence(JournalQueue.INBOUND) * STEP_NS;
        inbound.nextSequence(journal.lastSequence(JournalQueue.INBOUND) + 1);
        outbound.nextSequence(journal.lastSequence(JournalQueue.OUTBOUND) + 1);
    }

    static JournalFixture create(Path root) {
        return create(root, context());
    }

    static JournalFixture create(Path root, JournalContext context) {
        return new JournalFixture(Journal.create(root, head(), context));
    }

    static JournalContext context() {
        return new JournalContext().minimumFreeMb(0).clock(() -> START_NS + 500);
    }

    static JournalHead head() {
        return JournalHead.of(DATE, "test build", "key: value\n", true, List.of("AAA", "BBB"));
    }

    static Path directory(Path root) {
        return Journal.directory(root, DATE);
    }

    /** Publishes orders, journals them in runs of random length, and a quote for every tenth. */
    JournalFixture write(int count) {
        for (int i = 0; i < count; i++) {
            long sequence = publishOrder();
            if (sequence % 10 == 0) {
                publishBbo(sequence);
            }
            if (random.nextInt(40) == 0) {
                drain();
            }
        }
        drain();
        return this;
    }

    long publishOrder() {
        long sequence = inbound.nextSequence();
        timeNs += STEP_NS;
        inbound.receiveTimeNs(timeNs);
        if (random.nextBoolean()) {
            int offset =
                inbound.claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH);
            inbound.common(offset, timeNs - 50, 1 + (int) (sequence % 2), 1, 1, EventFlag.LAST,
                sequence);
            added.wrap(inbound.buffer(), offset).orderId(sequence)
                .price(1_000_000_000L * (1 + random.nextInt(100)))
                .size(100_000_000L).attribution("").side(Side.BUY);
        } else {
            int offset =
                inbound.claim(OrderDeletedEncoder.TEMPLATE_ID, OrderDeletedEncoder.BLOCK_LENGTH);
            inbound.common(offset, timeNs - 50, 1 + (int) (sequence % 2), 1, 1, EventFlag.LAST,
                sequence);
            deleted.wrap(inbound.buffer(), offset).orderId(sequence - 1);
        }
        inbound.commit();
        return sequence;
    }

    void publishBbo(long causeSequence) {
        outbound.receiveTimeNs(timeNs);
        int offset = outbound.claim(BboEncoder.TEMPLATE_ID, BboEncoder.BLOCK_LENGTH);
        outbound.common(offset, timeNs - 50, 1, 1, 1, EventFlag.LAST, causeSequence);
        bbo.wrap(outbound.buffer(), offset).bidPrice(causeSequence).bidSize(1).askPrice(2)
            .askSize(3);
        outbound.commit();
    }

    void drain() {
        inboundWriter.doWork();
        outboundWriter.doWork();
        companions.forEach(companion -> {
            try {
                companion.doWork();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public void close() {
        inboundWriter.onClose();
        outboundWriter.onClose();
        companions.forEach(Agent::onClose);
        journal.close();
    }

    /** Number of events of a queue, all of them checked. */
    static long count(Path root, JournalQueue queue) {
        MutableLong count = new MutableLong();
        try (JournalTail tail = JournalTail.written(directory(root), queue)) {
            while (tail.next()) {
                count.increment();
            }
        }
        return count.get();
    }

    static Path onlyFile(Path root, JournalQueue queue) {
        return CycleAppender.file(queue.directory(directory(root)), DATE);
    }

    static long size(Path file) {
        try {
            return java.nio.file.Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EventPublisher publisher(EventRing ring) {
        return new EventPublisher(ring, () -> {
            throw new IllegalStateException("ring is full");
        }, null, 1);
    }
}
