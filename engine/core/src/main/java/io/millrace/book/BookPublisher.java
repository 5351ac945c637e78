// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookTable.ASK;
import static io.millrace.book.BookTable.BID;
import static io.millrace.book.BookTable.NO_RANK;
import static io.millrace.instrument.Price.UNDEFINED;

import io.millrace.book.side.SideRanks;
import io.millrace.codec.event.BboEncoder;
import io.millrace.codec.event.BookStaleEncoder;
import io.millrace.codec.event.LevelUpdatedEncoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.StaleReason;
import io.millrace.codec.event.StaleState;
import io.millrace.event.DerivedEvents;
import io.millrace.event.EventPublisher;
import io.millrace.event.EventView;

/**
 * Derives the books' events: best bid and offer, levels, staleness. Owned by the chain's thread.
 */
final class BookPublisher {
    private final BookTable books;
    private final LevelTable levels;
    private final SideRanks ranks;
    private final OrderBooks orders;
    private final DerivedEvents derived;
    private final BboEncoder bbo = new BboEncoder();
    private final LevelUpdatedEncoder levelUpdated = new LevelUpdatedEncoder();
    private final BookStaleEncoder bookStale = new BookStaleEncoder();

    BookPublisher(BookTable books, OrderBooks orders, DerivedEvents derived) {
        this.books = books;
        this.orders = orders;
        this.derived = derived;
        levels = orders.levels();
        ranks = orders.ranks();
    }

    /** Publishes the best bid and offer of a book if it is not what was published last. */
    void publishBest(int book, int instrumentId, EventView cause) {
        boolean isBidChanged = noteBest(book, BID);
        boolean isAskChanged = noteBest(book, ASK);
        if (isBidChanged || isAskChanged) {
            publishNoted(book, instrumentId, cause);
        }
    }

    /**
     * The same when the last operation alone changed the book since the last time, at the best of
     * one side or better: the changed level is the best now, unless it is gone.
     */
    void publishSide(int book, EventView cause) {
        int side = orders.changedSide();
        long size = orders.changedSize();
        boolean isChanged = size == 0 ? noteBest(book, side)
            : note(book, side, SideRanks.rank(orders.changedPrice(), side), size);
        if (isChanged) {
            publishNoted(book, cause.instrumentId(), cause);
        }
    }

    /** Publishes the total of a level as it is now. */
    void publishLevel(int book, int instrumentId, int side, long price, EventView cause) {
        long level = levels.find(book, side, price);
        boolean isThere = level != LevelTable.NONE;
        long rank = SideRanks.rank(price, side);
        int offset = claim(LevelUpdatedEncoder.TEMPLATE_ID, LevelUpdatedEncoder.BLOCK_LENGTH,
            instrumentId, cause);
        levelUpdated.wrap(derived.publisher().buffer(), offset)
            .price(price)
            .size(isThere ? LevelTable.size(level) : 0)
            .orderCount(isThere ? LevelTable.orderCount(level) : 0)
            .depth(ranks.betterThan(books.side(book, side), side, rank))
            .side(side == BID ? Side.BUY : Side.SELL);
    }

    void publishStale(int instrumentId, StaleReason reason, StaleState state, EventView cause) {
        int offset =
            claim(BookStaleEncoder.TEMPLATE_ID, BookStaleEncoder.BLOCK_LENGTH, instrumentId, cause);
        bookStale.wrap(derived.publisher().buffer(), offset).reason(reason).state(state);
    }

    /** Notes the best of a side as published; false when it is so already. */
    private boolean noteBest(int book, int side) {
        long line = books.side(book, side);
        if (SideRanks.count(line) == 0) {
            return note(book, side, NO_RANK, 0);
        }
        long rank = ranks.best(line, side);
        long size = LevelTable.size(levels.find(book, side, SideRanks.price(rank, side)));
        return note(book, side, rank, size);
    }

    private boolean note(int book, int side, long rank, long size) {
        if (rank == books.publishedRank(book, side) && size == books.publishedSize(book, side)) {
            return false;
        }
        books.published(book, side, rank, size);
        return true;
    }

    private void publishNoted(int book, int instrumentId, EventView cause) {
        long bidSize = books.publishedSize(book, BID);
        long askSize = books.publishedSize(book, ASK);
        long bid = SideRanks.price(books.publishedRank(book, BID), BID);
        long ask = SideRanks.price(books.publishedRank(book, ASK), ASK);
        int offset = claim(BboEncoder.TEMPLATE_ID, BboEncoder.BLOCK_LENGTH, instrumentId, cause);
        bbo.wrap(derived.publisher().buffer(), offset)
            .bidPrice(bidSize == 0 ? UNDEFINED : bid).bidSize(bidSize)
            .askPrice(askSize == 0 ? UNDEFINED : ask).askSize(askSize);
    }

    private int claim(int templateId, int blockLength, int instrumentId, EventView cause) {
        int offset = derived.claim(templateId, blockLength, cause);
        if (instrumentId != cause.instrumentId()) {
            EventPublisher publisher = derived.publisher();
            publisher.common(offset, cause.exchangeTimeNs(), instrumentId, cause.venueId(),
                cause.channelId(),
                cause.flags(), cause.sequence());
        }
        return offset;
    }
}
