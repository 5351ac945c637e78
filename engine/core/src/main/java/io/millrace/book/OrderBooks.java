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

import io.millrace.book.side.RankPool;
import io.millrace.book.side.SideRanks;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
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
    private long changedSize;
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
        long rest = orders.size(slot) - size;
        if (rest < 0) {
            return SIZE_EXCEEDED;
        }
        bestTouched = false;
        if (rest == 0) {
            removeFromLevel(book, slot);
            orders.remove(slot, book);
        } else {
            orders.size(slot, rest);
            resizeLevel(book, levels.at(orders.level(slot)), -size);
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
        removeFromLevel(book, slot);
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
        vacatedPrice = LevelTable.price(levels.at(orders.level(slot)));
        BookRefusal refusal = newOrderId == orderId
            ? replaceInPlace(book, slot, price, size)
            : replaceBy(book, slot, newOrderId, price, size);
        changedPrice = price;
        changedSize = 0;
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
        long level = levels.at(orders.level(slot));
        if (price != LevelTable.price(level)) {
            return INVALID_PRICE;
        }
        long change = size - orders.size(slot);
        if (LevelTable.size(level) + change < 0) {
            return LEVEL_OVERFLOW;
        }
        bestTouched = false;
        vacatedPrice = price;
        orders.size(slot, size);
        resizeLevel(book, level, change);
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
        removeOnly(book, BookTable.BID);
        removeOnly(book, BookTable.ASK);
        setOnly(book, BookTable.BID, bidPrice, hasBid ? bidSize : 0);
        setOnly(book, BookTable.ASK, askPrice, hasAsk ? askSize : 0);
        return null;
    }

    /** Removes every order and level of a book. */
    void clear(int book) {
        for (int side = BookTable.BID; side <= BookTable.ASK; side++) {
            long line = books.side(book, side);
            for (int index = SideRanks.count(line) - 1; index >= 0; index--) {
                long price = SideRanks.price(ranks.fromBest(line, side, index), side);
                long level = levels.find(book, side, price);
                removeOrders(LevelTable.head(level), book);
                levels.remove(level);
            }
            ranks.clear(line);
        }
    }

    void save(StateWriter writer) {
        orders.save(writer);
        levels.save(writer);
        ranks.save(writer);
        books.save(writer);
    }

    /** Becomes what was saved; all that refers to something refers to what is there. */
    void restore(StateReader reader) {
        orders.restore(reader, books.count(), levels.mask());
        levels.restore(reader, books.count(), orders.mask());
        ranks.restore(reader);
        books.restore(reader, ranks);
        try {
            new BookAudit(books, this).check();
        } catch (IllegalStateException broken) {
            throw reader.refuse(broken.getMessage());
        }
    }

    /** Side of the level that the last applied operation changed. */
    int changedSide() {
        return changedSide;
    }

    long changedPrice() {
        return changedPrice;
    }

    /** Size of that level, or 0 when it is gone or the best is to be looked up. */
    long changedSize() {
        return changedSize;
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

    /** Bytes that a save would take now, about. Any thread. */
    long stateBytes() {
        return orders.stateBytes() + levels.stateBytes() + pool.cutBytes();
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
        int last = LevelTable.tail(level);
        orders.put(slot, orderId, LevelSlotDescriptor.owner(book, side), size,
            levels.slot(level), last);
        UnsafeApi.putInt(orders.nextPlace(last, LevelTable.headPlace(level)), slot);
        UnsafeApi.putInt(LevelTable.tailPlace(level), slot);
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
        int side = orders.side(slot);
        BookRefusal refusal = append(book, side, price, size, newSlot, newOrderId);
        if (refusal == null) {
            orders.added(newSlot, newOrderId, book);
            removeFromLevel(book, slot);
            orders.remove(slot, book);
        }
        return refusal;
    }

    private BookRefusal replaceInPlace(int book, int slot, long price, long size) {
        int side = orders.side(slot);
        long level = levels.find(book, side, price);
        if (level == LevelTable.NONE) {
            if (addLevel(book, side, price) == LevelTable.NONE) {
                return LEVELS_EXHAUSTED;
            }
        } else if (LevelTable.size(level) + size < 0) {
            return LEVEL_OVERFLOW;
        }
        long orderId = orders.orderId(slot);
        removeFromLevel(book, slot);
        return append(book, side, price, size, slot, orderId);
    }

    private void removeFromLevel(int book, int slot) {
        long level = levels.at(orders.level(slot));
        int side = orders.side(slot);
        long price = LevelTable.price(level);
        unlink(slot, level);
        long total = LevelTable.size(level) - orders.size(slot);
        LevelTable.size(level, total);
        LevelTable.changeOrderCount(level, -1);
        if (total == 0) {
            removeLevel(book, side, price, level);
        }
        changed(book, side, price, total);
    }

    /** Whoever linked to an order, neighbours or ends of its level, now links past it. */
    private void unlink(int slot, long level) {
        int previous = orders.previous(slot);
        int next = orders.next(slot);
        UnsafeApi.putInt(orders.nextPlace(previous, LevelTable.headPlace(level)), next);
        UnsafeApi.putInt(orders.previousPlace(next, LevelTable.tailPlace(level)), previous);
    }

    private void resizeLevel(int book, long level, long change) {
        long total = LevelTable.size(level) + change;
        LevelTable.size(level, total);
        changed(book, LevelTable.side(level), LevelTable.price(level), total);
    }

    private long addLevel(int book, int side, long price) {
        long line = books.side(book, side);
        long rank = SideRanks.rank(price, side);
        if (!ranks.reserve(line, side, rank)) {
            return LevelTable.NONE;
        }
        long level = levels.add(book, side, price);
        if (level != LevelTable.NONE) {
            ranks.add(line, side, rank);
        }
        return level;
    }

    private void removeLevel(int book, int side, long price, long level) {
        levels.remove(level);
        ranks.remove(books.side(book, side), side, SideRanks.rank(price, side));
    }

    /** Whether a quote's side will find both its places, even when the other side took one. */
    private boolean isReserved(int book, int side, long price) {
        return levels.hasSlots(book, price, 2)
            && ranks.reserve(books.side(book, side), side, SideRanks.rank(price, side));
    }

    private void removeOnly(int book, int side) {
        long line = books.side(book, side);
        if (SideRanks.count(line) > 0) {
            long price = SideRanks.price(ranks.best(line, side), side);
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
        changedSize = size;
        hash.onLevel(price, size);
        bestTouched |= SideRanks.rank(price, side) >= books.publishedRank(book, side);
    }

    private static boolean isNegative(long size) {
        return size < 0 && size != UNDEFINED;
    }
}
