// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.jmh;

import io.millrace.codec.event.OrderAddedEncoder;
import io.millrace.codec.event.OrderDeletedEncoder;
import io.millrace.codec.event.OrderExecutedEncoder;
import io.millrace.codec.event.OrderReducedEncoder;
import io.millrace.codec.event.OrderReplacedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.Pipeline;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventPublisher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Each kind of order event through the whole chain on one thread. Every kind leaves the books as
 * they were: what is added is deleted, what is reduced was added larger, so adds and deletes are
 * told as pairs. One operation is one event.
 */
public class BookBenchmark extends Defaults {
    private static final int BATCH = 512;
    private static final int PRICES = 20;
    private static final long CENT = 10_000_000L;
    private static final long SHARE = 1_000_000L;
    private static final long PLENTY = 1_000_000_000L * SHARE;

    /** Orders that rest in the books all the time. */
    @Param({"1000", "1000000"})
    public int liveOrders;

    private final OrderAddedEncoder added = new OrderAddedEncoder();
    private final OrderExecutedEncoder executed = new OrderExecutedEncoder();
    private final OrderReducedEncoder reduced = new OrderReducedEncoder();
    private final OrderReplacedEncoder replaced = new OrderReplacedEncoder();
    private final OrderDeletedEncoder deleted = new OrderDeletedEncoder();
    private Engine engine;
    private EventPublisher publisher;
    private int instruments;
    private long nextOrderId = 1;
    private long resting;

    /** Fills the books. */
    @Setup
    public void setUp() {
        instruments = Math.max(1, liveOrders / 100);
        engine = new Engine(new Pipeline(new EngineContext().maxInstruments(instruments)
            .maxVenues(1).maxOrders(liveOrders + 2 * BATCH).inboundCapacity(1_024)
            .outboundCapacity(1_024).conclude()));
        engine.start();
        publisher = engine.pipeline().inbound();
        for (int i = 0; i < liveOrders; i++) {
            add(nextOrderId++, PLENTY);
        }
        engine.drain();
    }

    /** New orders, and their deletion. */
    @Benchmark
    @OperationsPerInvocation(2 * BATCH)
    public void addAndDelete() {
        long first = nextOrderId;
        for (int i = 0; i < BATCH; i++) {
            add(nextOrderId++, SHARE);
        }
        for (int i = 0; i < BATCH; i++) {
            delete(first + i);
        }
        engine.drain();
    }

    /** Executions of parts of resting orders. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void execute() {
        for (int i = 0; i < BATCH; i++) {
            long orderId = nextResting();
            int offset = claim(OrderExecutedEncoder.TEMPLATE_ID, OrderExecutedEncoder.BLOCK_LENGTH,
                orderId);
            executed.wrap(publisher.buffer(), offset).orderId(orderId)
                .price(EventDescriptor.UNDEFINED).size(1);
        }
        engine.drain();
    }

    /** Partial cancels of resting orders. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void reduce() {
        for (int i = 0; i < BATCH; i++) {
            long orderId = nextResting();
            int offset = claim(OrderReducedEncoder.TEMPLATE_ID, OrderReducedEncoder.BLOCK_LENGTH,
                orderId);
            reduced.wrap(publisher.buffer(), offset).orderId(orderId).size(1);
        }
        engine.drain();
    }

    /** Replacements of new orders, twice each, between their adds and their deletes. */
    @Benchmark
    @OperationsPerInvocation(3 * BATCH)
    public void addReplaceAndDelete() {
        for (int i = 0; i < BATCH; i++) {
            long orderId = nextOrderId;
            nextOrderId += 2L * instruments;
            add(orderId, SHARE);
            replace(orderId, orderId + instruments);
            delete(orderId + instruments);
        }
        nextOrderId++;
        engine.drain();
    }

    private long nextResting() {
        resting = resting % liveOrders + 1;
        return resting;
    }

    private void add(long orderId, long size) {
        int offset = claim(OrderAddedEncoder.TEMPLATE_ID, OrderAddedEncoder.BLOCK_LENGTH, orderId);
        added.wrap(publisher.buffer(), offset).orderId(orderId).price(price(orderId)).size(size)
            .side(isBuy(orderId) ? Side.BUY : Side.SELL);
    }

    private void delete(long orderId) {
        int offset = claim(OrderDeletedEncoder.TEMPLATE_ID, OrderDeletedEncoder.BLOCK_LENGTH,
            orderId);
        deleted.wrap(publisher.buffer(), offset).orderId(orderId);
    }

    private void replace(long orderId, long newOrderId) {
        int offset = claim(OrderReplacedEncoder.TEMPLATE_ID, OrderReplacedEncoder.BLOCK_LENGTH,
            orderId);
        replaced.wrap(publisher.buffer(), offset).orderId(orderId).newOrderId(newOrderId)
            .price(price(orderId)).size(SHARE);
    }

    private int claim(int templateId, int blockLength, long orderId) {
        int offset = publisher.claim(templateId, blockLength);
        publisher.common(offset, orderId, (int) (orderId % instruments) + 1, 1, 1, EventFlag.LAST,
            orderId);
        return offset;
    }

    private static boolean isBuy(long orderId) {
        return (orderId * 0x9E37_79B9_7F4A_7C15L >>> 63) == 0;
    }

    private static long price(long orderId) {
        long distance = (1 + (orderId * 0x9E37_79B9_7F4A_7C15L >>> 40) % PRICES) * CENT;
        return 10_000 * CENT + (isBuy(orderId) ? -distance : distance);
    }
}
