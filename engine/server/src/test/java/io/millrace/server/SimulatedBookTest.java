// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.book.BookView;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.engine.Engine;
import io.millrace.feed.FeedChannel;
import io.millrace.feed.FeedCounters;
import io.millrace.feed.itch50.Itch50Decoder;
import io.millrace.instrument.Venue;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.OrderFlowContext;
import io.millrace.simulator.SimulatedBooks;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The simulated exchange's day through decoder, ring and books, message by message: after each one
 * the book it was about holds the same orders, in the same places, as the exchange's own.
 */
class SimulatedBookTest {
    private static final int MESSAGES = Boolean.getBoolean("millrace.full") ? 1_000_000 : 100_000;
    private static final int SYMBOLS = 100;

    private final OrderFlow flow = new OrderFlow(new OrderFlowContext().seed(4).symbols(SYMBOLS)
        .messages(MESSAGES).liveOrders(3_000).conclude());
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[OrderFlow.MAX_MESSAGE_LENGTH]);
    private final SystemEventDecoder head = new SystemEventDecoder();
    private final StringBuilder expected = new StringBuilder();
    private final StringBuilder actual = new StringBuilder();
    private final int[] instrumentIds = new int[SYMBOLS + 1];
    private long comparedOrders;

    @Test
    void shouldEqualTheExchangesBooksAfterEveryMessage() {
        try (Engine engine = Engine.inline()) {
            Itch50Decoder decoder = new Itch50Decoder(engine.pipeline().inbound(),
                new FeedChannel(Venue.XNAS, 1, 0), new FeedCounters(),
                engine.pipeline().instruments());
            long count = 0;
            for (int length = next(); length > 0; length = next()) {
                decoder.onMessage(message, 0, length, ++count, flow.timeNs());
                engine.drain();
                head.wrap(message, 0, SystemEventDecoder.BLOCK_LENGTH, 0);
                compare(engine, head.stockLocate(), count);
            }
            assertEquals(MESSAGES, count);
        }
        System.out.printf("simulated flow: %d messages, %d orders equal%n", MESSAGES,
            comparedOrders);
        assertTrue(comparedOrders > MESSAGES, "orders compared: " + comparedOrders);
    }

    private int next() {
        return flow.next(message, 0);
    }

    private void compare(Engine engine, int locate, long count) {
        if (locate == 0) {
            return;
        }
        if (instrumentIds[locate] == 0) {
            instrumentIds[locate] =
                engine.pipeline().market().instrumentId(flow.books().symbol(locate));
        }
        expect(locate);
        BookView book = engine.pipeline().market().book(instrumentIds[locate], Venue.XNAS.id());
        actual.setLength(0);
        for (int level = 0; level < book.bidLevelCount(); level++) {
            actual.append('B').append(book.bidPrice(level)).append(':').append(book.bidSize(level));
            book.forEachBidOrder(level, this::actualOrder);
        }
        for (int level = 0; level < book.askLevelCount(); level++) {
            actual.append('S').append(book.askPrice(level)).append(':').append(book.askSize(level));
            book.forEachAskOrder(level, this::actualOrder);
        }
        if (!expected.toString().contentEquals(actual)) {
            assertEquals(expected.toString(), actual.toString(), "after message " + count);
        }
    }

    private void expect(int locate) {
        SimulatedBooks books = flow.books();
        expected.setLength(0);
        books.forEachBidLevel(locate, (price, size, orders, level) -> {
            expected.append('B').append(price).append(':').append(size);
            books.forEachOrder(level, this::expectedOrder);
        });
        books.forEachAskLevel(locate, (price, size, orders, level) -> {
            expected.append('S').append(price).append(':').append(size);
            books.forEachOrder(level, this::expectedOrder);
        });
    }

    private void expectedOrder(long orderId, long size) {
        expected.append(' ').append(orderId).append('x').append(size);
    }

    private void actualOrder(long orderId, long size) {
        actual.append(' ').append(orderId).append('x').append(size);
        comparedOrders++;
    }
}
