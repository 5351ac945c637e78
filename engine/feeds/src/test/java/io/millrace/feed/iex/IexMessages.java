// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iex;

import io.millrace.codec.deep10.PriceLevelBuyUpdateEncoder;
import io.millrace.codec.deep10.PriceLevelSellUpdateEncoder;
import io.millrace.codec.tops16.AuctionInformationEncoder;
import io.millrace.codec.tops16.OfficialPriceEncoder;
import io.millrace.codec.tops16.OperationalHaltStatusEncoder;
import io.millrace.codec.tops16.QuoteUpdateEncoder;
import io.millrace.codec.tops16.RetailLiquidityIndicatorEncoder;
import io.millrace.codec.tops16.SecurityDirectoryEncoder;
import io.millrace.codec.tops16.SecurityEventEncoder;
import io.millrace.codec.tops16.ShortSalePriceTestStatusEncoder;
import io.millrace.codec.tops16.SystemEventEncoder;
import io.millrace.codec.tops16.TradeBreakEncoder;
import io.millrace.codec.tops16.TradeReportEncoder;
import io.millrace.codec.tops16.TradingStatusEncoder;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** Valid messages of each type of TOPS and DEEP, at one time, for one symbol unless told. */
public final class IexMessages {
    /** 2023-11-14T22:13:20.123456789Z: time of all messages. */
    public static final long TIME_NS = 1_700_000_000_123_456_789L;
    /** Security of all messages that name one. */
    public static final String SYMBOL = "AAPL    ";

    private IexMessages() {
    }

    /** The types that both protocols have, the directory message first. */
    public static List<byte[]> shared() {
        return List.of(securityDirectory(0x60, 1_890_000), systemEvent('R'), securityEvent('O'),
            tradingStatus('P'), operationalHaltStatus('O'), shortSalePriceTestStatus(1, 'C'),
            retailLiquidityIndicator('C'), tradeReport(0x20, 5, 1_893_300),
            tradeBreak(0xC0, 1_893_300), officialPrice('M', 1_895_000),
            auctionInformation(1_895_000));
    }

    /** All types of TOPS. */
    public static List<byte[]> tops() {
        return Stream.concat(shared().stream(), Stream.of(quoteUpdate(0, 100, 300))).toList();
    }

    /** All types of DEEP. */
    public static List<byte[]> deep() {
        return Stream.concat(shared().stream(), Stream.of(buyUpdate(0, 1_893_200, 100),
            sellUpdate(1, 1_893_500, 200))).toList();
    }

    /** Type S. */
    public static byte[] systemEvent(char code) {
        return build(SystemEventEncoder.BLOCK_LENGTH, b -> new SystemEventEncoder().wrap(b, 0)
            .messageType((byte) 'S').systemEvent((byte) code).timestamp(TIME_NS));
    }

    /** Type D. */
    public static byte[] securityDirectory(int flags, long closePrice) {
        return build(SecurityDirectoryEncoder.BLOCK_LENGTH, b -> {
            new SecurityDirectoryEncoder().wrap(b, 0).messageType((byte) 'D').timestamp(TIME_NS)
                .symbol(SYMBOL).roundLotSize(40).adjustedPocPrice(closePrice).luldTier((short) 1);
            b.putByte(1, (byte) flags);
        });
    }

    /** Type H. */
    public static byte[] tradingStatus(char code) {
        return build(TradingStatusEncoder.BLOCK_LENGTH, b -> new TradingStatusEncoder().wrap(b, 0)
            .messageType((byte) 'H').tradingStatus((byte) code).timestamp(TIME_NS).symbol(SYMBOL)
            .reason("T1  "));
    }

    /** Type O. */
    public static byte[] operationalHaltStatus(char code) {
        return build(OperationalHaltStatusEncoder.BLOCK_LENGTH, b ->
            new OperationalHaltStatusEncoder().wrap(b, 0).messageType((byte) 'O')
                .operationalHaltStatus((byte) code).timestamp(TIME_NS).symbol(SYMBOL));
    }

    /** Type P. */
    public static byte[] shortSalePriceTestStatus(int inEffect, char detail) {
        return build(ShortSalePriceTestStatusEncoder.BLOCK_LENGTH, b ->
            new ShortSalePriceTestStatusEncoder().wrap(b, 0).messageType((byte) 'P')
                .shortSalePriceTestStatus((short) inEffect).timestamp(TIME_NS).symbol(SYMBOL)
                .detail((byte) detail));
    }

    /** Type E. */
    public static byte[] securityEvent(char code) {
        return build(SecurityEventEncoder.BLOCK_LENGTH, b -> new SecurityEventEncoder().wrap(b, 0)
            .messageType((byte) 'E').securityEvent((byte) code).timestamp(TIME_NS)
            .symbol(SYMBOL));
    }

    /** Type I. */
    public static byte[] retailLiquidityIndicator(char code) {
        return build(RetailLiquidityIndicatorEncoder.BLOCK_LENGTH, b ->
            new RetailLiquidityIndicatorEncoder().wrap(b, 0).messageType((byte) 'I')
                .retailLiquidityIndicator((byte) code).timestamp(TIME_NS).symbol(SYMBOL));
    }

    /** Type T. */
    public static byte[] tradeReport(int flags, long shares, long price) {
        return build(TradeReportEncoder.BLOCK_LENGTH, b -> {
            new TradeReportEncoder().wrap(b, 0).messageType((byte) 'T').timestamp(TIME_NS)
                .symbol(SYMBOL).size(shares).price(price).tradeId(4_242);
            b.putByte(1, (byte) flags);
        });
    }

    /** Type B. */
    public static byte[] tradeBreak(int flags, long price) {
        return build(TradeBreakEncoder.BLOCK_LENGTH, b -> {
            new TradeBreakEncoder().wrap(b, 0).messageType((byte) 'B').timestamp(TIME_NS)
                .symbol(SYMBOL).size(5).price(price).tradeId(4_242);
            b.putByte(1, (byte) flags);
        });
    }

    /** Type X. */
    public static byte[] officialPrice(char type, long price) {
        return build(OfficialPriceEncoder.BLOCK_LENGTH, b -> new OfficialPriceEncoder().wrap(b, 0)
            .messageType((byte) 'X').priceType((byte) type).timestamp(TIME_NS).symbol(SYMBOL)
            .officialPrice(price));
    }

    /** Type A. */
    public static byte[] auctionInformation(long clearingPrice) {
        return build(AuctionInformationEncoder.BLOCK_LENGTH, b ->
            new AuctionInformationEncoder().wrap(b, 0).messageType((byte) 'A')
                .auctionType((byte) 'C').timestamp(TIME_NS).symbol(SYMBOL).pairedShares(1_000)
                .referencePrice(1_894_000).indicativeClearingPrice(clearingPrice)
                .imbalanceShares(40).imbalanceSide((byte) 'S').extensionNumber((byte) 200)
                .scheduledAuctionTime(1_700_000_400L).auctionBookClearingPrice(1_896_000)
                .collarReferencePrice(1_893_000).lowerAuctionCollar(0)
                .upperAuctionCollar(1_900_000));
    }

    /** Type Q. */
    public static byte[] quoteUpdate(int flags, long bidShares, long askShares) {
        return quoteUpdate(flags, bidShares, 1_893_200, 1_893_400, askShares);
    }

    /** Type Q with its prices. */
    public static byte[] quoteUpdate(int flags, long bidShares, long bidPrice, long askPrice,
                                     long askShares) {
        return build(QuoteUpdateEncoder.BLOCK_LENGTH, b -> {
            new QuoteUpdateEncoder().wrap(b, 0).messageType((byte) 'Q').timestamp(TIME_NS)
                .symbol(SYMBOL).bidSize(bidShares).bidPrice(bidPrice).askPrice(askPrice)
                .askSize(askShares);
            b.putByte(1, (byte) flags);
        });
    }

    /** Type 8. */
    public static byte[] buyUpdate(int flags, long price, long shares) {
        return build(PriceLevelBuyUpdateEncoder.BLOCK_LENGTH, b -> {
            new PriceLevelBuyUpdateEncoder().wrap(b, 0).messageType((byte) '8').timestamp(TIME_NS)
                .symbol(SYMBOL).size(shares).price(price);
            b.putByte(1, (byte) flags);
        });
    }

    /** Type 5. */
    public static byte[] sellUpdate(int flags, long price, long shares) {
        return build(PriceLevelSellUpdateEncoder.BLOCK_LENGTH, b -> {
            new PriceLevelSellUpdateEncoder().wrap(b, 0).messageType((byte) '5')
                .timestamp(TIME_NS).symbol(SYMBOL).size(shares).price(price);
            b.putByte(1, (byte) flags);
        });
    }

    /** The message of another symbol of at most eight characters. */
    public static byte[] of(String symbol, byte[] message) {
        UnsafeBuffer buffer = new UnsafeBuffer(message.clone());
        new SecurityEventEncoder().wrap(buffer, 0).symbol(String.format("%-8s", symbol));
        return buffer.byteArray();
    }

    /** The message at another time. */
    public static byte[] at(long timeNs, byte[] message) {
        UnsafeBuffer buffer = new UnsafeBuffer(message.clone());
        new SystemEventEncoder().wrap(buffer, 0).timestamp(timeNs);
        return buffer.byteArray();
    }

    private static byte[] build(int length, Consumer<UnsafeBuffer> body) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
        body.accept(buffer);
        return buffer.byteArray();
    }
}
