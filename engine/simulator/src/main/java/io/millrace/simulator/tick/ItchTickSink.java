// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.tick;

import io.millrace.codec.itch50.StockDirectoryEncoder;
import io.millrace.codec.itch50.StockTradingActionEncoder;
import io.millrace.simulator.FlowSink;
import io.millrace.simulator.ItchWriter;
import io.millrace.simulator.OrderFlow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells ticks in ITCH 5.0: the quotes are one order a side that is replaced, the last trade is a
 * print. The file is a day of its own with directory and system events. One thread.
 */
public final class ItchTickSink implements TickSink {
    private static final ZoneId EXCHANGE_ZONE = ZoneId.of("America/New_York");
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long DAY_NS = 86_400 * SECOND_NS;

    private final ItchWriter writer = new ItchWriter();
    private final StockDirectoryEncoder directory = new StockDirectoryEncoder();
    private final StockTradingActionEncoder tradingAction = new StockTradingActionEncoder();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[OrderFlow.MAX_MESSAGE_LENGTH]);
    private final FlowSink sink;
    private final long[] stocks;
    private final long[] bidIds;
    private final long[] askIds;
    private final int[] askPrices;
    private long midnightNs;
    private long timeNs;
    private long lastOrderId;
    private long lastMatchNumber;

    /**
     * @param symbols of the plan
     * @param sink    takes the messages; closed with this
     */
    public ItchTickSink(List<String> symbols, FlowSink sink) {
        this.sink = sink;
        stocks = new long[symbols.size()];
        bidIds = new long[symbols.size()];
        askIds = new long[symbols.size()];
        askPrices = new int[symbols.size()];
        for (int i = 0; i < stocks.length; i++) {
            stocks[i] = ItchWriter.packed(symbols.get(i));
        }
    }

    @Override
    public void onTick(Tick tick) {
        if (lastOrderId == 0) {
            begin(tick.timeNs());
        }
        timeNs = Math.max(timeNs, Math.min(DAY_NS - 1, tick.timeNs() - midnightNs));
        int index = tick.symbolIndex();
        if (tick.bidPrice() >= askPrices[index]) {
            ask(tick);
            bid(tick);
        } else {
            bid(tick);
            ask(tick);
        }
        send(at().trade(index + 1, stocks[index], tick.lastSize(), tick.lastPrice(),
            ++lastMatchNumber));
    }

    @Override
    public void close() {
        send(at().systemEvent('M'));
        send(at().systemEvent('E'));
        send(at().systemEvent('C'));
        sink.close();
    }

    private void begin(long firstNs) {
        midnightNs = Instant.ofEpochSecond(firstNs / SECOND_NS).atZone(EXCHANGE_ZONE).toLocalDate()
            .atStartOfDay(EXCHANGE_ZONE).toEpochSecond() * SECOND_NS;
        timeNs = firstNs - midnightNs;
        send(at().systemEvent('O'));
        for (int i = 0; i < stocks.length; i++) {
            send(define(i));
            send(trading(i));
        }
        send(at().systemEvent('S'));
        send(at().systemEvent('Q'));
    }

    private int define(int index) {
        at().prefix(StockDirectoryEncoder.TEMPLATE_ID, index + 1);
        writer.stock(StockDirectoryEncoder.stockEncodingOffset(), stocks[index]);
        directory.wrap(message, 0).marketCategory((byte) 'Q').financialStatusIndicator((byte) 'N')
            .roundLotSize(100).roundLotsOnly((byte) 'N').issueClassification((byte) 'C')
            .putIssueSubType((byte) 'Z', (byte) ' ').authenticity((byte) 'P')
            .shortSaleThresholdIndicator((byte) 'N').ipoFlag((byte) 'N')
            .luldReferencePriceTier((byte) '1').etpFlag((byte) 'N').etpLeverageFactor(0)
            .inverseIndicator((byte) 'N');
        return StockDirectoryEncoder.BLOCK_LENGTH;
    }

    private int trading(int index) {
        at().prefix(StockTradingActionEncoder.TEMPLATE_ID, index + 1);
        writer.stock(StockTradingActionEncoder.stockEncodingOffset(), stocks[index]);
        tradingAction.wrap(message, 0).tradingState((byte) 'T').reserved((byte) ' ')
            .putReasonCode((byte) ' ', (byte) ' ', (byte) ' ', (byte) ' ');
        return StockTradingActionEncoder.BLOCK_LENGTH;
    }

    private void bid(Tick tick) {
        quote(bidIds, tick.symbolIndex(), ItchWriter.BUY, tick.bidSize(), tick.bidPrice());
    }

    private void ask(Tick tick) {
        quote(askIds, tick.symbolIndex(), ItchWriter.SELL, tick.askSize(), tick.askPrice());
        askPrices[tick.symbolIndex()] = tick.askPrice();
    }

    private void quote(long[] ids, int index, byte side, int size, int price) {
        long newId = ++lastOrderId;
        send(ids[index] == 0
            ? at().addOrder(index + 1, stocks[index], newId, side, size, price)
            : at().orderReplace(index + 1, ids[index], newId, size, price));
        ids[index] = newId;
    }

    private ItchWriter at() {
        writer.wrap(message, 0, timeNs);
        return writer;
    }

    private void send(int length) {
        sink.onMessage(message, 0, length, timeNs);
    }
}
