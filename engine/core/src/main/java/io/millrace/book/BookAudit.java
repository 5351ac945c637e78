// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.OrderSlotDescriptor.NONE;

import io.millrace.book.side.SideRanks;
import java.util.BitSet;

/**
 * What is always true of the books, checked by walking all of them: prices sorted, totals equal to
 * their orders, queues linked both ways, slabs, levels and orders all accounted for. Slow.
 */
final class BookAudit {
    private final BookTable books;
    private final OrderTable orders;
    private final LevelTable levels;
    private final SideRanks ranks;
    private final BitSet units = new BitSet();
    private long slabBytes;
    private int levelCount;
    private int orderCount;

    BookAudit(BookTable books, OrderBooks orderBooks) {
        this.books = books;
        orders = orderBooks.orders();
        levels = orderBooks.levels();
        ranks = orderBooks.ranks();
    }

    /** Throws when anything is not as it must be. */
    void check() {
        orders.checkInvariants();
        levels.checkInvariants();
        slabBytes = 0;
        levelCount = 0;
        orderCount = 0;
        for (int book = 0; book <= books.count(); book++) {
            checkSide(book, BookTable.BID);
            checkSide(book, BookTable.ASK);
        }
        check(orderCount == orders.count(), "resting orders");
        check(levelCount == levels.count(), "levels");
        check(slabBytes == ranks.pool().usedBytes(), "slabs in use");
        ranks.pool().noteFree(units);
        check(units.cardinality() == ranks.pool().cutUnits(), "free slabs");
    }

    private void checkSide(int book, int side) {
        long line = books.side(book, side);
        int ordersBefore = orderCount;
        slabBytes += SideRanks.slabBytes(line);
        ranks.noteSlab(line, units);
        ranks.checkInvariants(line, side);
        for (int index = 0; index < SideRanks.count(line); index++) {
            long rank = ranks.fromBest(line, side, index);
            check(index == 0 || ranks.fromBest(line, side, index - 1) > rank, "order of prices");
            check(ranks.betterThan(line, side, rank) == index, "depth of a price");
            checkLevel(book, side, SideRanks.price(rank, side));
        }
        checkKind(book, line, orderCount - ordersBefore);
        checkPublished(book, side, line);
    }

    /** A book has what its kind has. */
    private void checkKind(int book, long line, int orders) {
        int levels = SideRanks.count(line);
        switch (books.marks(book) & BookTable.KIND_MASK) {
            case BookTable.KIND_ORDERS -> check(orders >= levels, "orders of a book of orders");
            case BookTable.KIND_LEVELS -> check(orders == 0, "orders of a book of levels");
            case BookTable.KIND_QUOTE ->
                check(orders == 0 && levels <= 1, "levels of a book of quotes");
            default -> check(levels == 0, "levels of a book of no kind");
        }
    }

    /** A book that owes nobody anything has published what it is. */
    private void checkPublished(int book, int side, long line) {
        if ((books.marks(book) & (BookTable.DIRTY | BookTable.WITHHELD)) != 0) {
            return;
        }
        boolean isEmpty = SideRanks.count(line) == 0;
        long rank = isEmpty ? BookTable.NO_RANK : ranks.best(line, side);
        long size = isEmpty ? 0
            : LevelTable.size(levels.find(book, side, SideRanks.price(rank, side)));
        check(books.publishedRank(book, side) == rank, "published best");
        check(books.publishedSize(book, side) == size, "published size");
    }

    private void checkLevel(int book, int side, long price) {
        long level = levels.find(book, side, price);
        check(level != LevelTable.NONE, "level of a price");
        levelCount++;
        int resting = 0;
        long total = 0;
        int previous = NONE;
        int head = LevelTable.head(level);
        for (int slot = head; slot != NONE; slot = orders.next(slot)) {
            check(orders.book(slot) == book && orders.side(slot) == side, "side of an order");
            check(levels.at(orders.level(slot)) == level, "level of an order");
            check(orders.previous(slot) == previous, "queue of a level");
            total += orders.size(slot);
            previous = slot;
            resting++;
        }
        int last = LevelTable.tail(level);
        check(last == previous, "tail of a level");
        check(LevelTable.size(level) > 0, "size of a level");
        if ((books.marks(book) & BookTable.KIND_MASK) == BookTable.KIND_ORDERS) {
            check(LevelTable.size(level) == total, "total of a level");
            check(LevelTable.orderCount(level) == resting, "order count of a level");
        }
        orderCount += resting;
    }

    private static void check(boolean isTrue, String what) {
        if (!isTrue) {
            throw new IllegalStateException("broken: " + what);
        }
    }
}
