// SPDX-License-Identifier: Apache-2.0
package io.millrace.book;

import static io.millrace.book.BookTable.ASK;
import static io.millrace.book.BookTable.BID;
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
    private final SideLevels levels;
    private final DerivedEvents derived;
    private final BboEncoder bbo = new BboEncoder();
    private final LevelUpdatedEncoder levelUpdated = new LevelUpdatedEncoder();
    private final BookStaleEncoder bookStale = new BookStaleEncoder();

    BookPublisher(BookTable books, SideLevels levels, DerivedEvents derived) {
        this.books = books;
        this.levels = levels;
        this.derived = derived;
    }

    /** Publishes the best bid and offer of a book if it is not what was published last. */
    void publishBest(int book, int instrumentId, EventView cause) {
        long bidPrice = UNDEFINED;
        long bidSize = 0;
        long bidSide = books.side(book, BID);
        int bidCount = SideLevels.count(bidSide);
        if (bidCount > 0) {
            bidPrice = SideLevels.price(levels.rankAt(bidSide, bidCount - 1), BID);
            bidSize = SideLevels.size(levels.queue(bidSide, bidCount - 1));
        }
        long askPrice = UNDEFINED;
        long askSize = 0;
        long askSide = books.side(book, ASK);
        int askCount = SideLevels.count(askSide);
        if (askCount > 0) {
            askPrice = SideLevels.price(levels.rankAt(askSide, askCount - 1), ASK);
            askSize = SideLevels.size(levels.queue(askSide, askCount - 1));
        }
        if (bidPrice == books.publishedPrice(book, BID) && bidSize == books.publishedSize(book, BID)
            && askPrice == books.publishedPrice(book, ASK)
                && askSize == books.publishedSize(book, ASK)) {
            return;
        }
        books.published(book, BID, bidPrice, bidSize);
        books.published(book, ASK, askPrice, askSize);
        int offset = claim(BboEncoder.TEMPLATE_ID, BboEncoder.BLOCK_LENGTH, instrumentId, cause);
        bbo.wrap(derived.publisher().buffer(), offset)
            .bidPrice(bidPrice).bidSize(bidSize).askPrice(askPrice).askSize(askSize);
    }

    /** Publishes the total of a level as it is now. */
    void publishLevel(int book, int instrumentId, int side, long price, EventView cause) {
        long sideWord = books.side(book, side);
        long rank = SideLevels.rank(price, side);
        int level = levels.floor(sideWord, rank);
        boolean isThere = level >= 0 && levels.rankAt(sideWord, level) == rank;
        int depth = SideLevels.count(sideWord) - 1 - level;
        int offset = claim(LevelUpdatedEncoder.TEMPLATE_ID, LevelUpdatedEncoder.BLOCK_LENGTH,
            instrumentId, cause);
        levelUpdated.wrap(derived.publisher().buffer(), offset)
            .price(price)
            .size(isThere ? SideLevels.size(levels.queue(sideWord, level)) : 0)
            .orderCount(LevelUpdatedEncoder.orderCountNullValue())
            .depth(depth)
            .side(side == BID ? Side.BUY : Side.SELL);
    }

    void publishStale(int instrumentId, StaleReason reason, StaleState state, EventView cause) {
        int offset =
            claim(BookStaleEncoder.TEMPLATE_ID, BookStaleEncoder.BLOCK_LENGTH, instrumentId, cause);
        bookStale.wrap(derived.publisher().buffer(), offset).reason(reason).state(state);
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
