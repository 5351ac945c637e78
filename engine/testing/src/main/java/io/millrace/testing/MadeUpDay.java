// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.codec.event.BboEncoder;
import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.LevelChangedEncoder;
import io.millrace.codec.event.NbboEncoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderExecutedEncoder;
import io.millrace.codec.event.QuoteEncoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.TradeEncoder;
import io.millrace.counter.Counters;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventRing;
import io.millrace.instrument.Price;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalContext;
import io.millrace.journal.JournalHead;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Writes a journal of made-up events of all common kinds, always the same ones, on the caller's
 * thread: for tests of whatever reads journals. No engine runs, so outbound events follow from
 * nothing.
 */
public final class MadeUpDay implements AutoCloseable {
    /** Securities S1 to S20, ids 1 to 20. */
    public static final int INSTRUMENT_COUNT = 20;

    private static final long NS_PER_DAY = 86_400_000_000_000L;
    private static final long STEP_NS = 1_000;
    private static final int RING_SLOTS = 1 << 12;
    private static final int DRAIN_EVERY = 1_000;
    private static final int VENUE = 32;

    private final Journal journal;
    private final EventRing inboundRing = new EventRing(RING_SLOTS);
    private final EventRing outboundRing = new EventRing(RING_SLOTS);
    private final EventPublisher inbound;
    private final EventPublisher outbound;
    private final JournalWriter inboundWriter;
    private final JournalWriter outboundWriter;
    private final Random random = new Random(11);
    private long timeNs;
    private long orderId;

    private MadeUpDay(Journal journal, long startNs) {
        this.journal = journal;
        timeNs = startNs;
        inbound = publisher(inboundRing, journal.lastSequence(JournalQueue.INBOUND) + 1);
        outbound = publisher(outboundRing, journal.lastSequence(JournalQueue.OUTBOUND) + 1);
        inboundWriter =
            journal.writer(JournalQueue.INBOUND, inboundRing.newGatingReader());
        outboundWriter =
            journal.writer(JournalQueue.OUTBOUND, outboundRing.newGatingReader());
    }

    /** Begins a day under a root, at midnight. */
    public static MadeUpDay begin(Path root, LocalDate date) {
        return beginAt(root, date, date.toEpochDay() * NS_PER_DAY);
    }

    /** Begins a day under a root, at a time in ns since the Unix epoch. */
    public static MadeUpDay beginAt(Path root, LocalDate date, long startNs) {
        JournalHead head = JournalHead.of(date, "made up", "", true, List.of());
        MadeUpDay day = new MadeUpDay(Journal.create(root, head, context()), startNs);
        for (int id = 1; id <= INSTRUMENT_COUNT; id++) {
            day.define(id);
        }
        day.drain();
        return day;
    }

    /** Goes on behind the last event of a day. */
    public static MadeUpDay goOn(Path root, LocalDate date, long startNs) {
        return new MadeUpDay(Journal.open(root, date, context()), startNs);
    }

    private static JournalContext context() {
        return new JournalContext().minimumFreeMb(0);
    }

    /** Writes so many events inbound, and a quote outbound for every third. */
    public MadeUpDay write(int count) {
        for (int i = 1; i <= count; i++) {
            writeOne();
            if (i % 3 == 0) {
                bbo();
            }
            if (i % DRAIN_EVERY == 0) {
                drain();
            }
        }
        drain();
        return this;
    }

    /** Sequence of the last event of a queue. */
    public long last(JournalQueue queue) {
        return (queue == JournalQueue.INBOUND ? inbound : outbound).nextSequence() - 1;
    }

    /** True when a reader with such counters has taken all of both queues. */
    public boolean isTaken(Counters counters, String reader) {
        return counters.value(reader + ".inbound.sequence") == last(JournalQueue.INBOUND)
            && counters.value(reader + ".outbound.sequence") == last(JournalQueue.OUTBOUND);
    }

    /** Writes a quote across venues outbound, for one security. */
    public MadeUpDay consolidate(int instrument) {
        outbound.receiveTimeNs(timeNs);
        int offset = claim(outbound, NbboEncoder.TEMPLATE_ID, NbboEncoder.BLOCK_LENGTH,
            instrument);
        long bid = price();
        new NbboEncoder().wrap(outbound.buffer(), offset).bidPrice(bid).bidSize(size())
            .askPrice(bid + Price.PRICE_UNIT / 100).askSize(size());
        outbound.commit();
        drain();
        return this;
    }

    /** The bid of each security's last quote outbound, by symbol, in decimals. */
    public static Map<String, String> lastBids(Path root, LocalDate date) {
        Map<String, String> bids = new TreeMap<>();
        new JournaledRows(root, date).latest().forEach((symbol, values) -> {
            if (values.containsKey("bid")) {
                bids.put(symbol, values.get("bid"));
            }
        });
        return bids;
    }

    private void writeOne() {
        timeNs += STEP_NS;
        inbound.receiveTimeNs(timeNs);
        int kind = random.nextInt(10);
        if (kind < 5 || orderId == 0) {
            added();
        } else if (kind < 6) {
            executed();
        } else if (kind < 7) {
            quote();
        } else if (kind < 9) {
            trade();
        } else {
            level();
        }
        inbound.commit();
    }

    private void define(int id) {
        inbound.receiveTimeNs(timeNs);
        int offset = claim(inbound, InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH, id);
        new InstrumentDefinedEncoder().wrap(inbound.buffer(), offset).symbol("S" + id);
        inbound.commit();
    }

    private void added() {
        int offset = claim(inbound, OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH,
            instrument());
        new OrderAddedEncoder().wrap(inbound.buffer(), offset).orderId(++orderId).price(price())
            .size(size()).attribution("").side(Side.BUY);
    }

    private void executed() {
        int offset = claim(inbound, OrderExecutedEncoder.TEMPLATE_ID,
            OrderExecutedEncoder.BLOCK_LENGTH, instrument());
        new OrderExecutedEncoder().wrap(inbound.buffer(), offset).orderId(orderId)
            .price(EventDescriptor.UNDEFINED).size(Price.SIZE_UNIT).tradeId(orderId);
    }

    private void quote() {
        int offset = claim(inbound, QuoteEncoder.TEMPLATE_ID, QuoteEncoder.BLOCK_LENGTH,
            instrument());
        long bid = price();
        new QuoteEncoder().wrap(inbound.buffer(), offset).bidPrice(bid).bidSize(size())
            .askPrice(bid + Price.PRICE_UNIT / 100).askSize(size()).attribution("");
    }

    private void trade() {
        int offset = claim(inbound, TradeEncoder.TEMPLATE_ID, TradeEncoder.BLOCK_LENGTH,
            instrument());
        new TradeEncoder().wrap(inbound.buffer(), offset).price(price()).size(size())
            .tradeId(inbound.nextSequence()).orderId(0).conditionCodes("").side(Side.UNKNOWN);
    }

    private void level() {
        int offset = claim(inbound, LevelChangedEncoder.TEMPLATE_ID,
            LevelChangedEncoder.BLOCK_LENGTH, instrument());
        new LevelChangedEncoder().wrap(inbound.buffer(), offset).price(price()).size(size())
            .orderCount(1).side(Side.SELL);
    }

    private void bbo() {
        outbound.receiveTimeNs(timeNs);
        int offset = claim(outbound, BboEncoder.TEMPLATE_ID, BboEncoder.BLOCK_LENGTH,
            instrument());
        long bid = price();
        new BboEncoder().wrap(outbound.buffer(), offset).bidPrice(bid).bidSize(size())
            .askPrice(bid + Price.PRICE_UNIT / 100).askSize(size());
        outbound.commit();
    }

    private int claim(EventPublisher publisher, int templateId, int blockLength, int instrument) {
        int offset = publisher.claim(templateId, blockLength);
        publisher.buffer().setMemory(offset + EventDescriptor.COMMON_LENGTH,
            blockLength - EventDescriptor.COMMON_LENGTH, (byte) 0);
        publisher.common(offset, timeNs - STEP_NS, instrument, VENUE, 1,
            EventFlag.LAST | EventFlag.SIMULATED, inbound.nextSequence() - 1);
        return offset;
    }

    private int instrument() {
        return 1 + random.nextInt(INSTRUMENT_COUNT);
    }

    private long price() {
        return (10_000 + random.nextInt(1_000)) * (Price.PRICE_UNIT / 100);
    }

    private long size() {
        return (1 + random.nextInt(9)) * 100 * Price.SIZE_UNIT;
    }

    private void drain() {
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

    private static EventPublisher publisher(EventRing ring, long nextSequence) {
        EventPublisher publisher = new EventPublisher(ring, () -> {
            throw new IllegalStateException("the ring of a made-up day is full");
        }, null, 1);
        publisher.nextSequence(nextSequence);
        return publisher;
    }
}
