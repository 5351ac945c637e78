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
import static io.millrace.instrument.Price.UNDEFINED;

/**
 * Applies operations on orders and levels to the books of all instruments and venues. An operation
 * either is applied whole and returns null, or changes nothing and returns why. Owned by the
 * chain's thread.
 */
final class OrderBooks {
    private final BookTable books;
    private final OrderTable orders;
    private final LevelPool pool;
    private final SideLevels levels;

    private int changedSide;
    private long changedPrice;
    private long vacatedPrice;
    private long changedSize;
    private boolean bestChanged;

    OrderBooks(BookTable books, int maxOrders, long levelPoolBytes) {
        this.books = books;
        orders = new OrderTable(maxOrders);
        pool = new LevelPool(levelPoolBytes);
        levels = new SideLevels(pool);
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
        bestChanged = false;
        BookRefusal refusal = append(book, side, price, size, slot, orderId);
        if (refusal == null) {
            orders.added();
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
        bestChanged = false;
        if (rest == 0) {
            removeFromLevel(book, slot, state);
            orders.remove(slot);
        } else {
            orders.state(slot, state - size);
            resize(book, OrderSlotDescriptor.side(state), orders.price(slot), -size);
        }
        return null;
    }

    /** An order leaves. */
    BookRefusal delete(int book, long orderId) {
        int slot = orders.find(orderId, book);
        if (slot == NONE) {
            return UNKNOWN_ORDER;
        }
        bestChanged = false;
        removeFromLevel(book, slot, orders.state(slot));
        orders.remove(slot);
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
        bestChanged = false;
        vacatedPrice = orders.price(slot);
        return newOrderId == orderId
            ? replaceInPlace(book, slot, price, size)
            : replaceBy(book, slot, newOrderId, price, size);
    }

    /** An order changes its size and keeps its place; its price must be its own. */
    BookRefusal resizeOrder(int book, long orderId, long price, long size) {
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
        if (levelSize(book, side, price) + change < 0) {
            return LEVEL_OVERFLOW;
        }
        bestChanged = false;
        orders.state(slot, state + change);
        resize(book, side, price, change);
        return null;
    }

    /** The new total of a level in a book without orders; 0 removes it. */
    BookRefusal setLevel(int book, int side, long price, long size) {
        if (size < 0) {
            return INVALID_SIZE;
        }
        if (price == UNDEFINED) {
            return INVALID_PRICE;
        }
        long sideWord = books.side(book, side);
        long rank = SideLevels.rank(price, side);
        int index = levels.floor(sideWord, rank);
        boolean isThere = index >= 0 && levels.rankAt(sideWord, index) == rank;
        bestChanged = false;
        if (size == 0) {
            changed(sideWord, side, isThere ? index : index + 1, price, 0);
            bestChanged &= isThere;
            if (isThere) {
                levels.remove(sideWord, index);
            }
            return null;
        }
        int level = isThere ? index : levels.add(sideWord, index, rank);
        if (level == SideLevels.NOT_ADDED) {
            return LEVELS_EXHAUSTED;
        }
        SideLevels.size(levels.queue(sideWord, level), size);
        changed(sideWord, side, level, price, size);
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
        long bid = books.side(book, BookTable.BID);
        long ask = books.side(book, BookTable.ASK);
        if (!levels.reserve(bid) || !levels.reserve(ask)) {
            return LEVELS_EXHAUSTED;
        }
        setOnly(bid, SideLevels.rank(bidPrice, BookTable.BID), bidPrice == UNDEFINED ? 0 : bidSize);
        setOnly(ask, SideLevels.rank(askPrice, BookTable.ASK), askPrice == UNDEFINED ? 0 : askSize);
        bestChanged = true;
        return null;
    }

    /** Removes every order and level of a book. */
    void clear(int book) {
        for (int side = BookTable.BID; side <= BookTable.ASK; side++) {
            long sideWord = books.side(book, side);
            for (int index = SideLevels.count(sideWord) - 1; index >= 0; index--) {
                removeOrders(SideLevels.head(levels.queue(sideWord, index)));
            }
            levels.clear(sideWord);
        }
        bestChanged = true;
    }

    /** Brings the lines of an order near. */
    void touch(int book, long orderId) {
        orders.touch(orderId, book);
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

    /** Total size of the changed level after the operation. */
    long changedSize() {
        return changedSize;
    }

    /**
     * True when the last applied operation changed a level that was or became the best of its side.
     */
    boolean isBestChanged() {
        return bestChanged;
    }

    OrderTable orders() {
        return orders;
    }

    SideLevels levels() {
        return levels;
    }

    LevelPool pool() {
        return pool;
    }

    /**
     * Levels sorted, totals equal to their orders, queues linked both ways, slabs and orders all
     * accounted for.
     */
    void checkInvariants() {
        orders.checkInvariants();
        long slabBytes = 0;
        int resting = 0;
        for (int book = 0; book <= books.count(); book++) {
            for (int side = BookTable.BID; side <= BookTable.ASK; side++) {
                long sideWord = books.side(book, side);
                slabBytes += SideLevels.slabBytes(sideWord);
                for (int level = 0; level < SideLevels.count(sideWord); level++) {
                    check(level == 0
                        || levels.rankAt(sideWord, level - 1) < levels.rankAt(sideWord, level),
                        "order");
                    resting += checkLevel(book, side, sideWord, level);
                }
            }
        }
        check(resting == orders.count(), "resting orders");
        check(slabBytes == pool.usedBytes(), "slabs in use");
        check(slabBytes + pool.freeBytes() == pool.cutBytes(), "free slabs");
    }

    private int checkLevel(int book, int side, long sideWord, int level) {
        long queue = levels.queue(sideWord, level);
        long price = SideLevels.price(levels.rankAt(sideWord, level), side);
        int resting = 0;
        long total = 0;
        int previous = NONE;
        for (int slot = SideLevels.head(queue); slot != NONE; slot = orders.next(slot)) {
            long state = orders.state(slot);
            check(orders.book(slot) == book && OrderSlotDescriptor.side(state) == side,
                "book of an order");
            check(orders.price(slot) == price && orders.previous(slot) == previous,
                "queue of a level");
            total += OrderSlotDescriptor.size(state);
            previous = slot;
            resting++;
        }
        check(SideLevels.tail(queue) == previous, "tail of a level");
        check(SideLevels.size(queue) > 0 && (resting == 0 || SideLevels.size(queue) == total),
            "size of a level");
        return resting;
    }

    private static void check(boolean isTrue, String what) {
        if (!isTrue) {
            throw new IllegalStateException("broken: " + what);
        }
    }

    private static boolean isNegative(long size) {
        return size < 0 && size != UNDEFINED;
    }

    private void setOnly(long sideWord, long rank, long size) {
        if (SideLevels.count(sideWord) > 0) {
            levels.remove(sideWord, 0);
        }
        if (size > 0) {
            SideLevels.size(levels.queue(sideWord, levels.add(sideWord, -1, rank)), size);
        }
    }

    private BookRefusal append(int book, int side, long price, long size, int slot, long orderId) {
        long sideWord = books.side(book, side);
        long rank = SideLevels.rank(price, side);
        int level = levels.floor(sideWord, rank);
        if (level < 0 || levels.rankAt(sideWord, level) != rank) {
            level = levels.add(sideWord, level, rank);
            if (level == SideLevels.NOT_ADDED) {
                return LEVELS_EXHAUSTED;
            }
        }
        long queue = levels.queue(sideWord, level);
        long total = SideLevels.size(queue) + size;
        if (total < 0) {
            return LEVEL_OVERFLOW;
        }
        int tail = SideLevels.tail(queue);
        orders.put(slot, orderId, book, price, OrderSlotDescriptor.state(size, side, book), tail);
        if (tail == NONE) {
            SideLevels.head(queue, slot);
        } else {
            orders.next(tail, slot, book);
        }
        SideLevels.tail(queue, slot);
        SideLevels.size(queue, total);
        changed(sideWord, side, level, price, total);
        return null;
    }

    private BookRefusal replaceBy(int book, int slot, long newOrderId, long price, long size) {
        int newSlot = orders.findFree(newOrderId, book);
        if (newSlot < 0) {
            return newSlot == OrderTable.DUPLICATE ? DUPLICATE_ORDER : ORDERS_EXHAUSTED;
        }
        long state = orders.state(slot);
        BookRefusal refusal =
            append(book, OrderSlotDescriptor.side(state), price, size, newSlot, newOrderId);
        if (refusal == null) {
            orders.added();
            removeFromLevel(book, slot, state);
            orders.remove(slot);
            changedPrice = price;
        }
        return refusal;
    }

    private BookRefusal replaceInPlace(int book, int slot, long price, long size) {
        long state = orders.state(slot);
        int side = OrderSlotDescriptor.side(state);
        long orderId = orders.orderId(slot);
        long sideWord = books.side(book, side);
        long rank = SideLevels.rank(price, side);
        int level = levels.floor(sideWord, rank);
        if (level < 0 || levels.rankAt(sideWord, level) != rank) {
            if (levels.add(sideWord, level, rank) == SideLevels.NOT_ADDED) {
                return LEVELS_EXHAUSTED;
            }
        } else if (SideLevels.size(levels.queue(sideWord, level)) + size < 0) {
            return LEVEL_OVERFLOW;
        }
        removeFromLevel(book, slot, state);
        return append(book, side, price, size, slot, orderId);
    }

    private void removeFromLevel(int book, int slot, long state) {
        int side = OrderSlotDescriptor.side(state);
        long price = orders.price(slot);
        long sideWord = books.side(book, side);
        int level = levels.floor(sideWord, SideLevels.rank(price, side));
        long queue = levels.queue(sideWord, level);
        int previous = orders.previous(slot);
        int next = orders.next(slot);
        if (previous == NONE) {
            SideLevels.head(queue, next);
        } else {
            orders.next(previous, next, book);
        }
        if (next == NONE) {
            SideLevels.tail(queue, previous);
        } else {
            orders.previous(next, previous, book);
        }
        long total = SideLevels.size(queue) - OrderSlotDescriptor.size(state);
        SideLevels.size(queue, total);
        changed(sideWord, side, level, price, total);
        if (total == 0) {
            levels.remove(sideWord, level);
        }
    }

    private void resize(int book, int side, long price, long change) {
        long sideWord = books.side(book, side);
        int level = levels.floor(sideWord, SideLevels.rank(price, side));
        long queue = levels.queue(sideWord, level);
        long total = SideLevels.size(queue) + change;
        SideLevels.size(queue, total);
        changed(sideWord, side, level, price, total);
    }

    private long levelSize(int book, int side, long price) {
        long sideWord = books.side(book, side);
        return SideLevels.size(
            levels.queue(sideWord, levels.floor(sideWord, SideLevels.rank(price, side))));
    }

    private void removeOrders(int head) {
        int slot = head;
        while (slot != NONE) {
            int next = orders.next(slot);
            orders.remove(slot);
            slot = next;
        }
    }

    private void changed(long sideWord, int side, int level, long price, long size) {
        changedSide = side;
        changedPrice = price;
        changedSize = size;
        bestChanged |= level >= SideLevels.count(sideWord) - 1;
    }
}
