// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.instrument.Price.UNDEFINED;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Books as one would write them without a thought for speed: the yardstick of the property test.
 */
final class NaiveBooks {
    /** An order as the venue names it. */
    record Key(int instrumentId, int venueId, long orderId) {
    }

    /** A resting order. */
    static final class Order {
        final long orderId;
        final boolean isBid;
        final long price;
        long size;

        Order(long orderId, boolean isBid, long price, long size) {
            this.orderId = orderId;
            this.isBid = isBid;
            this.price = price;
            this.size = size;
        }
    }

    /** One instrument on one venue; levels from the best to the worst, orders in time priority. */
    static final class Book {
        final TreeMap<Long, List<Order>> bids = new TreeMap<>(Comparator.reverseOrder());
        final TreeMap<Long, List<Order>> asks = new TreeMap<>();

        TreeMap<Long, List<Order>> side(boolean isBid) {
            return isBid ? bids : asks;
        }

        static long total(List<Order> level) {
            return level.stream().mapToLong(order -> order.size).sum();
        }

        static long bestPrice(TreeMap<Long, List<Order>> side) {
            return side.isEmpty() ? UNDEFINED : side.firstKey();
        }

        static long bestSize(TreeMap<Long, List<Order>> side) {
            return side.isEmpty() ? 0 : total(side.firstEntry().getValue());
        }
    }

    final Map<Key, Order> orders = new HashMap<>();
    private final Map<Key, Book> books = new HashMap<>();

    Book book(int instrumentId, int venueId) {
        return books.computeIfAbsent(new Key(instrumentId, venueId, 0), key -> new Book());
    }

    boolean add(int instrumentId, int venueId, long orderId, boolean isBid, long price, long size) {
        Key key = new Key(instrumentId, venueId, orderId);
        if (!isValid(price, size) || orders.containsKey(key)
            || overflows(key, isBid, price, size)) {
            return false;
        }
        put(key, new Order(orderId, isBid, price, size));
        return true;
    }

    boolean reduce(int instrumentId, int venueId, long orderId, long size) {
        Key key = new Key(instrumentId, venueId, orderId);
        Order order = orders.get(key);
        if (size <= 0 || order == null || size > order.size) {
            return false;
        }
        order.size -= size;
        if (order.size == 0) {
            remove(key);
        }
        return true;
    }

    boolean delete(int instrumentId, int venueId, long orderId) {
        Key key = new Key(instrumentId, venueId, orderId);
        if (!orders.containsKey(key)) {
            return false;
        }
        remove(key);
        return true;
    }

    boolean replace(int instrumentId, int venueId, long orderId, long newOrderId, long price,
        long size) {
        Key key = new Key(instrumentId, venueId, orderId);
        Key newKey = new Key(instrumentId, venueId, newOrderId);
        Order order = orders.get(key);
        if (!isValid(price, size) || order == null || overflows(key, order.isBid, price, size)
            || newOrderId != orderId && orders.containsKey(newKey)) {
            return false;
        }
        remove(key);
        put(newKey, new Order(newOrderId, order.isBid, price, size));
        return true;
    }

    boolean resize(int instrumentId, int venueId, long orderId, long price, long size) {
        Key key = new Key(instrumentId, venueId, orderId);
        Order order = orders.get(key);
        if (!isValid(price, size) || order == null || order.price != price
            || overflows(key, order.isBid, price, size - order.size)) {
            return false;
        }
        order.size = size;
        return true;
    }

    void clear(int instrumentId, int venueId) {
        books.remove(new Key(instrumentId, venueId, 0));
        orders.keySet().removeIf(key -> key.instrumentId == instrumentId && key.venueId == venueId);
    }

    private static boolean isValid(long price, long size) {
        return price != UNDEFINED && size > 0 && size <= OrderSlotDescriptor.MAX_SIZE;
    }

    private boolean overflows(Key key, boolean isBid, long price, long size) {
        List<Order> level = book(key.instrumentId, key.venueId).side(isBid).get(price);
        return level != null && Book.total(level) + size < 0;
    }

    private void put(Key key, Order order) {
        orders.put(key, order);
        book(key.instrumentId, key.venueId).side(order.isBid)
            .computeIfAbsent(order.price, price -> new ArrayList<>()).add(order);
    }

    private void remove(Key key) {
        Order order = orders.remove(key);
        TreeMap<Long, List<Order>> side = book(key.instrumentId, key.venueId).side(order.isBid);
        List<Order> level = side.get(order.price);
        level.remove(order);
        if (level.isEmpty()) {
            side.remove(order.price);
        }
    }
}
