// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.iex;

import io.millrace.codec.itch50.AddOrderDecoder;
import io.millrace.codec.itch50.BrokenTradeDecoder;
import io.millrace.codec.itch50.CrossTradeDecoder;
import io.millrace.codec.itch50.OperationalHaltDecoder;
import io.millrace.codec.itch50.OrderExecutedDecoder;
import io.millrace.codec.itch50.OrderExecutedWithPriceDecoder;
import io.millrace.codec.itch50.RegShoRestrictionDecoder;
import io.millrace.codec.itch50.StockDirectoryDecoder;
import io.millrace.codec.itch50.StockTradingActionDecoder;
import io.millrace.codec.itch50.SystemEventDecoder;
import io.millrace.codec.itch50.TradeDecoder;
import io.millrace.simulator.SimulatedBooks;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Says in IEX's words what one ITCH message says, but for what it does to books. Executions without
 * a print stay unsaid; so do imbalances, collars and market makers, which IEX tells in other ways
 * or not at all. Owned by the flow's thread.
 */
final class IexTranslator {
    /** Messages that one may become. */
    static final int PARTS = 3;

    private static final int REMEMBERED_TRADES = 64;
    private static final int NO_MATCH = 0;

    private final SimulatedBooks books;
    private final IexWriter writer;
    private final IexFeed feed;
    private final long midnightNs;
    private final boolean[] isHalted;
    private final long[] roundLots;
    private final IexTrade[] trades = new IexTrade[REMEMBERED_TRADES];
    private final SystemEventDecoder prefix = new SystemEventDecoder();
    private final AddOrderDecoder add = new AddOrderDecoder();
    private final StockDirectoryDecoder directory = new StockDirectoryDecoder();
    private final StockTradingActionDecoder action = new StockTradingActionDecoder();
    private final RegShoRestrictionDecoder restriction = new RegShoRestrictionDecoder();
    private final OperationalHaltDecoder halt = new OperationalHaltDecoder();
    private final OrderExecutedDecoder executed = new OrderExecutedDecoder();
    private final OrderExecutedWithPriceDecoder withPrice = new OrderExecutedWithPriceDecoder();
    private final TradeDecoder print = new TradeDecoder();
    private final CrossTradeDecoder cross = new CrossTradeDecoder();
    private final BrokenTradeDecoder broken = new BrokenTradeDecoder();
    private DirectBuffer itch;
    private int type;
    private int locate;
    private long symbol;
    private long timestampNs;
    private boolean isRegular;

    IexTranslator(SimulatedBooks books, IexWriter writer, IexFeed feed, long midnightNs) {
        this.books = books;
        this.writer = writer;
        this.feed = feed;
        this.midnightNs = midnightNs;
        isHalted = new boolean[books.symbolCount() + 1];
        roundLots = new long[books.symbolCount() + 1];
        for (int i = 0; i < trades.length; i++) {
            trades[i] = new IexTrade();
        }
    }

    /** Points at a message; true when it is a new order. */
    boolean wrap(DirectBuffer message) {
        itch = message;
        prefix.wrap(message, 0, SystemEventDecoder.BLOCK_LENGTH, 0);
        type = prefix.messageType();
        locate = prefix.stockLocate();
        symbol = locate == 0 ? 0 : books.stock(locate);
        timestampNs = midnightNs + ((long) prefix.timestamp().high() << 32)
            + prefix.timestamp().low();
        return type == 'A' || type == 'F';
    }

    /** Side of the books that a new order stands on. */
    int side() {
        add.wrap(itch, 0, AddOrderDecoder.BLOCK_LENGTH, 0);
        return add.buySellIndicator() == 'B' ? SimulatedBooks.bidSide(locate)
            : SimulatedBooks.askSide(locate);
    }

    /** Price of a new order, four decimals. */
    int price() {
        return (int) add.price();
    }

    /** Timestamp of the last message, ns since the epoch. */
    long timestampNs() {
        return timestampNs;
    }

    boolean isHalted(int ofLocate) {
        return isHalted[ofLocate];
    }

    /** True during regular market hours. */
    boolean isRegular() {
        return isRegular;
    }

    /**
     * Writes one of the messages that the last message becomes.
     *
     * @param part    0 to {@link #PARTS} - 1
     * @param touched levels changed in this event, the last one by this message
     * @return its length, or 0 when there is no such part
     */
    int write(int part, MutableDirectBuffer target, int offset, LevelLog touched) {
        writer.wrap(target, offset, timestampNs);
        if (type == 'Q') {
            return writeCross(part);
        }
        return part > 0 ? 0 : switch (type) {
            case 'S' -> systemEvent();
            case 'R' -> securityDirectory();
            case 'H' -> tradingStatus();
            case 'Y' -> shortSaleStatus();
            case 'h' -> operationalHalt();
            case 'E' -> execution(touched.price(touched.count() - 1));
            case 'C' -> executionWithPrice();
            case 'P' -> hiddenTrade();
            case 'B' -> tradeBreak();
            default -> 0;
        };
    }

    private int systemEvent() {
        char code = (char) prefix.eventCode();
        isRegular = code == 'Q' || isRegular && code != 'M';
        return writer.systemEvent(code == 'Q' ? 'R' : code);
    }

    private int securityDirectory() {
        directory.wrap(itch, 0, StockDirectoryDecoder.BLOCK_LENGTH, 0);
        roundLots[locate] = directory.roundLotSize();
        return writer.securityDirectory(symbol, roundLots[locate],
            directory.luldReferencePriceTier() - '0');
    }

    private int tradingStatus() {
        action.wrap(itch, 0, StockTradingActionDecoder.BLOCK_LENGTH, 0);
        char state = (char) action.tradingState();
        isHalted[locate] = state != 'T';
        return switch (state) {
            case 'T' -> writer.tradingStatus(symbol, 'T', "    ");
            case 'P' -> writer.tradingStatus(symbol, 'P', "    ");
            case 'Q' -> writer.tradingStatus(symbol, 'O',
                action.reasonCode(0) == 'I' ? "IPO2" : "T2  ");
            default -> writer.tradingStatus(symbol, 'H',
                action.reasonCode(0) == 'I' ? "IPO1" : "T1  ");
        };
    }

    private int shortSaleStatus() {
        restriction.wrap(itch, 0, RegShoRestrictionDecoder.BLOCK_LENGTH, 0);
        int code = restriction.regShoAction();
        return writer.shortSaleStatus(symbol, code == '0' ? 0 : 1,
            code == '0' ? ' ' : code == '1' ? 'A' : 'C');
    }

    private int operationalHalt() {
        halt.wrap(itch, 0, OperationalHaltDecoder.BLOCK_LENGTH, 0);
        return writer.operationalHalt(symbol, halt.operationalHaltAction() == 'H' ? 'O' : 'N');
    }

    private int execution(int price) {
        executed.wrap(itch, 0, OrderExecutedDecoder.BLOCK_LENGTH, 0);
        return trade(executed.matchNumber(), executed.executedShares(), price);
    }

    private int executionWithPrice() {
        withPrice.wrap(itch, 0, OrderExecutedWithPriceDecoder.BLOCK_LENGTH, 0);
        return withPrice.printable() == 'Y' ? trade(withPrice.matchNumber(),
            withPrice.executedShares(), withPrice.executionPrice()) : 0;
    }

    private int hiddenTrade() {
        print.wrap(itch, 0, TradeDecoder.BLOCK_LENGTH, 0);
        return trade(print.matchNumber(), print.shares(), print.price());
    }

    private int writeCross(int part) {
        cross.wrap(itch, 0, CrossTradeDecoder.BLOCK_LENGTH, 0);
        int crossType = cross.crossType();
        if (part == 0) {
            return cross.crossShares() == 0 ? 0
                : crossTrade(cross.matchNumber(), cross.crossShares(), cross.crossPrice());
        }
        if (crossType == 'H' || cross.crossShares() == 0) {
            return 0;
        }
        boolean isOpening = crossType == 'O';
        if (part == 1) {
            return writer.officialPrice(symbol, isOpening ? 'Q' : 'M', cross.crossPrice());
        }
        return feed == IexFeed.DEEP ? writer.securityEvent(symbol, isOpening ? 'O' : 'C') : 0;
    }

    private int tradeBreak() {
        broken.wrap(itch, 0, BrokenTradeDecoder.BLOCK_LENGTH, 0);
        IexTrade trade = trades[(int) broken.matchNumber() & REMEMBERED_TRADES - 1];
        if (trade.id != broken.matchNumber()) {
            return 0;
        }
        int length = writer.tradeBreak(trade);
        trade.id = NO_MATCH;
        return length;
    }

    private int crossTrade(long matchNumber, long size, long price) {
        IexTrade trade = remember(matchNumber, size, price);
        trade.isCross = true;
        return writer.tradeReport(trade);
    }

    private int trade(long matchNumber, long size, long price) {
        IexTrade trade = remember(matchNumber, size, price);
        trade.isCross = false;
        return writer.tradeReport(trade);
    }

    private IexTrade remember(long matchNumber, long size, long price) {
        IexTrade trade = trades[(int) matchNumber & REMEMBERED_TRADES - 1]
            .set(matchNumber, symbol, size, price);
        trade.isExtended = !isRegular;
        trade.isOddLot = size < roundLots[locate];
        return trade;
    }
}
