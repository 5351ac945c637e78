// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codec.event.OrderAddedDecoder;
import io.millrace.codec.event.OrderDeletedDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.OrderReducedDecoder;
import io.millrace.codec.event.OrderReplacedDecoder;
import io.millrace.codec.event.Side;
import io.millrace.engine.ThreadingMode;
import io.millrace.event.EventView;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import io.millrace.journal.checkpoint.CheckpointBuilder;
import io.millrace.journal.checkpoint.CheckpointPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeTravelTest {
    private static final int EVENT_COUNT = 5000;
    private static final int SYMBOL_ID = 3;

    @TempDir
    private Path root;

    @Test
    void shouldEqualBruteForceAtAnyNanosecond() {
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        Random random = new Random(5);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            times.add(RecordedDay.START_NS - 10 + random.nextInt(EVENT_COUNT * 1000 + 1000));
        }
        times.sort(Comparator.naturalOrder());
        int bookCount = 0;
        try (TimeTravel travel = new TimeTravel(directory, "SYM" + SYMBOL_ID)) {
            for (long timeNs : times) {
                BookState state = travel.at(timeNs);
                assertEquals(bruteForce(directory, timeNs), state.venues(), "at " + timeNs);
                bookCount += state.venues().size();
            }
        }
        assertTrue(bookCount > 900);
    }

    @Test
    void shouldGoBackInTime() {
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        try (TimeTravel travel = new TimeTravel(directory, "SYM" + SYMBOL_ID)) {
            for (long elapsedNs : new long[] {4_000_000, 1_000_000, 3_000_000, 2_000_000, 0}) {
                long timeNs = RecordedDay.START_NS + elapsedNs;
                assertEquals(bruteForce(directory, timeNs), travel.at(timeNs).venues());
            }
        }
    }

    @Test
    void shouldTouchAtMostOneIntervalFromTheNearestCheckpoint() {
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        int interval = 500;
        new CheckpointBuilder(directory, EngineSection.read(Journal.head(directory)).conclude(),
            new CheckpointPolicy(interval, Long.MAX_VALUE)).build(sequence -> { }, refused -> { });
        Random random = new Random(9);
        int bookCount = 0;
        try (TimeTravel travel = new TimeTravel(directory, "SYM" + SYMBOL_ID)) {
            for (int i = 0; i < 300; i++) {
                long timeNs = RecordedDay.START_NS - 10 + random.nextInt(EVENT_COUNT * 1000 + 1000);
                BookState state = travel.at(timeNs);
                assertEquals(bruteForce(directory, timeNs), state.venues(), "at " + timeNs);
                assertTrue(travel.touchedCount() <= interval, travel.touchedCount() + " touched");
                bookCount += state.venues().size();
            }
        }
        assertTrue(bookCount > 250);
    }

    @Test
    void shouldKnowNoBookOfASymbolThatNobodyNamed() {
        Path directory = RecordedDay.record(root, ThreadingMode.INVOKER, EVENT_COUNT);
        try (TimeTravel travel = new TimeTravel(directory, "NONE")) {
            BookState state = travel.at(Long.MAX_VALUE);
            assertEquals(0, state.instrumentId());
            assertEquals(List.of(), state.venues());
            assertEquals(EVENT_COUNT + 2, state.lastSequence());
        }
    }

    /** Orders in a map, levels counted anew each time. */
    private static List<BookState.VenueBook> bruteForce(Path directory, long timeNs) {
        Map<Long, long[]> orders = new LinkedHashMap<>();
        try (JournalTail tail = JournalTail.written(directory, JournalQueue.INBOUND)) {
            while (tail.next() && tail.event().receiveTimeNs() <= timeNs) {
                if (tail.event().instrumentId() == SYMBOL_ID) {
                    apply(tail.event(), orders);
                }
            }
        }
        BookState.VenueBook book =
            new BookState.VenueBook(1, false, true, levels(orders, 0), levels(orders, 1));
        return orders.isEmpty() ? List.of() : List.of(book);
    }

    private static void apply(EventView event, Map<Long, long[]> orders) {
        switch (event.templateId()) {
            case OrderAddedDecoder.TEMPLATE_ID -> {
                OrderAddedDecoder order = new OrderAddedDecoder()
                    .wrap(event.buffer(), event.offset(), 80, 0);
                orders.put(order.orderId(),
                    new long[] {order.side() == Side.BUY ? 0 : 1, order.price(), order.size()});
            }
            case OrderDeletedDecoder.TEMPLATE_ID ->
                orders.remove(new OrderDeletedDecoder().wrap(event.buffer(), event.offset(), 56, 0)
                    .orderId());
            case OrderReducedDecoder.TEMPLATE_ID -> {
                OrderReducedDecoder order = new OrderReducedDecoder()
                    .wrap(event.buffer(), event.offset(), 64, 0);
                reduce(orders, order.orderId(), order.size());
            }
            case OrderExecutedDecoder.TEMPLATE_ID -> {
                OrderExecutedDecoder order = new OrderExecutedDecoder()
                    .wrap(event.buffer(), event.offset(), 88, 0);
                reduce(orders, order.orderId(), order.size());
            }
            case OrderReplacedDecoder.TEMPLATE_ID -> {
                OrderReplacedDecoder order = new OrderReplacedDecoder()
                    .wrap(event.buffer(), event.offset(), 88, 0);
                long side = orders.remove(order.orderId())[0];
                orders.put(order.newOrderId(), new long[] {side, order.price(), order.size()});
            }
            default -> { }
        }
    }

    private static void reduce(Map<Long, long[]> orders, long orderId, long size) {
        long[] order = orders.get(orderId);
        order[2] -= size;
        if (order[2] <= 0) {
            orders.remove(orderId);
        }
    }

    private static List<BookState.Level> levels(Map<Long, long[]> orders, long side) {
        TreeMap<Long, long[]> levels = new TreeMap<>(
            side == 0 ? Comparator.<Long>reverseOrder() : Comparator.<Long>naturalOrder());
        for (long[] order : orders.values()) {
            if (order[0] == side) {
                long[] level = levels.computeIfAbsent(order[1], price -> new long[2]);
                level[0] += order[2];
                level[1]++;
            }
        }
        List<BookState.Level> copied = new ArrayList<>();
        levels.forEach((price, level) ->
            copied.add(new BookState.Level(price, level[0], (int) level[1])));
        return copied;
    }
}
