// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookTable.ASK;
import static io.millrace.book.BookTable.BID;
import static io.millrace.instrument.Price.UNDEFINED;

/**
 * The one {@link BookView} of a stage, pointed at one book after another. Owned by the chain's
 * thread.
 */
final class BookCursor implements BookView {
    private final BookTable books;
    private final OrderTable orders;
    private final SideLevels levels;
    private int book;

    BookCursor(BookTable books, OrderBooks orderBooks) {
        this.books = books;
        orders = orderBooks.orders();
        levels = orderBooks.levels();
    }

    BookCursor moveTo(int book) {
        this.book = book;
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
        return SideLevels.count(books.side(book, BID));
    }

    @Override
    public int askLevelCount() {
        return SideLevels.count(books.side(book, ASK));
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
        return (books.marks(book) & (BookTable.STALE | BookTable.WITHHELD)) != 0;
    }

    private long price(int side, int index) {
        long sideWord = books.side(book, side);
        int level = level(sideWord, index);
        return level < 0 ? UNDEFINED : SideLevels.price(levels.rankAt(sideWord, level), side);
    }

    private long size(int side, int index) {
        long sideWord = books.side(book, side);
        int level = level(sideWord, index);
        return level < 0 ? 0 : SideLevels.size(levels.queue(sideWord, level));
    }

    private int forEachOrder(int side, int index, OrderVisitor visitor) {
        long sideWord = books.side(book, side);
        int level = level(sideWord, index);
        if (level < 0) {
            return 0;
        }
        int count = 0;
        int slot = SideLevels.head(levels.queue(sideWord, level));
        while (slot != OrderSlotDescriptor.NONE) {
            visitor.onOrder(orders.orderId(slot), OrderSlotDescriptor.size(orders.state(slot)));
            count++;
            slot = orders.next(slot);
        }
        return count;
    }

    /** Index within the side, or -1 when there is no such level. */
    private static int level(long sideWord, int index) {
        return index < 0 ? -1 : Math.max(-1, SideLevels.count(sideWord) - 1 - index);
    }
}
