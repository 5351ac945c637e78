// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Prices of displayed orders, for executions that do not name one. It sees every event inbound in
 * order. Beyond its room orders are not remembered, and the execution of an order that it does not
 * know has no price. One thread.
 */
public final class OrderPrices {
    private final OrderAddedDecoder added = new OrderAddedDecoder();
    private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
    private final OrderReducedDecoder reduced = new OrderReducedDecoder();
    private final OrderExecutedDecoder executed = new OrderExecutedDecoder();
    private final OrderDeletedDecoder deleted = new OrderDeletedDecoder();
    private final Int2ObjectHashMap<Long2ObjectHashMap<Order>> channels = new Int2ObjectHashMap<>();
    private final int capacity;
    private int count;
    private Order last;

    /** A displayed order: what is left of it changes. */
    private static final class Order {
        private final long price;
        private final Side side;
        private long left;

        Order(long price, Side side, long left) {
            this.price = price;
            this.side = side;
            this.left = left;
        }
    }

    /** @param capacity most orders */
    public OrderPrices(int capacity) {
        this.capacity = capacity;
    }

    void clear() {
        channels.clear();
        count = 0;
    }

    /** Learns what an event says; {@link #price()} and {@link #side()} are its execution's. */
    public void onEvent(EventView event) {
        last = null;
        switch (event.templateId()) {
            case OrderAddedDecoder.TEMPLATE_ID -> onAdded(event);
            case OrderReplacedDecoder.TEMPLATE_ID -> onReplaced(event);
            case OrderExecutedDecoder.TEMPLATE_ID -> onExecuted(event);
            case OrderReducedDecoder.TEMPLATE_ID -> {
                reduced.wrap(event.buffer(), event.offset(), event.blockLength(),
                    OrderReducedDecoder.SCHEMA_VERSION);
                take(event, reduced.orderId(), reduced.size());
            }
            case OrderDeletedDecoder.TEMPLATE_ID -> {
                deleted.wrap(event.buffer(), event.offset(), event.blockLength(),
                    OrderDeletedDecoder.SCHEMA_VERSION);
                remove(event, deleted.orderId());
            }
            case BookClearedDecoder.TEMPLATE_ID -> {
                if (event.instrumentId() < 0) {
                    count -= channel(event).size();
                    channel(event).clear();
                }
            }
            default -> { }
        }
    }

    private void onAdded(EventView event) {
        added.wrap(event.buffer(), event.offset(), event.blockLength(),
            OrderAddedDecoder.SCHEMA_VERSION);
        put(event, added.orderId(), new Order(added.price(), added.side(), added.size()));
    }

    private void onReplaced(EventView event) {
        replaced.wrap(event.buffer(), event.offset(), event.blockLength(),
            OrderReplacedDecoder.SCHEMA_VERSION);
        Order before = remove(event, replaced.orderId());
        if (before != null) {
            long price = replaced.price();
            put(event, replaced.newOrderId(), new Order(price == Price.UNDEFINED ? before.price
                : price, before.side, replaced.size()));
        }
    }

    private void onExecuted(EventView event) {
        executed.wrap(event.buffer(), event.offset(), event.blockLength(),
            OrderExecutedDecoder.SCHEMA_VERSION);
        last = take(event, executed.orderId(), executed.size());
    }

    /** Price of the order that the last event executed, or {@link Price#UNDEFINED}. */
    public long price() {
        return last == null ? Price.UNDEFINED : last.price;
    }

    /** Side of the order that the last event executed. */
    public Side side() {
        return last == null ? Side.UNKNOWN : last.side;
    }

    private void put(EventView event, long orderId, Order order) {
        if (count < capacity && channel(event).put(orderId, order) == null) {
            count++;
        }
    }

    private Order remove(EventView event, long orderId) {
        Order order = channel(event).remove(orderId);
        count -= order == null ? 0 : 1;
        return order;
    }

    private Order take(EventView event, long orderId, long size) {
        Order order = channel(event).get(orderId);
        if (order != null) {
            order.left -= size;
            if (order.left <= 0) {
                remove(event, orderId);
            }
        }
        return order;
    }

    private Long2ObjectHashMap<Order> channel(EventView event) {
        return channels.computeIfAbsent(event.venueId() << 8 | event.channelId(),
            key -> new Long2ObjectHashMap<>());
    }
}
