// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.iex;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.deep10.PriceLevelBuyUpdateEncoder;
import io.millrace.codec.deep10.PriceLevelSellUpdateEncoder;
import io.millrace.codec.tops16.OfficialPriceEncoder;
import io.millrace.codec.tops16.OperationalHaltStatusEncoder;
import io.millrace.codec.tops16.QuoteUpdateEncoder;
import io.millrace.codec.tops16.SecurityDirectoryEncoder;
import io.millrace.codec.tops16.SecurityEventEncoder;
import io.millrace.codec.tops16.ShortSalePriceTestStatusEncoder;
import io.millrace.codec.tops16.SystemEventEncoder;
import io.millrace.codec.tops16.TradeBreakEncoder;
import io.millrace.codec.tops16.TradeReportEncoder;
import io.millrace.codec.tops16.TradingStatusEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes IEX messages where {@link #wrap} pointed last; each method returns the message's length.
 * What TOPS and DEEP share is byte for byte alike. Symbols are eight bytes as one big-endian
 * number, prices have four decimals. Owned by the flow's thread.
 */
final class IexWriter {
    private final SystemEventEncoder system = new SystemEventEncoder();
    private final SecurityDirectoryEncoder directory = new SecurityDirectoryEncoder();
    private final TradingStatusEncoder status = new TradingStatusEncoder();
    private final OperationalHaltStatusEncoder halt = new OperationalHaltStatusEncoder();
    private final ShortSalePriceTestStatusEncoder shortSale = new ShortSalePriceTestStatusEncoder();
    private final SecurityEventEncoder security = new SecurityEventEncoder();
    private final QuoteUpdateEncoder quote = new QuoteUpdateEncoder();
    private final TradeReportEncoder report = new TradeReportEncoder();
    private final TradeBreakEncoder broken = new TradeBreakEncoder();
    private final OfficialPriceEncoder official = new OfficialPriceEncoder();
    private final PriceLevelBuyUpdateEncoder buy = new PriceLevelBuyUpdateEncoder();
    private final PriceLevelSellUpdateEncoder sell = new PriceLevelSellUpdateEncoder();

    private MutableDirectBuffer buffer;
    private int offset;
    private long timestampNs;

    /** Where the next message goes, and its timestamp, ns since the epoch. */
    IexWriter wrap(MutableDirectBuffer target, int targetOffset, long messageTimestampNs) {
        buffer = target;
        offset = targetOffset;
        timestampNs = messageTimestampNs;
        return this;
    }

    int systemEvent(char code) {
        system.wrap(buffer, offset).messageType((byte) SystemEventEncoder.TEMPLATE_ID)
            .systemEvent((byte) code).timestamp(timestampNs);
        return SystemEventEncoder.BLOCK_LENGTH;
    }

    int securityDirectory(long symbol, long roundLot, int luldTier) {
        directory.wrap(buffer, offset).messageType((byte) SecurityDirectoryEncoder.TEMPLATE_ID)
            .timestamp(timestampNs).roundLotSize(roundLot).adjustedPocPrice(0)
            .luldTier((short) luldTier);
        directory.securityDirectoryFlags().clear();
        symbol(SecurityDirectoryEncoder.symbolEncodingOffset(), symbol);
        return SecurityDirectoryEncoder.BLOCK_LENGTH;
    }

    /** @param reason four characters */
    int tradingStatus(long symbol, char state, String reason) {
        status.wrap(buffer, offset).messageType((byte) TradingStatusEncoder.TEMPLATE_ID)
            .tradingStatus((byte) state).timestamp(timestampNs)
            .putReason((byte) reason.charAt(0), (byte) reason.charAt(1),
                (byte) reason.charAt(2), (byte) reason.charAt(3));
        symbol(TradingStatusEncoder.symbolEncodingOffset(), symbol);
        return TradingStatusEncoder.BLOCK_LENGTH;
    }

    int operationalHalt(long symbol, char state) {
        halt.wrap(buffer, offset).messageType((byte) OperationalHaltStatusEncoder.TEMPLATE_ID)
            .operationalHaltStatus((byte) state).timestamp(timestampNs);
        symbol(OperationalHaltStatusEncoder.symbolEncodingOffset(), symbol);
        return OperationalHaltStatusEncoder.BLOCK_LENGTH;
    }

    int shortSaleStatus(long symbol, int state, char detail) {
        shortSale.wrap(buffer, offset)
            .messageType((byte) ShortSalePriceTestStatusEncoder.TEMPLATE_ID)
            .shortSalePriceTestStatus((short) state).timestamp(timestampNs)
            .detail((byte) detail);
        symbol(ShortSalePriceTestStatusEncoder.symbolEncodingOffset(), symbol);
        return ShortSalePriceTestStatusEncoder.BLOCK_LENGTH;
    }

    int securityEvent(long symbol, char code) {
        security.wrap(buffer, offset).messageType((byte) SecurityEventEncoder.TEMPLATE_ID)
            .securityEvent((byte) code).timestamp(timestampNs);
        symbol(SecurityEventEncoder.symbolEncodingOffset(), symbol);
        return SecurityEventEncoder.BLOCK_LENGTH;
    }

    int officialPrice(long symbol, char priceType, long price) {
        official.wrap(buffer, offset).messageType((byte) OfficialPriceEncoder.TEMPLATE_ID)
            .priceType((byte) priceType).timestamp(timestampNs).officialPrice(price);
        symbol(OfficialPriceEncoder.symbolEncodingOffset(), symbol);
        return OfficialPriceEncoder.BLOCK_LENGTH;
    }

    int tradeReport(IexTrade trade) {
        report.wrap(buffer, offset).messageType((byte) TradeReportEncoder.TEMPLATE_ID)
            .timestamp(timestampNs).size(trade.size).price(trade.price).tradeId(trade.id);
        report.saleConditionFlags().clear().extendedHours(trade.isExtended)
            .oddLot(trade.isOddLot).singlePriceCross(trade.isCross);
        symbol(TradeReportEncoder.symbolEncodingOffset(), trade.symbol);
        return TradeReportEncoder.BLOCK_LENGTH;
    }

    int tradeBreak(IexTrade trade) {
        broken.wrap(buffer, offset).messageType((byte) TradeBreakEncoder.TEMPLATE_ID)
            .timestamp(timestampNs).size(trade.size).price(trade.price).tradeId(trade.id);
        broken.saleConditionFlags().clear().extendedHours(trade.isExtended)
            .oddLot(trade.isOddLot).singlePriceCross(trade.isCross);
        symbol(TradeBreakEncoder.symbolEncodingOffset(), trade.symbol);
        return TradeBreakEncoder.BLOCK_LENGTH;
    }

    int buyLevel(long symbol, long size, long price, boolean isComplete) {
        buy.wrap(buffer, offset).messageType((byte) PriceLevelBuyUpdateEncoder.TEMPLATE_ID)
            .timestamp(timestampNs).size(size).price(price);
        buy.eventFlags().clear().eventComplete(isComplete);
        symbol(PriceLevelBuyUpdateEncoder.symbolEncodingOffset(), symbol);
        return PriceLevelBuyUpdateEncoder.BLOCK_LENGTH;
    }

    int sellLevel(long symbol, long size, long price, boolean isComplete) {
        sell.wrap(buffer, offset).messageType((byte) PriceLevelSellUpdateEncoder.TEMPLATE_ID)
            .timestamp(timestampNs).size(size).price(price);
        sell.eventFlags().clear().eventComplete(isComplete);
        symbol(PriceLevelSellUpdateEncoder.symbolEncodingOffset(), symbol);
        return PriceLevelSellUpdateEncoder.BLOCK_LENGTH;
    }

    int quote(long symbol, IexQuote top, boolean isHalted, boolean isRegular) {
        quote.wrap(buffer, offset).messageType((byte) QuoteUpdateEncoder.TEMPLATE_ID)
            .timestamp(timestampNs).bidSize(top.bidSize).bidPrice(top.bidPrice)
            .askPrice(top.askPrice).askSize(top.askSize);
        quote.quoteUpdateFlags().clear().unavailable(isHalted).outsideRegularSession(!isRegular);
        symbol(QuoteUpdateEncoder.symbolEncodingOffset(), symbol);
        return QuoteUpdateEncoder.BLOCK_LENGTH;
    }

    private void symbol(int fieldOffset, long symbol) {
        buffer.putLong(offset + fieldOffset, symbol, BIG_ENDIAN);
    }
}
