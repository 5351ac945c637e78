// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.table;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.Side;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;

/** What happened to displayed orders, one row for each event. */
final class OrderEventTable implements MarketTable {
    private static final int VERSION = OrderAddedDecoder.SCHEMA_VERSION;

    private final OrderAddedDecoder added = new OrderAddedDecoder();
    private final OrderExecutedDecoder executed = new OrderExecutedDecoder();
    private final OrderReducedDecoder reduced = new OrderReducedDecoder();
    private final OrderDeletedDecoder deleted = new OrderDeletedDecoder();
    private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();

    @Override
    public String name() {
        return "order_events";
    }

    @Override
    public boolean takes(Row row) {
        return switch (row.event().templateId()) {
            case OrderAddedDecoder.TEMPLATE_ID, OrderExecutedDecoder.TEMPLATE_ID,
                OrderReducedDecoder.TEMPLATE_ID, OrderDeletedDecoder.TEMPLATE_ID,
                OrderReplacedDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    @Override
    public void write(Row row, RowWriter writer) {
        EventView event = row.event();
        switch (event.templateId()) {
            case OrderAddedDecoder.TEMPLATE_ID -> {
                added.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                write(writer, "ADDED", added.orderId(), 0, added.side(), added.price(),
                    added.size());
            }
            case OrderExecutedDecoder.TEMPLATE_ID -> {
                executed.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                write(writer, "EXECUTED", executed.orderId(), 0, row.record().side(),
                    row.record().price(), executed.size());
            }
            case OrderReducedDecoder.TEMPLATE_ID -> {
                reduced.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                write(writer, "REDUCED", reduced.orderId(), 0, Side.UNKNOWN, Price.UNDEFINED,
                    reduced.size());
            }
            case OrderDeletedDecoder.TEMPLATE_ID -> {
                deleted.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                write(writer, "DELETED", deleted.orderId(), 0, Side.UNKNOWN, Price.UNDEFINED,
                    Price.UNDEFINED);
            }
            default -> {
                replaced.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                write(writer, "REPLACED", replaced.orderId(), replaced.newOrderId(),
                    replaced.side(), replaced.price(), replaced.size());
            }
        }
    }

    private static void write(RowWriter writer, String kind, long orderId, long newOrderId,
        Side side, long price, long size) {
        writer.text(kind).int64(orderId).int64(newOrderId).text(side.name()).price(price)
            .size(size);
    }
}
