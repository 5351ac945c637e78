// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.parquet;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.QuoteDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the journal says that the tables must hold, told without a bridge. */
final class JournaledRows {
    static final List<String> TABLES = List.of("trades", "quotes", "levels", "order_events");
    private static final int VERSION = TradeDecoder.SCHEMA_VERSION;

    private final Map<String, List<String>> sequences = new TreeMap<>();
    private final Map<String, long[]> times = new TreeMap<>();
    private final Map<Long, long[]> orders = new HashMap<>();
    private BigDecimal size = BigDecimal.ZERO;
    private BigDecimal notional = BigDecimal.ZERO;

    JournaledRows(Path root, LocalDate date) {
        TABLES.forEach(table -> sequences.put(table, new ArrayList<>()));
        for (JournalQueue queue : JournalQueue.values()) {
            try (JournalTail tail = JournalTail.written(Journal.directory(root, date), queue)) {
                while (tail.next()) {
                    learn(date + " " + queue.label() + ' ', tail.event());
                }
            }
        }
    }

    private void learn(String place, EventView event) {
        switch (event.templateId()) {
            case TradeDecoder.TEMPLATE_ID -> {
                TradeDecoder trade = new TradeDecoder();
                trade.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                add(place, event, "trades");
                sum(trade.price(), trade.size());
            }
            case OrderExecutedDecoder.TEMPLATE_ID -> {
                OrderExecutedDecoder executed = new OrderExecutedDecoder();
                executed.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                add(place, event, "trades");
                add(place, event, "order_events");
                sum(takePrice(executed.orderId(), executed.size()), executed.size());
            }
            case OrderAddedDecoder.TEMPLATE_ID -> {
                OrderAddedDecoder added = new OrderAddedDecoder();
                added.wrap(event.buffer(), event.offset(), event.blockLength(), VERSION);
                add(place, event, "order_events");
                orders.put(added.orderId(), new long[] {added.price(), added.size()});
            }
            case QuoteDecoder.TEMPLATE_ID, BboDecoder.TEMPLATE_ID -> add(place, event, "quotes");
            case LevelChangedDecoder.TEMPLATE_ID -> add(place, event, "levels");
            default -> { }
        }
    }

    private long takePrice(long orderId, long taken) {
        long[] order = orders.get(orderId);
        if (order == null) {
            return Price.UNDEFINED;
        }
        order[1] -= taken;
        if (order[1] <= 0) {
            orders.remove(orderId);
        }
        return order[0];
    }

    private void add(String place, EventView event, String table) {
        sequences.get(table).add(place + event.sequence());
        long[] span = times.computeIfAbsent(table,
            name -> new long[] {Long.MAX_VALUE, Long.MIN_VALUE});
        span[0] = Math.min(span[0], event.receiveTimeNs());
        span[1] = Math.max(span[1], event.receiveTimeNs());
    }

    private void sum(long price, long shares) {
        size = size.add(BigDecimal.valueOf(shares, 6));
        if (price != Price.UNDEFINED) {
            notional = notional.add(BigDecimal.valueOf(price, 9)
                .multiply(BigDecimal.valueOf(shares, 6)));
        }
    }

    /** Epoch, queue and sequence of each row, in this order. */
    List<String> sequences(String table) {
        return sequences.get(table);
    }

    /** Number of rows, first and last time. */
    String span(String table) {
        return sequences.get(table).size() + " " + times.get(table)[0] + ' ' + times.get(table)[1];
    }

    /** Of trades: sum of size, and of price times size. */
    String sums() {
        return size.setScale(6) + " " + notional.setScale(15);
    }
}
