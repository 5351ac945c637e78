// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.book.BookView;
import io.millrace.codec.itch50.AddOrderEncoder;
import io.millrace.codec.itch50.OrderCancelEncoder;
import io.millrace.codec.itch50.OrderDeleteEncoder;
import io.millrace.codec.itch50.OrderExecutedEncoder;
import io.millrace.codec.itch50.Timestamp48Encoder;
import io.millrace.codec.itch50.TradeEncoder;
import io.millrace.engine.Engine;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.instrument.Price;
import io.millrace.instrument.Venue;
import org.agrona.concurrent.UnsafeBuffer;

/** One stock's ITCH messages, written by our encoders, through decoder, ring and books at once. */
final class Itch50Bench implements AutoCloseable {
    private static final int LOCATE = 13;
    private static final String STOCK = "AAPL    ";

    private final Engine engine = Engine.inline();
    private final FeedCounters counters = new FeedCounters();
    private final Itch50Decoder decoder = new Itch50Decoder(engine.pipeline().inbound(),
        new FeedChannel(Venue.XNAS, 1, 0), counters, engine.pipeline().instruments());
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
    private final AddOrderEncoder added = new AddOrderEncoder();
    private final OrderExecutedEncoder executed = new OrderExecutedEncoder();
    private final OrderCancelEncoder cancelled = new OrderCancelEncoder();
    private final OrderDeleteEncoder deleted = new OrderDeleteEncoder();
    private final TradeEncoder traded = new TradeEncoder();
    private long messageCount;

    void add(long orderId, boolean isBuy, int shares, int price, long timeNs) {
        added.wrap(message, 0).messageType((byte) 'A').stockLocate(LOCATE).trackingNumber(0)
            .orderReferenceNumber(orderId).buySellIndicator(side(isBuy)).shares(shares)
            .stock(STOCK).price(price);
        send(added.timestamp(), timeNs, AddOrderEncoder.BLOCK_LENGTH);
    }

    void execute(long orderId, int shares, long timeNs) {
        executed.wrap(message, 0).messageType((byte) 'E').stockLocate(LOCATE).trackingNumber(0)
            .orderReferenceNumber(orderId).executedShares(shares).matchNumber(messageCount);
        send(executed.timestamp(), timeNs, OrderExecutedEncoder.BLOCK_LENGTH);
    }

    void cancel(long orderId, int shares, long timeNs) {
        cancelled.wrap(message, 0).messageType((byte) 'X').stockLocate(LOCATE).trackingNumber(0)
            .orderReferenceNumber(orderId).canceledShares(shares);
        send(cancelled.timestamp(), timeNs, OrderCancelEncoder.BLOCK_LENGTH);
    }

    void delete(long orderId, long timeNs) {
        deleted.wrap(message, 0).messageType((byte) 'D').stockLocate(LOCATE).trackingNumber(0)
            .orderReferenceNumber(orderId);
        send(deleted.timestamp(), timeNs, OrderDeleteEncoder.BLOCK_LENGTH);
    }

    void trade(boolean isBuy, int shares, int price, long timeNs) {
        traded.wrap(message, 0).messageType((byte) 'P').stockLocate(LOCATE).trackingNumber(0)
            .orderReferenceNumber(0).buySellIndicator(side(isBuy)).shares(shares).stock(STOCK)
            .price(price).matchNumber(messageCount);
        send(traded.timestamp(), timeNs, TradeEncoder.BLOCK_LENGTH);
    }

    /** The stock's book after all messages. */
    BookView book() {
        engine.drain();
        int instrumentId = engine.pipeline().market().instrumentId("AAPL");
        return engine.pipeline().market().book(instrumentId, Venue.XNAS.id());
    }

    /** Price of a level in wire units. */
    int price(BookView book, int level, boolean isBuy) {
        long price = isBuy ? book.bidPrice(level) : book.askPrice(level);
        return (int) (price / Price.FROM_PRICE4);
    }

    int shares(BookView book, int level, boolean isBuy) {
        return (int) ((isBuy ? book.bidSize(level) : book.askSize(level)) / Price.SIZE_UNIT);
    }

    /** Messages that did not become an event plus events that did not fit the book. */
    long refusals() {
        return counters.malformedMessages() + (book().isStale() ? 1 : 0);
    }

    @Override
    public void close() {
        engine.close();
    }

    private static byte side(boolean isBuy) {
        return (byte) (isBuy ? 'B' : 'S');
    }

    private void send(Timestamp48Encoder timestamp, long timeNs, int length) {
        timestamp.high((int) (timeNs >>> 32)).low(timeNs & 0xFFFF_FFFFL);
        decoder.onMessage(message, 0, length, ++messageCount, timeNs);
    }
}
