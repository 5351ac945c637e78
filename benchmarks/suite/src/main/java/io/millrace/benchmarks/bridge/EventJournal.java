// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import io.millrace.codec.event.BboEncoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.TradeEncoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes the journal that bridges copy: trades inbound and best bids and offers outbound in turn,
 * each of them a record for every sink. One thread.
 */
final class EventJournal implements AutoCloseable {
    static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    static final List<String> SYMBOLS =
        IntStream.rangeClosed(1, 1_000).mapToObj(id -> "S" + id).toList();
    static final int VENUE = 32;
    static final int FLAGS = EventFlag.LAST | EventFlag.SIMULATED;

    private static final int SLOTS = 1 << 13;
    private static final int DRAIN_EVERY = 1_000;

    private final Journal journal;
    private final EventPublisher inbound;
    private final EventPublisher outbound;
    private final JournalWriter inboundWriter;
    private final JournalWriter outboundWriter;
    private final TradeEncoder trade = new TradeEncoder();
    private final BboEncoder bbo = new BboEncoder();
    private long count;

    EventJournal(Path root) {
        journal = Journal.create(root, JournalHead.of(DATE, "benchmark", "", true, SYMBOLS),
            new JournalContext());
        EventRing inboundRing = new EventRing(SLOTS);
        EventRing outboundRing = new EventRing(SLOTS);
        inboundWriter = journal.writer(JournalQueue.INBOUND, inboundRing.newGatingReader());
        outboundWriter = journal.writer(JournalQueue.OUTBOUND, outboundRing.newGatingReader());
        inbound = publisher(inboundRing);
        outbound = publisher(outboundRing);
    }

    private static EventPublisher publisher(EventRing ring) {
        EventPublisher publisher = new EventPublisher(ring, () -> {
            throw new IllegalStateException("the ring of a prepared journal is full");
        }, null, 1);
        publisher.nextSequence(1);
        return publisher;
    }

    /** Time in ns since the Unix epoch of the event of an index in a prepared journal. */
    static long timeNs(long index) {
        return DATE.toEpochDay() * 86_400_000_000_000L + (index + 1) * 1_000;
    }

    /** Writes a journal of so many events. */
    static void prepare(Path root, int events) {
        try (EventJournal written = new EventJournal(root)) {
            for (int i = 0; i < events; i++) {
                written.add(timeNs(i));
            }
        }
    }

    /** The next event, with the time it is stamped with. */
    void add(long timeNs) {
        Market market = Market.of(count, timeNs);
        if (market.isTrade()) {
            int offset = claim(inbound, market, TradeEncoder.TEMPLATE_ID,
                TradeEncoder.BLOCK_LENGTH);
            trade.wrap(inbound.buffer(), offset).price(market.price()).size(market.size())
                .tradeId(market.askPrice()).orderId(0).conditionCodes("").side(Side.UNKNOWN);
            inbound.commit();
        } else {
            int offset = claim(outbound, market, BboEncoder.TEMPLATE_ID, BboEncoder.BLOCK_LENGTH);
            bbo.wrap(outbound.buffer(), offset).bidPrice(market.price()).bidSize(market.size())
                .askPrice(market.askPrice()).askSize(market.askSize());
            outbound.commit();
        }
        count++;
        if (count % DRAIN_EVERY == 0) {
            drain();
        }
    }

    private int claim(EventPublisher publisher, Market market, int templateId, int blockLength) {
        publisher.receiveTimeNs(market.timeNs());
        int offset = publisher.claim(templateId, blockLength);
        publisher.buffer().setMemory(offset + EventDescriptor.COMMON_LENGTH,
            blockLength - EventDescriptor.COMMON_LENGTH, (byte) 0);
        publisher.common(offset, market.timeNs(), Integer.parseInt(market.symbol().substring(1)),
            VENUE, 1, FLAGS, inbound.nextSequence() - 1);
        return offset;
    }

    /** Appends what was added. */
    void drain() {
        inboundWriter.doWork();
        outboundWriter.doWork();
    }

    @Override
    public void close() {
        drain();
        inboundWriter.onClose();
        outboundWriter.onClose();
        journal.close();
    }
}
