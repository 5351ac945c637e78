// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static io.millrace.instrument.Price.PRICE_UNIT;
import static io.millrace.instrument.Price.SIZE_UNIT;

import io.millrace.codec.event.BookClearedEncoder;
import io.millrace.codec.event.ChangeAction;
import io.millrace.codec.event.ClearReason;
import io.millrace.codec.event.ClockEncoder;
import io.millrace.codec.event.DetachReason;
import io.millrace.codec.event.GapCure;
import io.millrace.codec.event.GapEncoder;
import io.millrace.codec.event.GapState;
import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.LevelChangedEncoder;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusEncoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.codec.event.OrderExecutedEncoder;
import io.millrace.codec.event.OrderReplacedEncoder;
import io.millrace.codec.event.QuoteEncoder;
import io.millrace.codec.event.SessionEventEncoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.SnapshotBegunEncoder;
import io.millrace.codec.event.SnapshotEndedEncoder;
import io.millrace.codec.event.StrategyChangedEncoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import java.util.Random;

/**
 * A seeded flow of every kind of event that the chain keeps something of: orders on venue 1, levels
 * on venue 2, quotes on venue 3, each on a channel of its own; updates of several events, holes,
 * snapshots, breakers, clearings, detached strategies, and events that cannot be right.
 */
final class MixedFlow {
    private static final int INSTRUMENTS = 8;
    private static final int RECENT = 600;

    private final EventPublisher publisher;
    private final Random random;
    private final long[] orderIds = new long[RECENT];
    private final int[] instrumentIds = new int[RECENT];
    private long nextOrderId = 1;
    private long timeNs = 1_000_000_000L;

    MixedFlow(EventPublisher publisher, long seed) {
        this.publisher = publisher;
        random = new Random(seed);
    }

    /** Publishes one event. */
    void publish() {
        timeNs += random.nextInt(3) * 500L;
        publisher.receiveTimeNs(timeNs);
        int kind = random.nextInt(1000);
        if (kind < 350) {
            add();
        } else if (kind < 640) {
            change();
        } else if (kind < 760) {
            level();
        } else if (kind < 860) {
            quote();
        } else if (kind < 990) {
            define();
        } else {
            upset();
        }
    }

    /** The event behind which nothing comes. */
    void stop() {
        int offset = claim(SessionEventEncoder.TEMPLATE_ID, SessionEventEncoder.BLOCK_LENGTH,
            EventDescriptor.NO_INSTRUMENT, 0);
        new SessionEventEncoder().wrap(publisher.buffer(), offset).session("").tradingDate(0)
            .kind(SessionEventKind.ENGINE_STOPPED).code((byte) 0);
    }

    private void add() {
        int index = random.nextInt(RECENT);
        if (random.nextInt(40) != 0) {
            orderIds[index] = nextOrderId++;
            instrumentIds[index] = instrument();
        }
        int offset = claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH,
            instrumentIds[index], 1);
        new OrderAddedEncoder().wrap(publisher.buffer(), offset).orderId(orderIds[index])
            .price(price()).size(size()).side(random.nextBoolean() ? Side.BUY : Side.SELL);
    }

    private void change() {
        int index = random.nextInt(RECENT);
        long orderId = orderIds[index];
        int instrumentId = instrumentIds[index];
        int kind = random.nextInt(10);
        if (kind < 3) {
            int offset = claim(OrderExecutedEncoder.TEMPLATE_ID, OrderExecutedEncoder.BLOCK_LENGTH,
                instrumentId, 1);
            new OrderExecutedEncoder().wrap(publisher.buffer(), offset).orderId(orderId)
                .price(EventDescriptor.UNDEFINED).size(SIZE_UNIT * 100).tradeId(orderId);
        } else if (kind < 7) {
            int offset = claim(OrderDeletedEncoder.TEMPLATE_ID, OrderDeletedEncoder.BLOCK_LENGTH,
                instrumentId, 1);
            new OrderDeletedEncoder().wrap(publisher.buffer(), offset).orderId(orderId);
            orderIds[index] = 0;
        } else {
            long newOrderId = random.nextInt(4) == 0 ? orderId : nextOrderId++;
            int offset = claim(OrderReplacedEncoder.TEMPLATE_ID, OrderReplacedEncoder.BLOCK_LENGTH,
                instrumentId, 1);
            new OrderReplacedEncoder().wrap(publisher.buffer(), offset).orderId(orderId)
                .newOrderId(newOrderId).price(price()).size(size()).side(Side.UNKNOWN);
            orderIds[index] = newOrderId;
        }
    }

    private void level() {
        int offset = claim(LevelChangedEncoder.TEMPLATE_ID, LevelChangedEncoder.BLOCK_LENGTH,
            instrument(), 2);
        new LevelChangedEncoder().wrap(publisher.buffer(), offset).price(price())
            .size(random.nextInt(3) == 0 ? 0 : size()).orderCount(random.nextInt(9))
            .side(random.nextBoolean() ? Side.BUY : Side.SELL);
    }

    private void quote() {
        int offset =
            claim(QuoteEncoder.TEMPLATE_ID, QuoteEncoder.BLOCK_LENGTH, instrument(), 3);
        new QuoteEncoder().wrap(publisher.buffer(), offset).bidPrice(price())
            .bidSize(random.nextInt(5) == 0 ? 0 : size()).askPrice(price()).askSize(size());
    }

    private void define() {
        if (random.nextInt(3) > 0) {
            claim(ClockEncoder.TEMPLATE_ID, ClockEncoder.BLOCK_LENGTH,
                EventDescriptor.NO_INSTRUMENT, 0);
            return;
        }
        int id = instrument();
        int offset = claim(InstrumentDefinedEncoder.TEMPLATE_ID,
            InstrumentDefinedEncoder.BLOCK_LENGTH, id, 1);
        new InstrumentDefinedEncoder().wrap(publisher.buffer(), offset)
            .symbol((random.nextInt(30) == 0 ? "NEW" : "SYM") + id);
    }

    /** What makes books stale, withheld, empty or good again. */
    private void upset() {
        int venueId = 1 + random.nextInt(3);
        int instrumentId = random.nextInt(4) == 0 ? instrument() : EventDescriptor.NO_INSTRUMENT;
        switch (random.nextInt(8)) {
            case 0 -> {
                int offset = claim(GapEncoder.TEMPLATE_ID, GapEncoder.BLOCK_LENGTH, instrumentId,
                    venueId);
                new GapEncoder().wrap(publisher.buffer(), offset).fromSequence(1).toSequence(2)
                    .state(GapState.LOST).cure(GapCure.NONE).line((short) 0);
            }
            case 1 -> {
                int offset = claim(LineStatusEncoder.TEMPLATE_ID, LineStatusEncoder.BLOCK_LENGTH,
                    EventDescriptor.NO_INSTRUMENT, venueId);
                new LineStatusEncoder().wrap(publisher.buffer(), offset).line((short) 0)
                    .state(random.nextInt(3) == 0 ? LineState.BREAKER_OPEN
                        : LineState.BREAKER_CLOSED);
            }
            case 2 -> {
                int offset = claim(SnapshotBegunEncoder.TEMPLATE_ID,
                    SnapshotBegunEncoder.BLOCK_LENGTH, instrumentId, venueId);
                new SnapshotBegunEncoder().wrap(publisher.buffer(), offset).snapshotSequence(1);
            }
            case 3, 4, 5 -> {
                int offset = claim(SnapshotEndedEncoder.TEMPLATE_ID,
                    SnapshotEndedEncoder.BLOCK_LENGTH, instrumentId, venueId);
                new SnapshotEndedEncoder().wrap(publisher.buffer(), offset).nextChannelSequence(1);
            }
            case 6 -> {
                int offset = claim(BookClearedEncoder.TEMPLATE_ID, BookClearedEncoder.BLOCK_LENGTH,
                    instrumentId, venueId);
                new BookClearedEncoder().wrap(publisher.buffer(), offset).nextChannelSequence(1)
                    .reason(ClearReason.VENUE_REQUEST);
            }
            default -> detach("strategy-" + (1 + random.nextInt(3)));
        }
    }

    private void detach(String name) {
        int offset = claim(StrategyChangedEncoder.TEMPLATE_ID, StrategyChangedEncoder.BLOCK_LENGTH,
            EventDescriptor.NO_INSTRUMENT, 0);
        new StrategyChangedEncoder().wrap(publisher.buffer(), offset).strategy(name)
            .overrunCount(1).worstNs(1).action(ChangeAction.REMOVED)
            .reason(DetachReason.EXCEPTION);
    }

    private int claim(int templateId, int blockLength, int instrumentId, int venueId) {
        int offset = publisher.claim(templateId, blockLength);
        publisher.buffer().setMemory(offset + EventDescriptor.COMMON_LENGTH,
            blockLength - EventDescriptor.COMMON_LENGTH, (byte) 0);
        int venue = venueId > 0 && random.nextInt(2000) == 0 ? 9 : venueId;
        publisher.common(offset, timeNs, instrumentId, venue, venueId,
            random.nextInt(6) == 0 ? 0 : EventFlag.LAST, publisher.claimed());
        return offset;
    }

    private int instrument() {
        return random.nextInt(500) == 0 ? 1000 : 1 + random.nextInt(INSTRUMENTS);
    }

    private long price() {
        int spread = random.nextInt(50) == 0 ? 5000 : 6;
        return (10_000 + random.nextInt(spread) - spread / 2) * PRICE_UNIT / 100
            + (random.nextInt(30) == 0 ? 1 : 0);
    }

    private long size() {
        return random.nextInt(200) == 0 ? -1 : (1 + random.nextInt(9)) * 100 * SIZE_UNIT;
    }
}
