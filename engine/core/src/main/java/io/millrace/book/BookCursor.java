// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookTable.ASK;
import static io.millrace.book.BookTable.BID;
import static io.millrace.instrument.Price.UNDEFINED;

import io.millrace.book.side.SideRanks;

/**
 * The one {@link BookView} of a stage, pointed at one book after another. Owned by the chain's
 * thread.
 */
final class BookCursor implements BookView {
    private final BookTable books;
    private final OrderTable orders;
    private final LevelTable levels;
    private final SideRanks ranks;
    private final boolean hidesParts;
    private int book;
    private int unboundMarks;

    /** @param hidesParts true when nothing is shown of an update that is on its way */
    BookCursor(BookTable books, OrderBooks orderBooks, boolean hidesParts) {
        this.books = books;
        this.hidesParts = hidesParts;
        orders = orderBooks.orders();
        levels = orderBooks.levels();
        ranks = orderBooks.ranks();
    }

    /** @param unboundMarks of the book if it has had no event */
    BookCursor moveTo(int book, int unboundMarks) {
        this.book = book;
        this.unboundMarks = unboundMarks;
        return this;
    }

    @Override
    public long bestBid() {
        return price(BID, 0);
    }

    @Override
    public long bestBidSize() {
        return size(BID, 0);
    }

    @Override
    public long bestAsk() {
        return price(ASK, 0);
    }

    @Override
    public long bestAskSize() {
        return size(ASK, 0);
    }

    @Override
    public int bidLevelCount() {
        return count(BID);
    }

    @Override
    public int askLevelCount() {
        return count(ASK);
    }

    @Override
    public long bidPrice(int index) {
        return price(BID, index);
    }

    @Override
    public long bidSize(int index) {
        return size(BID, index);
    }

    @Override
    public long askPrice(int index) {
        return price(ASK, index);
    }

    @Override
    public long askSize(int index) {
        return size(ASK, index);
    }

    @Override
    public int forEachBidOrder(int index, OrderVisitor visitor) {
        return forEachOrder(BID, index, visitor);
    }

    @Override
    public int forEachAskOrder(int index, OrderVisitor visitor) {
        return forEachOrder(ASK, index, visitor);
    }

    @Override
    public boolean isStale() {
        int marks = books.marks(book);
        int decisive = (marks & BookTable.BOUND) != 0 ? marks : unboundMarks;
        return (decisive & (BookTable.STALE | BookTable.WITHHELD | BookTable.DOWN)) != 0;
    }

    @Override
    public boolean isWhole() {
        return (books.marks(book) & (BookTable.DIRTY | BookTable.WITHHELD)) != BookTable.DIRTY;
    }

    private boolean isShown() {
        return !hidesParts || isWhole();
    }

    private int count(int side) {
        if (isShown()) {
            return SideRanks.count(books.side(book, side));
        }
        return books.publishedSize(book, side) == 0 ? 0 : 1;
    }

    private long price(int side, int index) {
        if (index < 0 || index >= count(side)) {
            return UNDEFINED;
        }
        long rank = isShown() ? ranks.fromBest(books.side(book, side), side, index)
            : books.publishedRank(book, side);
        return SideRanks.price(rank, side);
    }

    private long size(int side, int index) {
        if (!isShown()) {
            return index == 0 ? books.publishedSize(book, side) : 0;
        }
        long level = level(side, index);
        return level == LevelTable.NONE ? 0 : LevelTable.size(level);
    }

    private int forEachOrder(int side, int index, OrderVisitor visitor) {
        long level = isShown() ? level(side, index) : LevelTable.NONE;
        if (level == LevelTable.NONE) {
            return 0;
        }
        int count = 0;
        int slot = LevelTable.head(level);
        while (slot != OrderSlotDescriptor.NONE) {
            visitor.onOrder(orders.orderId(slot), orders.size(slot));
            count++;
            slot = orders.next(slot);
        }
        return count;
    }

    private long level(int side, int index) {
        long price = price(side, index);
        return price == UNDEFINED ? LevelTable.NONE : levels.find(book, side, price);
    }
}
