// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.peer;

import com.paritytrading.parity.book.Market;
import com.paritytrading.parity.book.MarketListener;
import com.paritytrading.parity.book.OrderBook;
import com.paritytrading.parity.book.Side;
import io.millrace.benchmarks.rig.BookUnderTest;
import io.millrace.benchmarks.rig.LevelChecksum;
import io.millrace.benchmarks.rig.OrderFlow;
import io.millrace.benchmarks.rig.OrderFlowReader;
import java.nio.ByteBuffer;

/**
 * parity-book's market: levels by price without time priority; its listener takes the BBO where it
 * changed. One thread.
 */
public final class ParityBook implements BookUnderTest, OrderFlow, MarketListener {
    private static final int MAX_SECURITIES = 1 << 16;

    private final OrderBook[] books = new OrderBook[MAX_SECURITIES];
    private final Market market = new Market(this);
    private long bidPrice;
    private long bidSize;
    private long askPrice;
    private long askSize;

    @Override
    public void apply(ByteBuffer chunk) {
        OrderFlowReader.read(chunk, this);
    }

    @Override
    public void security(int locate) {
        if (books[locate] == null) {
            books[locate] = market.open(locate);
        }
    }

    @Override
    public void add(int locate, long orderId, boolean isBuy, long shares, long price) {
        market.add(locate, orderId, isBuy ? Side.BUY : Side.SELL, price, shares);
    }

    @Override
    public void reduce(int locate, long orderId, boolean isBuy, long shares) {
        market.cancel(orderId, shares);
    }

    @Override
    public void delete(int locate, long orderId, boolean isBuy) {
        market.delete(orderId);
    }

    @Override
    public void update(OrderBook book, boolean isBboChanged) {
        if (isBboChanged) {
            bidPrice = book.getBestBidPrice();
            bidSize = book.getBidSize(bidPrice);
            askPrice = book.getBestAskPrice();
            askSize = book.getAskSize(askPrice);
        }
    }

    @Override
    public void trade(OrderBook book, Side side, long price, long size) {
        throw new IllegalStateException("executions are fed as reductions");
    }

    /** Sum of the last BBO's numbers, so that reading them is not for nothing. */
    public long lastBbo() {
        return bidPrice + bidSize + askPrice + askSize;
    }

    @Override
    public long checksum() {
        LevelChecksum checksum = new LevelChecksum();
        for (int i = 0; i < MAX_SECURITIES; i++) {
            int locate = i;
            OrderBook book = books[i];
            if (book != null) {
                book.getBidPrices().forEach((long price) ->
                    checksum.level(locate, true, price, book.getBidSize(price)));
                book.getAskPrices().forEach((long price) ->
                    checksum.level(locate, false, price, book.getAskSize(price)));
            }
        }
        return checksum.value();
    }
}
