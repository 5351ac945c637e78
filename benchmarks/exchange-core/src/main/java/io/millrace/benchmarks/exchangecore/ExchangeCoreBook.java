// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.exchangecore;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.L2MarketData;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import io.millrace.benchmarks.rig.BookUnderTest;
import io.millrace.benchmarks.rig.LevelChecksum;
import io.millrace.benchmarks.rig.OrderFlow;
import io.millrace.benchmarks.rig.OrderFlowReader;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/**
 * exchange-core's direct order book as fast as it can be had: one pool of recycled objects for all
 * books, one recycled event, one recycled command, no logging, its BBO kept but not read. It would
 * match the orders that cross before the opening auction, so bids and asks of a security stand in
 * two books; each is then half as large. One thread.
 */
final class ExchangeCoreBook implements BookUnderTest, OrderFlow {
    private static final int MAX_SECURITIES = 1 << 16;
    private static final int[] POOLED = {
        ObjectsPool.DIRECT_ORDER, ObjectsPool.DIRECT_BUCKET, ObjectsPool.ART_NODE_4,
        ObjectsPool.ART_NODE_16, ObjectsPool.ART_NODE_48, ObjectsPool.ART_NODE_256,
    };

    private final OrderBookDirectImpl[] bids = new OrderBookDirectImpl[MAX_SECURITIES];
    private final OrderBookDirectImpl[] asks = new OrderBookDirectImpl[MAX_SECURITIES];
    private final MatcherTradeEvent event = new MatcherTradeEvent();
    private final OrderBookEventsHelper events = new OrderBookEventsHelper(() -> event);
    private final OrderCommand command = new OrderCommand();
    private final LoggingConfiguration silent =
        new LoggingConfiguration(EnumSet.noneOf(LoggingConfiguration.LoggingLevel.class));
    private final ObjectsPool pool;

    ExchangeCoreBook(int liveOrders) {
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int kind : POOLED) {
            sizes.put(kind, liveOrders);
        }
        pool = new ObjectsPool(sizes);
        command.uid = 1;
        command.orderType = OrderType.GTC;
    }

    @Override
    public void apply(ByteBuffer chunk) {
        OrderFlowReader.read(chunk, this);
    }

    @Override
    public void security(int locate) {
        if (bids[locate] == null) {
            bids[locate] = open(locate);
            asks[locate] = open(locate);
        }
    }

    @Override
    public void add(int locate, long orderId, boolean isBuy, long shares, long price) {
        command.orderId = orderId;
        command.action = isBuy ? OrderAction.BID : OrderAction.ASK;
        command.size = shares;
        command.price = price;
        command.reserveBidPrice = price;
        book(locate, isBuy).newOrder(command);
    }

    @Override
    public void reduce(int locate, long orderId, boolean isBuy, long shares) {
        command.orderId = orderId;
        command.size = shares;
        require(book(locate, isBuy).reduceOrder(command));
    }

    @Override
    public void delete(int locate, long orderId, boolean isBuy) {
        command.orderId = orderId;
        require(book(locate, isBuy).cancelOrder(command));
    }

    @Override
    public long checksum() {
        LevelChecksum checksum = new LevelChecksum();
        for (int locate = 0; locate < MAX_SECURITIES; locate++) {
            if (bids[locate] != null) {
                levels(locate, checksum);
            }
        }
        return checksum.value();
    }

    private void levels(int locate, LevelChecksum checksum) {
        L2MarketData bid = bids[locate].getL2MarketDataSnapshot(Integer.MAX_VALUE);
        for (int i = 0; i < bid.bidSize; i++) {
            checksum.level(locate, true, bid.bidPrices[i], bid.bidVolumes[i]);
        }
        L2MarketData ask = asks[locate].getL2MarketDataSnapshot(Integer.MAX_VALUE);
        for (int i = 0; i < ask.askSize; i++) {
            checksum.level(locate, false, ask.askPrices[i], ask.askVolumes[i]);
        }
    }

    private OrderBookDirectImpl book(int locate, boolean isBuy) {
        return isBuy ? bids[locate] : asks[locate];
    }

    private OrderBookDirectImpl open(int locate) {
        CoreSymbolSpecification security = CoreSymbolSpecification.builder().symbolId(locate)
            .type(SymbolType.CURRENCY_EXCHANGE_PAIR).baseCurrency(1).quoteCurrency(2)
            .baseScaleK(1).quoteScaleK(1).build();
        return new OrderBookDirectImpl(security, pool, events, silent);
    }

    private static void require(CommandResultCode result) {
        if (result != CommandResultCode.SUCCESS) {
            throw new IllegalStateException("exchange-core refused: " + result);
        }
    }
}
