// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import io.millrace.codec.itch50.AddOrderDecoder;
import io.millrace.codec.itch50.OrderCancelDecoder;
import io.millrace.codec.itch50.OrderDeleteDecoder;
import io.millrace.codec.itch50.OrderExecutedDecoder;
import io.millrace.codec.itch50.OrderReplaceDecoder;
import io.millrace.codec.itch50.SystemEventDecoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * Books built from the messages alone, by the plainest means; refuses whatever an exchange would
 * never send.
 */
public final class NaiveBooks {
    private record Order(int locate, boolean isBid, int price) {
    }

    private final Map<Long, Order> orders = new HashMap<>();
    private final Map<Integer, TreeMap<Integer, LinkedHashMap<Long,
        Integer>>> bids = new HashMap<>();
    private final Map<Integer, TreeMap<Integer, LinkedHashMap<Long,
        Integer>>> asks = new HashMap<>();
    private final SystemEventDecoder prefix = new SystemEventDecoder();
    private final AddOrderDecoder add = new AddOrderDecoder();
    private final OrderExecutedDecoder execution = new OrderExecutedDecoder();
    private final OrderCancelDecoder cancel = new OrderCancelDecoder();
    private final OrderDeleteDecoder delete = new OrderDeleteDecoder();
    private final OrderReplaceDecoder replace = new OrderReplaceDecoder();
    private final boolean isOrdered;
    private long lastTimeNs;

    /** Books whose messages come in the order of their times. */
    public NaiveBooks() {
        this(true);
    }

    private NaiveBooks(boolean isOrdered) {
        this.isOrdered = isOrdered;
    }

    /** Books that begin with a snapshot, whose times go to and fro. */
    public static NaiveBooks ofSnapshot() {
        return new NaiveBooks(false);
    }

    /** Applies a message; returns the locate it was about. */
    public int onMessage(DirectBuffer buffer, int offset, int length) {
        prefix.wrap(buffer, offset, SystemEventDecoder.BLOCK_LENGTH, 0);
        long timeNs = ((long) prefix.timestamp().high() << 32) + prefix.timestamp().low();
        require(!isOrdered || timeNs >= lastTimeNs, "time does not run backwards");
        lastTimeNs = timeNs;
        switch (prefix.messageType()) {
            case 'A', 'F' -> {
                add.wrap(buffer, offset, length, 0);
                add(add.orderReferenceNumber(),
                    new Order(add.stockLocate(), add.buySellIndicator() == 'B',
                    (int) add.price()), (int) add.shares());
            }
            case 'E', 'C' -> {
                execution.wrap(buffer, offset, length, 0);
                requireFirst(execution.orderReferenceNumber());
                reduce(execution.orderReferenceNumber(), (int) execution.executedShares());
            }
            case 'X' -> {
                cancel.wrap(buffer, offset, length, 0);
                reduce(cancel.orderReferenceNumber(), (int) cancel.canceledShares());
            }
            case 'D' -> {
                delete.wrap(buffer, offset, length, 0);
                reduce(delete.orderReferenceNumber(), shares(delete.orderReferenceNumber()));
            }
            case 'U' -> replace(buffer, offset, length);
            default -> require(true, "other types leave the books alone");
        }
        return prefix.stockLocate();
    }

    /** Number of live orders. */
    public int liveOrders() {
        return orders.size();
    }

    boolean isCrossed(int locate) {
        var bid = side(locate, true);
        var ask = side(locate, false);
        return !bid.isEmpty() && !ask.isEmpty() && bid.lastKey() >= ask.firstKey();
    }

    /** Checksum of a book as the simulator's books have it. */
    public long checksum(int locate) {
        BookChecksum checksum = new BookChecksum();
        side(locate, true).descendingMap().forEach((price, level) -> {
            checksum.onLevel(price * 100_000L);
            level.forEach((id, shares) -> checksum.onOrder(id, shares * 1_000_000L));
        });
        side(locate, false).forEach((price, level) -> {
            checksum.onLevel(-price * 100_000L);
            level.forEach((id, shares) -> checksum.onOrder(id, shares * 1_000_000L));
        });
        return checksum.value();
    }

    private void add(long id, Order order, int shares) {
        require(shares > 0 && order.price > 0, "an order has a size and a price");
        require(orders.put(id, order) == null, "order " + id + " is new");
        side(order.locate, order.isBid).computeIfAbsent(order.price, p -> new LinkedHashMap<>())
            .put(id, shares);
    }

    private int shares(long id) {
        Order order = order(id);
        return side(order.locate, order.isBid).get(order.price).get(id);
    }

    private void reduce(long id, int shares) {
        Order order = order(id);
        var side = side(order.locate, order.isBid);
        var level = side.get(order.price);
        int left = level.get(id) - shares;
        require(shares > 0 && left >= 0, "order " + id + " has the shares it loses");
        if (left > 0) {
            level.put(id, left);
            return;
        }
        level.remove(id);
        orders.remove(id);
        if (level.isEmpty()) {
            side.remove(order.price);
        }
    }

    private void replace(DirectBuffer buffer, int offset, int length) {
        replace.wrap(buffer, offset, length, 0);
        long id = replace.originalOrderReferenceNumber();
        Order order = order(id);
        reduce(id, shares(id));
        add(replace.newOrderReferenceNumber(),
            new Order(order.locate, order.isBid, (int) replace.price()),
            (int) replace.shares());
    }

    private void requireFirst(long id) {
        Order order = order(id);
        var side = side(order.locate, order.isBid);
        var best = order.isBid ? side.lastEntry() : side.firstEntry();
        require(best.getKey() == order.price, "executions take the best price");
        require(best.getValue().keySet().iterator().next() == id,
            "executions take the oldest order");
    }

    private Order order(long id) {
        Order order = orders.get(id);
        require(order != null, "order " + id + " lives");
        return order;
    }

    private TreeMap<Integer, LinkedHashMap<Long, Integer>> side(int locate, boolean isBid) {
        return (isBid ? bids : asks).computeIfAbsent(locate, l -> new TreeMap<>());
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError("does not hold: " + rule);
        }
    }
}
