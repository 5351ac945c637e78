// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A book by brute force: a map of orders, summed up at the end. */
final class NaiveBook {
    private record Order(boolean isBid, long price, long size) {
    }

    private final Map<Long, Order> orders = new HashMap<>();
    private final String symbol;
    private int instrumentId;

    private NaiveBook(String symbol) {
        this.symbol = symbol;
    }

    /** The book after every event received at a time or before. */
    static NaiveBook at(Path epoch, String symbol, long atNs) {
        NaiveBook book = new NaiveBook(symbol);
        try (JournalTail tail = JournalTail.written(epoch, JournalQueue.INBOUND)) {
            while (tail.next() && tail.event().receiveTimeNs() <= atNs) {
                book.apply(tail.event());
            }
        }
        return book;
    }

    /** One line per level, bids best first, then asks best first: side, price, size, orders. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        addLines(lines, true, new TreeMap<>(Comparator.reverseOrder()));
        addLines(lines, false, new TreeMap<>());
        return lines;
    }

    private void addLines(List<String> lines, boolean isBid, TreeMap<Long, long[]> levels) {
        for (Order order : orders.values()) {
            if (order.isBid() == isBid) {
                long[] level = levels.computeIfAbsent(order.price(), price -> new long[2]);
                level[0] += order.size();
                level[1]++;
            }
        }
        levels.forEach((price, level) ->
            lines.add((isBid ? "bid " : "ask ") + price + " " + level[0] + " " + level[1]));
    }

    private void apply(EventView event) {
        int length = event.blockLength();
        if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
            defined.wrap(event.buffer(), event.offset(), length, 0);
            instrumentId = defined.symbol().trim().equals(symbol) ? event.instrumentId()
                : instrumentId;
        }
        if (event.instrumentId() != instrumentId) {
            return;
        }
        switch (event.templateId()) {
            case OrderAddedDecoder.TEMPLATE_ID -> {
                OrderAddedDecoder added = new OrderAddedDecoder();
                added.wrap(event.buffer(), event.offset(), length, 0);
                orders.put(added.orderId(),
                    new Order(added.sideRaw() == 'B', added.price(), added.size()));
            }
            case OrderExecutedDecoder.TEMPLATE_ID -> {
                OrderExecutedDecoder executed = new OrderExecutedDecoder();
                executed.wrap(event.buffer(), event.offset(), length, 0);
                reduce(executed.orderId(), executed.size());
            }
            case OrderReducedDecoder.TEMPLATE_ID -> {
                OrderReducedDecoder reduced = new OrderReducedDecoder();
                reduced.wrap(event.buffer(), event.offset(), length, 0);
                reduce(reduced.orderId(), reduced.size());
            }
            case OrderDeletedDecoder.TEMPLATE_ID -> {
                OrderDeletedDecoder deleted = new OrderDeletedDecoder();
                deleted.wrap(event.buffer(), event.offset(), length, 0);
                orders.remove(deleted.orderId());
            }
            case OrderReplacedDecoder.TEMPLATE_ID -> {
                OrderReplacedDecoder replaced = new OrderReplacedDecoder();
                replaced.wrap(event.buffer(), event.offset(), length, 0);
                Order old = orders.remove(replaced.orderId());
                orders.put(replaced.newOrderId(),
                    new Order(old.isBid(), replaced.price(), replaced.size()));
            }
            default -> {
            }
        }
    }

    private void reduce(long orderId, long size) {
        Order order = orders.get(orderId);
        if (order.size() == size) {
            orders.remove(orderId);
        } else {
            orders.put(orderId, new Order(order.isBid(), order.price(), order.size() - size));
        }
    }
}
