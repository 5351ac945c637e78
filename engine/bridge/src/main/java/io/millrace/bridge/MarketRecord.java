// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.codec.event.BboDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.LevelUpdatedDecoder;
import io.millrace.codec.event.NbboDecoder;
import io.millrace.codec.event.OrderExecutedDecoder;
import io.millrace.codec.event.QuoteDecoder;
import io.millrace.codec.event.Side;
import io.millrace.codec.event.TradeDecoder;
import io.millrace.event.EventView;
import io.millrace.instrument.Price;

/**
 * An event as the outside sees it: the one place that says which events are quotes, trades and
 * levels. A flyweight that is filled anew for each event. One thread.
 */
public final class MarketRecord {
    /** What an event is to the outside. */
    public enum Kind {
        /** Best bid and offer as the venue quotes it. */
        QUOTE,
        /** Best bid and offer of a venue's book. */
        BBO,
        /** Best bid and offer across venues. */
        NBBO,
        /** A trade: a print or the execution of a displayed order. */
        TRADE,
        /** The size at one price. */
        LEVEL,
        /** Nothing that has a route of its own. */
        OTHER
    }

    private final QuoteDecoder quote = new QuoteDecoder();
    private final BboDecoder bbo = new BboDecoder();
    private final NbboDecoder nbbo = new NbboDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final OrderExecutedDecoder executed = new OrderExecutedDecoder();
    private final LevelChangedDecoder levelChanged = new LevelChangedDecoder();
    private final LevelUpdatedDecoder levelUpdated = new LevelUpdatedDecoder();
    private Kind kind = Kind.OTHER;
    private long bidPrice;
    private long bidSize;
    private long askPrice;
    private long askSize;
    private long price;
    private long size;
    private long tradeId;
    private Side side = Side.UNKNOWN;

    /** Takes an event of a batch apart; what it is. */
    public Kind wrap(EventBatch batch, int index) {
        return wrap(batch.event(index), batch.orderPrice(index), batch.orderSide(index));
    }

    /**
     * Takes an event apart; what it is.
     *
     * @param orderPrice of the order that it executed, where it names no price
     * @param orderSide  of that order
     */
    public Kind wrap(EventView event, long orderPrice, Side orderSide) {
        kind = switch (event.templateId()) {
            case QuoteDecoder.TEMPLATE_ID -> onQuote(event);
            case BboDecoder.TEMPLATE_ID -> onBbo(event);
            case NbboDecoder.TEMPLATE_ID -> onNbbo(event);
            case TradeDecoder.TEMPLATE_ID -> onTrade(event);
            case OrderExecutedDecoder.TEMPLATE_ID -> onExecuted(event, orderPrice, orderSide);
            case LevelChangedDecoder.TEMPLATE_ID -> onLevelChanged(event);
            case LevelUpdatedDecoder.TEMPLATE_ID -> onLevelUpdated(event);
            default -> Kind.OTHER;
        };
        return kind;
    }

    private Kind onQuote(EventView event) {
        quote.wrap(event.buffer(), event.offset(), event.blockLength(),
            QuoteDecoder.SCHEMA_VERSION);
        return sides(Kind.QUOTE, quote.bidPrice(), quote.bidSize(), quote.askPrice(),
            quote.askSize());
    }

    private Kind onBbo(EventView event) {
        bbo.wrap(event.buffer(), event.offset(), event.blockLength(), BboDecoder.SCHEMA_VERSION);
        return sides(Kind.BBO, bbo.bidPrice(), bbo.bidSize(), bbo.askPrice(), bbo.askSize());
    }

    private Kind onNbbo(EventView event) {
        nbbo.wrap(event.buffer(), event.offset(), event.blockLength(), NbboDecoder.SCHEMA_VERSION);
        return sides(Kind.NBBO, nbbo.bidPrice(), nbbo.bidSize(), nbbo.askPrice(), nbbo.askSize());
    }

    private Kind onTrade(EventView event) {
        trade.wrap(event.buffer(), event.offset(), event.blockLength(),
            TradeDecoder.SCHEMA_VERSION);
        return print(trade.price(), trade.size(), trade.tradeId(), trade.side());
    }

    private Kind onExecuted(EventView event, long orderPrice, Side orderSide) {
        executed.wrap(event.buffer(), event.offset(), event.blockLength(),
            OrderExecutedDecoder.SCHEMA_VERSION);
        long told = executed.price();
        return print(told == Price.UNDEFINED ? orderPrice : told, executed.size(),
            executed.tradeId(), orderSide);
    }

    private Kind onLevelChanged(EventView event) {
        levelChanged.wrap(event.buffer(), event.offset(), event.blockLength(),
            LevelChangedDecoder.SCHEMA_VERSION);
        return level(levelChanged.price(), levelChanged.size(), levelChanged.side());
    }

    private Kind onLevelUpdated(EventView event) {
        levelUpdated.wrap(event.buffer(), event.offset(), event.blockLength(),
            LevelUpdatedDecoder.SCHEMA_VERSION);
        return level(levelUpdated.price(), levelUpdated.size(), levelUpdated.side());
    }

    private Kind sides(Kind quoted, long bid, long bidSized, long ask, long askSized) {
        bidPrice = bid;
        bidSize = bidSized;
        askPrice = ask;
        askSize = askSized;
        return quoted;
    }

    private Kind print(long printed, long sized, long id, Side traded) {
        price = printed;
        size = sized;
        tradeId = id;
        side = traded;
        return Kind.TRADE;
    }

    private Kind level(long levelPrice, long levelSize, Side levelSide) {
        price = levelPrice;
        size = levelSize;
        side = levelSide;
        return Kind.LEVEL;
    }

    /** What the event is. */
    public Kind kind() {
        return kind;
    }

    /** Of quotes: best bid at 1e-9, or {@link Price#UNDEFINED}. */
    public long bidPrice() {
        return bidPrice;
    }

    /** Of quotes: shares bid at 1e-6. */
    public long bidSize() {
        return bidSize;
    }

    /** Of quotes: best offer at 1e-9, or {@link Price#UNDEFINED}. */
    public long askPrice() {
        return askPrice;
    }

    /** Of quotes: shares offered at 1e-6. */
    public long askSize() {
        return askSize;
    }

    /** Of trades and levels: price at 1e-9. */
    public long price() {
        return price;
    }

    /** Of trades and levels: shares at 1e-6. */
    public long size() {
        return size;
    }

    /** Of trades: the venue's number. */
    public long tradeId() {
        return tradeId;
    }

    /** Of levels the side; of trades that of the order in the book, where it is known. */
    public Side side() {
        return side;
    }
}
