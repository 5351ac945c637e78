// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import static io.millrace.instrument.Price.PRICE_UNIT;
import static io.millrace.instrument.Price.SIZE_UNIT;

import io.millrace.codec.event.InstrumentDefinedEncoder;
import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.codec.event.OrderExecutedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * A seeded flow of orders, as an ingress agent; the same seed gives the same events. Allocates
 * nothing while it runs.
 */
final class OrderFlow implements Agent {
    private static final int INSTRUMENTS = 50;
    private static final int LIVE_ORDERS = 4096;
    private static final int BURST = 24;

    private final EventPublisher publisher;
    private final long eventLimit;
    private final OrderAddedEncoder added = new OrderAddedEncoder();
    private final OrderDeletedEncoder deleted = new OrderDeletedEncoder();
    private final OrderExecutedEncoder executed = new OrderExecutedEncoder();
    private final long[] orderIds = new long[LIVE_ORDERS];
    private final int[] instrumentIds = new int[LIVE_ORDERS];
    private long random;
    private long nextOrderId = 1;
    private long timeNs = 1_000_000_000L;
    private long eventCount;

    OrderFlow(EventPublisher publisher, long seed, long eventLimit) {
        this.publisher = publisher;
        this.eventLimit = eventLimit;
        random = seed * 2 + 1;
    }

    /** Tells the chain the symbols; a head of the engine. */
    static void defineInstruments(EventPublisher publisher) {
        InstrumentDefinedEncoder defined = new InstrumentDefinedEncoder();
        for (int id = 1; id <= INSTRUMENTS; id++) {
            int offset = publisher.claim(InstrumentDefinedEncoder.TEMPLATE_ID,
                InstrumentDefinedEncoder.BLOCK_LENGTH);
            publisher.common(offset, 0, id, 1, 1, EventFlag.LAST, id);
            publisher.buffer().setMemory(offset + EventDescriptor.COMMON_LENGTH,
                InstrumentDefinedEncoder.BLOCK_LENGTH - EventDescriptor.COMMON_LENGTH, (byte) 0);
            defined.wrap(publisher.buffer(), offset).symbol("SYM" + id);
        }
        publisher.commit();
    }

    @Override
    public int doWork() {
        if (eventCount >= eventLimit) {
            throw new AgentTerminationException();
        }
        publish(BURST);
        return BURST;
    }

    @Override
    public String roleName() {
        return "flow";
    }

    long eventCount() {
        return eventCount;
    }

    /** Publishes this many events, or as many as are left. */
    void publish(int count) {
        timeNs += 1000;
        publisher.receiveTimeNs(timeNs);
        for (int i = 0; i < count && eventCount < eventLimit; i++, eventCount++) {
            publishOne();
        }
        publisher.commit();
    }

    private void publishOne() {
        int index = next(LIVE_ORDERS);
        if (orderIds[index] == 0) {
            add(index);
        } else if (next(8) == 0) {
            execute(index);
        } else {
            delete(index);
        }
    }

    private void add(int index) {
        orderIds[index] = nextOrderId++;
        instrumentIds[index] = 1 + next(INSTRUMENTS);
        int offset = claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH, index);
        boolean isBuy = next(2) == 0;
        long ticks = isBuy ? 10_000 - next(40) : 10_001 + next(40);
        added.wrap(publisher.buffer(), offset)
            .orderId(orderIds[index])
            .price(ticks * PRICE_UNIT / 100)
            .size((1 + next(9)) * 100 * SIZE_UNIT)
            .side(isBuy ? Side.BUY : Side.SELL);
        publisher.buffer().putInt(offset + OrderAddedEncoder.attributionEncodingOffset(), 0);
    }

    private void execute(int index) {
        int offset =
            claim(OrderExecutedEncoder.TEMPLATE_ID, OrderExecutedEncoder.BLOCK_LENGTH, index);
        executed.wrap(publisher.buffer(), offset)
            .orderId(orderIds[index])
            .price(EventDescriptor.UNDEFINED)
            .size(SIZE_UNIT)
            .tradeId(eventCount);
        publisher.buffer().putInt(offset + OrderExecutedEncoder.conditionsEncodingOffset(), 0);
    }

    private void delete(int index) {
        int offset =
            claim(OrderDeletedEncoder.TEMPLATE_ID, OrderDeletedEncoder.BLOCK_LENGTH, index);
        deleted.wrap(publisher.buffer(), offset).orderId(orderIds[index]);
        orderIds[index] = 0;
    }

    private int claim(int templateId, int blockLength, int index) {
        int offset = publisher.claim(templateId, blockLength);
        publisher.common(offset, timeNs - 500, instrumentIds[index], 1, 1,
            EventFlag.LAST | EventFlag.SIMULATED,
            eventCount + 1);
        return offset;
    }

    private int next(int bound) {
        random = random * 0x5851_F42D_4C95_7F2DL + 0x1405_7B7E_F767_814FL;
        return (int) ((random >>> 33) % bound);
    }
}
