// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookTable.ASK;
import static io.millrace.book.BookTable.BID;
import static io.millrace.book.BookTable.NO_RANK;
import static io.millrace.instrument.Price.UNDEFINED;

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
    private final DerivedEvents derived;
    private final BboEncoder bbo = new BboEncoder();
    private final LevelUpdatedEncoder levelUpdated = new LevelUpdatedEncoder();
    private final BookStaleEncoder bookStale = new BookStaleEncoder();

    BookPublisher(BookTable books, OrderBooks orders, DerivedEvents derived) {
        this.books = books;
        this.derived = derived;
        levels = orders.levels();
        ranks = orders.ranks();
    }

    /** Publishes the best bid and offer of a book if it is not what was published last. */
    void publishBest(int book, int instrumentId, EventView cause) {
        long bidRank = bestRank(book, BID);
        long bidSize = size(book, BID, bidRank);
        long askRank = bestRank(book, ASK);
        long askSize = size(book, ASK, askRank);
        boolean isBidChanged = isChanged(book, BID, bidRank, bidSize);
        if (!isBidChanged && !isChanged(book, ASK, askRank, askSize)) {
            return;
        }
        books.published(book, BID, bidRank, bidSize);
        books.published(book, ASK, askRank, askSize);
        int offset = claim(BboEncoder.TEMPLATE_ID, BboEncoder.BLOCK_LENGTH, instrumentId, cause);
        bbo.wrap(derived.publisher().buffer(), offset)
            .bidPrice(bidSize == 0 ? UNDEFINED : SideRanks.price(bidRank, BID)).bidSize(bidSize)
            .askPrice(askSize == 0 ? UNDEFINED : SideRanks.price(askRank, ASK)).askSize(askSize);
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
            .depth(ranks.betterThan(books.side(book, side), rank))
            .side(side == BID ? Side.BUY : Side.SELL);
    }

    void publishStale(int instrumentId, StaleReason reason, StaleState state, EventView cause) {
        int offset =
            claim(BookStaleEncoder.TEMPLATE_ID, BookStaleEncoder.BLOCK_LENGTH, instrumentId, cause);
        bookStale.wrap(derived.publisher().buffer(), offset).reason(reason).state(state);
    }

    private long bestRank(int book, int side) {
        long sideWord = books.side(book, side);
        int count = SideRanks.count(sideWord);
        return count == 0 ? NO_RANK : ranks.rankAt(sideWord, count - 1);
    }

    /** Size at the best rank, 0 for a side without levels: the highest ask has the rank of none. */
    private long size(int book, int side, long rank) {
        long level = SideRanks.count(books.side(book, side)) == 0 ? LevelTable.NONE
            : levels.find(book, side, SideRanks.price(rank, side));
        return level == LevelTable.NONE ? 0 : LevelTable.size(level);
    }

    private boolean isChanged(int book, int side, long rank, long size) {
        return rank != books.publishedRank(book, side) || size != books.publishedSize(book, side);
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
