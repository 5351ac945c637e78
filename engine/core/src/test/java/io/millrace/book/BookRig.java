// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.event.EventDescriptor.NO_INSTRUMENT;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.BookClearedEncoder;
import io.millrace.codec.event.BookStaleDecoder;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.LevelChangedEncoder;
import io.millrace.codec.event.LevelUpdatedDecoder;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusEncoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.codec.event.OrderExecutedEncoder;
import io.millrace.codec.event.OrderReducedEncoder;
import io.millrace.codec.event.OrderReplacedEncoder;
import io.millrace.codec.event.QuoteEncoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.SnapshotBegunEncoder;
import io.millrace.codec.event.SnapshotEndedEncoder;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventReader;
import io.millrace.event.EventRing;
import io.millrace.event.EventView;
import io.millrace.event.StageChain;
import java.util.ArrayList;
import java.util.List;

/** A book stage on real rings, events to feed it, and records of what it derived. */
final class BookRig {
    /** A derived best bid and offer. */
    record Best(int instrumentId, int venueId, long bidPrice, long bidSize, long askPrice,
        long askSize) {
    }

    /** A derived level total. */
    record Level(int instrumentId, String side, long price, long size, int depth) {
    }

    /** A derived change of trust. */
    record Stale(int instrumentId, String reason, String state) {
    }

    final EventRing inbound = new EventRing(1024);
    final EventRing outbound = new EventRing(1 << 15);
    final EventPublisher publisher = new EventPublisher(inbound, () -> { }, null, 1);
    final DerivedEvents derived =
        new DerivedEvents(new EventPublisher(outbound, () -> { }, null, 1 << 14));
    final RefusalCounts counts = new RefusalCounts();
    final BookStage stage;
    int venueId = 1;
    int channelId = 1;
    int flags = EventFlag.LAST;

    private final StageChain chain;
    private final EventReader reader = inbound.newGatingReader();
    private final EventReader derivedReader = outbound.newFreeReader();
    private final EventView view = new EventView();

    private final OrderAddedEncoder added = new OrderAddedEncoder();
    private final OrderExecutedEncoder executed = new OrderExecutedEncoder();
    private final OrderReducedEncoder reduced = new OrderReducedEncoder();
    private final OrderDeletedEncoder deleted = new OrderDeletedEncoder();
    private final OrderReplacedEncoder replaced = new OrderReplacedEncoder();
    private final LevelChangedEncoder levelChanged = new LevelChangedEncoder();
    private final QuoteEncoder quote = new QuoteEncoder();

    BookRig(BookContext context) {
        stage = new BookStage(context.conclude(), derived, counts);
        chain = new StageChain(stage, derived, stage);
    }

    static BookContext small() {
        return new BookContext().maxInstruments(8).maxOrders(4096).maxVenues(3);
    }

    BookRig add(int instrumentId, long orderId, Side side, long price, long size) {
        int offset =
            claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH, instrumentId);
        added.wrap(publisher.buffer(), offset).orderId(orderId).price(price).size(size).side(side);
        added.attribution("MPID");
        return this;
    }

    BookRig execute(int instrumentId, long orderId, long size) {
        int offset = claim(OrderExecutedEncoder.TEMPLATE_ID, OrderExecutedEncoder.BLOCK_LENGTH,
            instrumentId);
        executed.wrap(publisher.buffer(), offset).orderId(orderId)
            .price(OrderExecutedEncoder.priceNullValue()).size(size).tradeId(1);
        executed.conditions().clear();
        executed.eligibility().clear();
        executed.executionFlags().clear();
        return this;
    }

    BookRig reduce(int instrumentId, long orderId, long size) {
        int offset =
            claim(OrderReducedEncoder.TEMPLATE_ID, OrderReducedEncoder.BLOCK_LENGTH, instrumentId);
        reduced.wrap(publisher.buffer(), offset).orderId(orderId).size(size);
        return this;
    }

    BookRig delete(int instrumentId, long orderId) {
        int offset =
            claim(OrderDeletedEncoder.TEMPLATE_ID, OrderDeletedEncoder.BLOCK_LENGTH, instrumentId);
        deleted.wrap(publisher.buffer(), offset).orderId(orderId);
        return this;
    }

    BookRig replace(int instrumentId, long orderId, long newOrderId, long price, long size) {
        return replace(instrumentId, orderId, newOrderId, price, size, false);
    }

    BookRig replace(int instrumentId, long orderId, long newOrderId, long price, long size,
        boolean priorityKept) {
        int offset = claim(OrderReplacedEncoder.TEMPLATE_ID, OrderReplacedEncoder.BLOCK_LENGTH,
            instrumentId);
        replaced.wrap(publisher.buffer(), offset).orderId(orderId).price(price).size(size)
            .newOrderId(newOrderId)
            .side(Side.UNKNOWN);
        replaced.replaceFlags().clear().priorityKept(priorityKept);
        return this;
    }

    BookRig level(int instrumentId, Side side, long price, long size) {
        int offset =
            claim(LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH, instrumentId);
        levelChanged.wrap(publisher.buffer(), offset).price(price).size(size).orderCount(0)
            .side(side);
        return this;
    }

    BookRig quote(int instrumentId, long bidPrice, long bidSize, long askPrice, long askSize) {
        int offset = claim(QuoteEncoder.TEMPLATE_ID, QuoteEncoder.BLOCK_LENGTH, instrumentId);
        quote.wrap(publisher.buffer(), offset)
            .bidPrice(bidPrice).bidSize(bidSize).askPrice(askPrice).askSize(askSize);
        return this;
    }

    /** Instrument 0 stands for the whole channel here and below. */
    BookRig clear(int instrumentId) {
        int offset = claim(BookClearedEncoder.TEMPLATE_ID, BookClearedEncoder.BLOCK_LENGTH,
            scope(instrumentId));
        new BookClearedEncoder().wrap(publisher.buffer(), offset).nextChannelSequence(1)
            .reason(ClearReason.VENUE_REQUEST);
        return this;
    }

    BookRig beginSnapshot(int instrumentId) {
        int offset = claim(SnapshotBegunEncoder.TEMPLATE_ID, SnapshotBegunEncoder.BLOCK_LENGTH,
            scope(instrumentId));
        new SnapshotBegunEncoder().wrap(publisher.buffer(), offset).snapshotSequence(1);
        return this;
    }

    BookRig endSnapshot(int instrumentId) {
        int offset = claim(SnapshotEndedEncoder.TEMPLATE_ID, SnapshotEndedEncoder.BLOCK_LENGTH,
            scope(instrumentId));
        new SnapshotEndedEncoder().wrap(publisher.buffer(), offset).nextChannelSequence(1);
        return this;
    }

    BookRig gap(GapState state) {
        int offset = claim(GapEncoder.TEMPLATE_ID, GapEncoder.BLOCK_LENGTH, NO_INSTRUMENT);
        new GapEncoder().wrap(publisher.buffer(), offset).fromSequence(5).toSequence(9).state(state)
            .cure(GapCure.NONE).line((short) 0);
        return this;
    }

    BookRig breaker(LineState state) {
        int offset = claim(LineStatusEncoder.TEMPLATE_ID, LineStatusEncoder.BLOCK_LENGTH,
            NO_INSTRUMENT);
        new LineStatusEncoder().wrap(publisher.buffer(), offset).state(state).line((short) 0);
        return this;
    }

    /**
     * Applies one of the published events, looking ahead at all of them; false when none is left.
     */
    boolean step() {
        publisher.commit();
        long sequence = reader.next();
        if (sequence > reader.available()) {
            return false;
        }
        chain.onEvents(inbound, sequence, sequence, reader.available());
        reader.release(sequence);
        return true;
    }

    /** Applies all published events in one run. */
    BookRig run() {
        publisher.commit();
        long last = reader.available();
        if (reader.next() <= last) {
            chain.onEvents(inbound, reader.next(), last, last);
            reader.release(last);
        }
        return this;
    }

    BookView book(int instrumentId) {
        return stage.book(instrumentId, venueId);
    }

    /** Records of everything derived since the last call. */
    List<Object> derived() {
        List<Object> records = new ArrayList<>();
        for (long sequence = derivedReader.next(); sequence <= derivedReader.available();
            sequence++) {
            view.wrap(outbound.buffer(), outbound.blockOffset(sequence));
            records.add(record(view));
            derivedReader.release(sequence);
        }
        return records;
    }

    private static Object record(EventView event) {
        switch (event.templateId()) {
            case BboDecoder.TEMPLATE_ID:
                BboDecoder bbo = new BboDecoder();
                bbo.wrap(event.buffer(), event.offset(), event.blockLength(), 0);
                return new Best(event.instrumentId(), event.venueId(), bbo.bidPrice(),
                    bbo.bidSize(),
                    bbo.askPrice(), bbo.askSize());
            case LevelUpdatedDecoder.TEMPLATE_ID:
                LevelUpdatedDecoder level = new LevelUpdatedDecoder();
                level.wrap(event.buffer(), event.offset(), event.blockLength(), 0);
                return new Level(event.instrumentId(), level.side().name(), level.price(),
                    level.size(), level.depth());
            case BookStaleDecoder.TEMPLATE_ID:
                BookStaleDecoder stale = new BookStaleDecoder();
                stale.wrap(event.buffer(), event.offset(), event.blockLength(), 0);
                return new Stale(event.instrumentId(), stale.reason().name(), stale.state().name());
            default:
                throw new AssertionError("derived template " + event.templateId());
        }
    }

    private static int scope(int instrumentId) {
        return instrumentId == 0 ? NO_INSTRUMENT : instrumentId;
    }

    int claim(int templateId, int blockLength, int instrumentId) {
        int offset = publisher.claim(templateId, blockLength);
        publisher.common(offset, 1, instrumentId, venueId, channelId, flags, publisher.claimed());
        return offset;
    }
}
