// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import java.util.HashMap;
import java.util.Map;

/** At what price events traded: an execution that names none has that of its order. One thread. */
final class TradePrices {
    private static final int VERSION = TradeDecoder.SCHEMA_VERSION;

    private final Map<Order, long[]> orders = new HashMap<>();
    private long price;
    private long size;

    private record Order(int venue, int channel, long id) {
    }

    private static Order order(EventView event, long id) {
        return new Order(event.venueId(), event.channelId(), id);
    }

    /** Learns what an event says; true when it is a trade. */
    boolean onEvent(EventView event) {
        switch (event.templateId()) {
            case TradeDecoder.TEMPLATE_ID -> {
                TradeDecoder trade = new TradeDecoder();
                trade.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                price = trade.price();
                size = trade.size();
                return true;
            }
            case OrderExecutedDecoder.TEMPLATE_ID -> {
                OrderExecutedDecoder executed = new OrderExecutedDecoder();
                executed.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                long own = take(order(event, executed.orderId()), executed.size());
                price = executed.price() == Price.UNDEFINED ? own : executed.price();
                size = executed.size();
                return true;
            }
            case BookClearedDecoder.TEMPLATE_ID -> {
                if (event.instrumentId() < 0) {
                    orders.keySet().removeIf(order -> order.venue == event.venueId()
                        && order.channel == event.channelId());
                }
            }
            default -> change(event);
        }
        return false;
    }

    private void change(EventView event) {
        switch (event.templateId()) {
            case OrderAddedDecoder.TEMPLATE_ID -> {
                OrderAddedDecoder added = new OrderAddedDecoder();
                added.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                orders.put(order(event, added.orderId()),
                    new long[] {added.price(), added.size()});
            }
            case OrderReplacedDecoder.TEMPLATE_ID -> {
                OrderReplacedDecoder replaced = new OrderReplacedDecoder();
                replaced.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                long[] before = orders.remove(order(event, replaced.orderId()));
                if (before != null) {
                    orders.put(order(event, replaced.newOrderId()), new long[] {
                        replaced.price() == Price.UNDEFINED ? before[0] : replaced.price(),
                        replaced.size()});
                }
            }
            case OrderReducedDecoder.TEMPLATE_ID -> {
                OrderReducedDecoder reduced = new OrderReducedDecoder();
                reduced.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                take(order(event, reduced.orderId()), reduced.size());
            }
            case OrderDeletedDecoder.TEMPLATE_ID -> {
                OrderDeletedDecoder deleted = new OrderDeletedDecoder();
                deleted.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                orders.remove(order(event, deleted.orderId()));
            }
            default -> { }
        }
    }

    /** Takes shares off an order; its price, or {@link Price#UNDEFINED}. */
    private long take(Order id, long shares) {
        long[] order = orders.get(id);
        if (order == null) {
            return Price.UNDEFINED;
        }
        order[1] -= shares;
        if (order[1] <= 0) {
            orders.remove(id);
        }
        return order[0];
    }

    /** Of the last trade, or {@link Price#UNDEFINED}. */
    long price() {
        return price;
    }

    /** Of the last trade. */
    long size() {
        return size;
    }
}
