// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.glimpse;

import io.millrace.codec.glimpse.EndOfSnapshotEncoder;
import io.millrace.codec.itch50.AddOrderEncoder;
import io.millrace.codec.itch50.StockDirectoryEncoder;
import io.millrace.codec.itch50.SystemEventEncoder;
import io.millrace.feed.itch50.WireMessages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** A small market at random: its live messages, and its snapshot at any of them. */
public final class ItchMarket {
    /** Securities, with locates from 1 on. */
    public static final int SYMBOLS = 5;

    private final Random random;
    private final List<byte[]> messages = new ArrayList<>();
    /** By reference, in time priority. */
    private final Map<Long, Order> orders = new LinkedHashMap<>();
    private long reference = 100;

    private record Order(int locate, char side, long shares, long price) {
    }

    /** A market that has not opened. */
    public ItchMarket(long seed) {
        random = new Random(seed);
        for (int locate = 1; locate <= SYMBOLS; locate++) {
            messages.add(directory(locate));
        }
    }

    /** Name of a security. */
    public static String symbol(int locate) {
        return "SYM" + locate;
    }

    /** All live messages so far; the first has number 1. */
    public List<byte[]> messages() {
        return messages;
    }

    /** Lets something happen. */
    public byte[] trade() {
        byte[] message = orders.size() < 20 || random.nextInt(10) < 5 ? add() : change();
        messages.add(message);
        return message;
    }

    /** What a snapshot server sends now. */
    public List<byte[]> snapshot() {
        List<byte[]> spin = new ArrayList<>();
        spin.add(WireMessages.systemEvent('Q'));
        for (int locate = 1; locate <= SYMBOLS; locate++) {
            spin.add(directory(locate));
        }
        for (int locate = 1; locate <= SYMBOLS; locate++) {
            addOrders(spin, locate);
        }
        spin.add(end(messages.size() + 1));
        return spin;
    }

    /** The end of a snapshot before a live message. */
    public static byte[] end(long next) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[EndOfSnapshotEncoder.BLOCK_LENGTH]);
        String text = Long.toString(next);
        new EndOfSnapshotEncoder().wrap(buffer, 0).messageType((byte) 'G')
            .sequenceNumber(" ".repeat(20 - text.length()) + text);
        return buffer.byteArray();
    }

    private void addOrders(List<byte[]> spin, int locate) {
        for (char side : new char[] {'B', 'S'}) {
            Comparator<Map.Entry<Long, Order>> byPrice =
                Comparator.comparingLong(entry -> entry.getValue().price());
            orders.entrySet().stream()
                .filter(entry -> entry.getValue().locate() == locate
                    && entry.getValue().side() == side)
                .sorted(side == 'B' ? byPrice.reversed() : byPrice)
                .forEach(entry -> spin.add(order(entry.getKey(), entry.getValue())));
        }
    }

    private byte[] add() {
        char side = random.nextBoolean() ? 'B' : 'S';
        long price = 10_000 + (side == 'B' ? -100 : 100) * (1 + random.nextInt(8));
        Order order = new Order(1 + random.nextInt(SYMBOLS), side, 100 * (1 + random.nextInt(9)),
            price);
        orders.put(++reference, order);
        return order(reference, order);
    }

    private byte[] change() {
        List<Long> references = new ArrayList<>(orders.keySet());
        long changed = references.get(random.nextInt(references.size()));
        Order order = orders.get(changed);
        switch (random.nextInt(4)) {
            case 0:
                orders.remove(changed);
                return located(order.locate(), WireMessages.orderDelete(changed));
            case 1:
                orders.remove(changed);
                orders.put(++reference, new Order(order.locate(), order.side(), 150, 1_893_300));
                return located(order.locate(), WireMessages.orderReplace(changed, reference));
            default:
                return reduce(changed, order);
        }
    }

    private byte[] reduce(long changed, Order order) {
        long shares = random.nextInt(3) == 0 ? order.shares() : Math.max(1, order.shares() / 3);
        if (shares == order.shares()) {
            orders.remove(changed);
        } else {
            orders.put(changed, new Order(order.locate(), order.side(), order.shares() - shares,
                order.price()));
        }
        return located(order.locate(), random.nextBoolean()
            ? WireMessages.orderExecuted(changed, shares)
            : WireMessages.orderCancel(changed, shares));
    }

    private static byte[] order(long reference, Order order) {
        byte[] message = located(order.locate(), WireMessages.addOrder(reference, order.side(),
            order.shares(), order.price()));
        new AddOrderEncoder().wrap(new UnsafeBuffer(message), 0)
            .stock(padded(symbol(order.locate())));
        return message;
    }

    private static byte[] directory(int locate) {
        byte[] message = located(locate, WireMessages.stockDirectory(100));
        new StockDirectoryEncoder().wrap(new UnsafeBuffer(message), 0)
            .stock(padded(symbol(locate)));
        return message;
    }

    private static String padded(String symbol) {
        return symbol + " ".repeat(8 - symbol.length());
    }

    private static byte[] located(int locate, byte[] message) {
        new SystemEventEncoder().wrap(new UnsafeBuffer(message), 0).stockLocate(locate);
        return message;
    }
}
