// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.LevelUpdatedDecoder;
import io.millrace.codec.event.NbboDecoder;
import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.QuoteDecoder;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.codec.event.TradingStatusDecoder;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** What an epoch's journal says that tables and topics must hold, told without a bridge. */
public final class JournaledRows {
    private static final Map<String, List<Integer>> TEMPLATES = new TreeMap<>(Map.of(
        "trades", List.of(TradeDecoder.TEMPLATE_ID, OrderExecutedDecoder.TEMPLATE_ID),
        "quotes", List.of(QuoteDecoder.TEMPLATE_ID, BboDecoder.TEMPLATE_ID,
            NbboDecoder.TEMPLATE_ID),
        "levels", List.of(LevelChangedDecoder.TEMPLATE_ID, LevelUpdatedDecoder.TEMPLATE_ID),
        "order_events", List.of(OrderAddedDecoder.TEMPLATE_ID, OrderExecutedDecoder.TEMPLATE_ID,
            OrderReducedDecoder.TEMPLATE_ID, OrderDeletedDecoder.TEMPLATE_ID,
            OrderReplacedDecoder.TEMPLATE_ID),
        "gaps", List.of(GapDecoder.TEMPLATE_ID),
        "status", List.of(TradingStatusDecoder.TEMPLATE_ID)));

    private final Map<Integer, EventSet> events = new HashMap<>();
    private final Map<Integer, long[]> times = new HashMap<>();
    private final EventSet inbound = new EventSet();
    private final TradePrices trades = new TradePrices();
    private final LastValues last;
    private BigDecimal size = BigDecimal.ZERO;
    private BigDecimal notional = BigDecimal.ZERO;

    /** Reads the whole epoch. */
    public JournaledRows(Path root, LocalDate date) {
        Path directory = Journal.directory(root, date);
        last = new LastValues(Journal.head(directory).symbols());
        for (JournalQueue queue : JournalQueue.values()) {
            try (JournalTail tail = JournalTail.written(directory, queue)) {
                while (tail.next()) {
                    learn(queue, tail.event());
                }
            }
        }
    }

    private void learn(JournalQueue queue, EventView event) {
        int kind = event.templateId();
        events.computeIfAbsent(kind, id -> new EventSet()).add(queue, event.sequence());
        if (queue == JournalQueue.INBOUND) {
            inbound.add(queue, event.sequence());
        }
        long[] span = times.computeIfAbsent(kind,
            id -> new long[] {Long.MAX_VALUE, Long.MIN_VALUE});
        span[0] = Math.min(span[0], event.receiveTimeNs());
        span[1] = Math.max(span[1], event.receiveTimeNs());
        if (trades.onEvent(event)) {
            sum(trades.price(), trades.size());
            last.onTrade(event, trades.price(), trades.size());
        }
        last.onEvent(event);
    }

    private void sum(long price, long shares) {
        size = size.add(BigDecimal.valueOf(shares, 6));
        if (price != Price.UNDEFINED) {
            notional = notional.add(BigDecimal.valueOf(price, 9)
                .multiply(BigDecimal.valueOf(shares, 6)));
        }
    }

    /** Names of all tables. */
    public static Set<String> tables() {
        return TEMPLATES.keySet();
    }

    /** The rows of a table. */
    public EventSet table(String name) {
        return events(TEMPLATES.get(name));
    }

    /** All events of some kinds. */
    public EventSet events(List<Integer> templateIds) {
        EventSet all = new EventSet();
        templateIds.forEach(id -> all.addAll(events.getOrDefault(id, new EventSet())));
        return all;
    }

    /** All events inbound. */
    public EventSet inbound() {
        return inbound;
    }

    /** Number of a table's rows, first and last time; none of both when it is empty. */
    public String span(String table) {
        LongSummaryStatistics span = new LongSummaryStatistics();
        TEMPLATES.get(table).stream().map(times::get).filter(Objects::nonNull)
            .flatMapToLong(LongStream::of).forEach(span);
        long count = table(table).count();
        return count == 0 ? "0 null null" : count + " " + span.getMin() + ' ' + span.getMax();
    }

    /** Of trades: sum of size, and of price times size. */
    public String sums() {
        return size.setScale(6) + " " + notional.setScale(15);
    }

    /** The last values of each security that was quoted or traded: name and decimals. */
    public Map<String, Map<String, String>> latest() {
        return last.bySymbol();
    }
}
