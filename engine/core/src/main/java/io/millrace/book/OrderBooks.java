// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookRefusal.DUPLICATE_ORDER;
import static io.millrace.book.BookRefusal.INVALID_PRICE;
import static io.millrace.book.BookRefusal.INVALID_SIZE;
import static io.millrace.book.BookRefusal.LEVELS_EXHAUSTED;
import static io.millrace.book.BookRefusal.LEVEL_OVERFLOW;
import static io.millrace.book.BookRefusal.ORDERS_EXHAUSTED;
import static io.millrace.book.BookRefusal.SIZE_EXCEEDED;
import static io.millrace.book.BookRefusal.UNKNOWN_ORDER;
import static io.millrace.book.OrderSlotDescriptor.MAX_SIZE;
import static io.millrace.book.OrderSlotDescriptor.NONE;
import static io.millrace.book.OrderSlotDescriptor.nextLink;
import static io.millrace.book.OrderSlotDescriptor.previousLink;
import static io.millrace.instrument.Price.UNDEFINED;

import org.agrona.UnsafeApi;

/**
 * Applies operations on orders and levels to the books of all instruments and venues. An operation
 * either is applied whole and returns null, or changes nothing and returns why. Owned by the
 * chain's thread.
 */
final class OrderBooks {
    private final BookTable books;
    private final AppliedHash hash;
    private final OrderTable orders;
    private final LevelTable levels;
    private final RankPool pool;
    private final SideRanks ranks;

    private int changedSide;
    private long changedPrice;
    private long vacatedPrice;
    private boolean bestTouched;

    OrderBooks(BookTable books, AppliedHash hash, BookContext context) {
        this.books = books;
        this.hash = hash;
        orders = new OrderTable(context.maxOrders());
        levels = new LevelTable(context.maxLevels());
        pool = new RankPool(context.rankPoolBytes());
        ranks = new SideRanks(pool);
    }

    /** A new order at the back of its level. */
    BookRefusal add(int book, long orderId, int side, long price, long size) {
        if (size <= 0 || size > MAX_SIZE) {
            return INVALID_SIZE;
        }
        if (price == UNDEFINED) {
            return INVALID_PRICE;
        }
        int slot = orders.findFree(orderId, book);
        if (slot < 0 || orders.isFull()) {
            return slot == OrderTable.DUPLICATE ? DUPLICATE_ORDER : ORDERS_EXHAUSTED;
        }
        bestTouched = false;
        BookRefusal refusal = append(book, side, price, size, slot, orderId);
        if (refusal == null) {
            orders.added(slot, orderId, book);
        }
        return refusal;
    }

    /** Less of an order by an execution or a partial cancel; at zero it leaves. */
    BookRefusal reduce(int book, long orderId, long size) {
        if (size <= 0) {
            return INVALID_SIZE;
        }
        int slot = orders.find(orderId, book);
        if (slot == NONE) {
            return UNKNOWN_ORDER;
        }
        long state = orders.state(slot);
        long rest = OrderSlotDescriptor.size(state) - size;
        if (rest < 0) {
            return SIZE_EXCEEDED;
        }
        bestTouched = false;
        if (rest == 0) {
            removeFromLevel(book, slot, state);
            orders.remove(slot, book);
        } else {
            orders.state(slot, state - size);
            resizeLevel(book, OrderSlotDescriptor.side(state), orders.price(slot), -size);
        }
        return null;
    }

    /** An order leaves. */
    BookRefusal delete(int book, long orderId) {
        int slot = orders.find(orderId, book);
        if (slot == NONE) {
            return UNKNOWN_ORDER;
        }
        bestTouched = false;
        removeFromLevel(book, slot, orders.state(slot));
        orders.remove(slot, book);
        return null;
    }

    /**
     * An order gives way to another on the same side, at the back of its level; the ids may be
     * equal.
     */
    BookRefusal replace(int book, long orderId, long newOrderId, long price, long size) {
        if (size <= 0 || size > MAX_SIZE) {
            return INVALID_SIZE;
        }
        if (price == UNDEFINED) {
            return INVALID_PRICE;
        }
        int slot = orders.find(orderId, book);
        if (slot == NONE) {
            return UNKNOWN_ORDER;
        }
        bestTouched = false;
        vacatedPrice = orders.price(slot);
        BookRefusal refusal = newOrderId == orderId
            ? replaceInPlace(book, slot, price, size)
            : replaceBy(book, slot, newOrderId, price, size);
        changedPrice = price;
        return refusal;
    }

    /** An order changes its size and keeps its place; its price must be its own. */
    BookRefusal resize(int book, long orderId, long price, long size) {
        if (size <= 0 || size > MAX_SIZE) {
            return INVALID_SIZE;
        }
        int slot = orders.find(orderId, book);
        if (slot == NONE) {
            return UNKNOWN_ORDER;
        }
        if (price != orders.price(slot)) {
            return INVALID_PRICE;
        }
        long state = orders.state(slot);
        int side = OrderSlotDescriptor.side(state);
        long change = size - OrderSlotDescriptor.size(state);
        if (LevelTable.size(levels.find(book, side, price)) + change < 0) {
            return LEVEL_OVERFLOW;
        }
        bestTouched = false;
        vacatedPrice = price;
        orders.state(slot, state + change);
        resizeLevel(book, side, price, change);
        return null;
    }

    /** The new total of a level in a book without orders; 0 removes it. */
    BookRefusal setLevel(int book, int side, long price, long size, int orderCount) {
        if (size < 0) {
            return INVALID_SIZE;
        }
        if (price == UNDEFINED) {
            return INVALID_PRICE;
        }
        bestTouched = false;
        long level = levels.find(book, side, price);
        if (size == 0) {
            if (level != LevelTable.NONE) {
                removeLevel(book, side, price, level);
            }
        } else {
            level = level != LevelTable.NONE ? level : addLevel(book, side, price);
            if (level == LevelTable.NONE) {
                return LEVELS_EXHAUSTED;
            }
            LevelTable.size(level, size);
            LevelTable.orderCount(level, orderCount);
        }
        changed(book, side, price, size);
        return null;
    }

    /**
     * The only level of each side of a book that a venue's own quotes make; no price or no size
     * means none.
     */
    BookRefusal setQuote(int book, long bidPrice, long bidSize, long askPrice, long askSize) {
        if (isNegative(bidSize) || isNegative(askSize)) {
            return INVALID_SIZE;
        }
        boolean hasBid = bidPrice != UNDEFINED && bidSize > 0;
        boolean hasAsk = askPrice != UNDEFINED && askSize > 0;
        int more = (hasBid ? 1 : 0) - SideRanks.count(books.side(book, BookTable.BID))
            + (hasAsk ? 1 : 0) - SideRanks.count(books.side(book, BookTable.ASK));
        if (more > 0 && !levels.hasRoom(more)
            || hasBid && !isReserved(book, BookTable.BID, bidPrice)
            || hasAsk && !isReserved(book, BookTable.ASK, askPrice)) {
            return LEVELS_EXHAUSTED;
        }
        bestTouched = true;
        removeOnly(book, BookTable.BID);
        removeOnly(book, BookTable.ASK);
        setOnly(book, BookTable.BID, bidPrice, hasBid ? bidSize : 0);
        setOnly(book, BookTable.ASK, askPrice, hasAsk ? askSize : 0);
        return null;
    }

    /** Removes every order and level of a book. */
    void clear(int book) {
        for (int side = BookTable.BID; side <= BookTable.ASK; side++) {
            long sideWord = books.side(book, side);
            for (int index = SideRanks.count(sideWord) - 1; index >= 0; index--) {
                long price = SideRanks.price(ranks.rankAt(sideWord, index), side);
                long level = levels.find(book, side, price);
                removeOrders(OrderSlotDescriptor.slot(LevelTable.head(level)), book);
                levels.remove(level);
            }
            ranks.clear(sideWord);
        }
    }

    /** Side of the level that the last applied operation changed. */
    int changedSide() {
        return changedSide;
    }

    long changedPrice() {
        return changedPrice;
    }

    /** Price that the last replacement took its order from. */
    long vacatedPrice() {
        return vacatedPrice;
    }

    /** False when the last applied operation surely changed no best level. */
    boolean isBestTouched() {
        return bestTouched;
    }

    OrderTable orders() {
        return orders;
    }

    LevelTable levels() {
        return levels;
    }

    SideRanks ranks() {
        return ranks;
    }

    long bytes() {
        return orders.bytes() + levels.bytes() + pool.bytes();
    }

    private BookRefusal append(int book, int side, long price, long size, int slot, long orderId) {
        long level = levels.find(book, side, price);
        if (level == LevelTable.NONE) {
            level = addLevel(book, side, price);
            if (level == LevelTable.NONE) {
                return LEVELS_EXHAUSTED;
            }
        }
        long total = LevelTable.size(level) + size;
        if (total < 0) {
            return LEVEL_OVERFLOW;
        }
        int tail = LevelTable.tail(level);
        long state = OrderSlotDescriptor.state(size, side, book);
        orders.put(slot, orderId, book, price, state, tail);
        int last = OrderSlotDescriptor.slot(tail);
        UnsafeApi.putInt(orders.nextPlace(last, LevelTable.headPlace(level)), nextLink(slot, book));
        UnsafeApi.putInt(LevelTable.tailPlace(level), previousLink(slot, book));
        LevelTable.size(level, total);
        LevelTable.changeOrderCount(level, 1);
        changed(book, side, price, total);
        return null;
    }

    private BookRefusal replaceBy(int book, int slot, long newOrderId, long price, long size) {
        int newSlot = orders.findFree(newOrderId, book);
        if (newSlot < 0) {
            return newSlot == OrderTable.DUPLICATE ? DUPLICATE_ORDER : ORDERS_EXHAUSTED;
        }
        long state = orders.state(slot);
        int side = OrderSlotDescriptor.side(state);
        BookRefusal refusal = append(book, side, price, size, newSlot, newOrderId);
        if (refusal == null) {
            orders.added(newSlot, newOrderId, book);
            removeFromLevel(book, slot, state);
            orders.remove(slot, book);
        }
        return refusal;
    }

    private BookRefusal replaceInPlace(int book, int slot, long price, long size) {
        long state = orders.state(slot);
        int side = OrderSlotDescriptor.side(state);
        long level = levels.find(book, side, price);
        if (level == LevelTable.NONE) {
            if (addLevel(book, side, price) == LevelTable.NONE) {
                return LEVELS_EXHAUSTED;
            }
        } else if (LevelTable.size(level) + size < 0) {
            return LEVEL_OVERFLOW;
        }
        long orderId = orders.orderId(slot);
        removeFromLevel(book, slot, state);
        return append(book, side, price, size, slot, orderId);
    }

    private void removeFromLevel(int book, int slot, long state) {
        int side = OrderSlotDescriptor.side(state);
        long price = orders.price(slot);
        long level = levels.find(book, side, price);
        unlink(slot, level);
        long total = LevelTable.size(level) - OrderSlotDescriptor.size(state);
        LevelTable.size(level, total);
        LevelTable.changeOrderCount(level, -1);
        if (total == 0) {
            removeLevel(book, side, price, level);
        }
        changed(book, side, price, total);
    }

    /** Whoever linked to an order, neighbours or ends of its level, now links past it. */
    private void unlink(int slot, long level) {
        long links = orders.links(slot);
        int previousLink = (int) links;
        int nextLink = (int) (links >>> Integer.SIZE);
        int previous = OrderSlotDescriptor.slot(previousLink);
        int next = OrderSlotDescriptor.slot(nextLink);
        UnsafeApi.putInt(orders.nextPlace(previous, LevelTable.headPlace(level)), nextLink);
        UnsafeApi.putInt(orders.previousPlace(next, LevelTable.tailPlace(level)), previousLink);
    }

    private void resizeLevel(int book, int side, long price, long change) {
        long level = levels.find(book, side, price);
        long total = LevelTable.size(level) + change;
        LevelTable.size(level, total);
        changed(book, side, price, total);
    }

    private long addLevel(int book, int side, long price) {
        long sideWord = books.side(book, side);
        if (!ranks.reserve(sideWord)) {
            return LevelTable.NONE;
        }
        long level = levels.add(book, side, price);
        if (level != LevelTable.NONE) {
            ranks.add(sideWord, SideRanks.rank(price, side));
        }
        return level;
    }

    private void removeLevel(int book, int side, long price, long level) {
        levels.remove(level);
        ranks.remove(books.side(book, side), SideRanks.rank(price, side));
    }

    /** Whether a quote's side will find both its places, even when the other side took one. */
    private boolean isReserved(int book, int side, long price) {
        return levels.hasSlots(book, price, 2) && ranks.reserve(books.side(book, side));
    }

    private void removeOnly(int book, int side) {
        long sideWord = books.side(book, side);
        if (SideRanks.count(sideWord) > 0) {
            long price = SideRanks.price(ranks.rankAt(sideWord, 0), side);
            removeLevel(book, side, price, levels.find(book, side, price));
        }
    }

    private void setOnly(int book, int side, long price, long size) {
        if (size > 0) {
            LevelTable.size(addLevel(book, side, price), size);
        }
        hash.onLevel(price, size);
    }

    private void removeOrders(int head, int book) {
        int slot = head;
        while (slot != NONE) {
            int next = orders.next(slot);
            orders.remove(slot, book);
            slot = next;
        }
    }

    private void changed(int book, int side, long price, long size) {
        changedSide = side;
        changedPrice = price;
        hash.onLevel(price, size);
        bestTouched |= SideRanks.rank(price, side) >= books.publishedRank(book, side);
    }

    private static boolean isNegative(long size) {
        return size < 0 && size != UNDEFINED;
    }
}
