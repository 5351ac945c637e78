// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.itch50.AddOrderAttributedEncoder;
import io.millrace.codec.itch50.AddOrderEncoder;
import io.millrace.codec.itch50.BrokenTradeEncoder;
import io.millrace.codec.itch50.CrossTradeEncoder;
import io.millrace.codec.itch50.NetOrderImbalanceEncoder;
import io.millrace.codec.itch50.OrderCancelEncoder;
import io.millrace.codec.itch50.OrderDeleteEncoder;
import io.millrace.codec.itch50.OrderExecutedEncoder;
import io.millrace.codec.itch50.OrderExecutedWithPriceEncoder;
import io.millrace.codec.itch50.OrderReplaceEncoder;
import io.millrace.codec.itch50.SystemEventEncoder;
import io.millrace.codec.itch50.TradeEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes the messages of order flow in place, one per call, where {@link #wrap} pointed last.
 * Each method returns the message's length. Messages about securities are
 * {@link DirectoryWriter}'s. Owned by the flow's thread.
 */
public final class ItchWriter {
    public static final byte BUY = 'B';
    public static final byte SELL = 'S';

    static final int[] ATTRIBUTIONS = {
        mpid("GSCO"), mpid("MSCO"), mpid("UBSS"), mpid("JPMS"), mpid("NITE"), mpid("CDRG"),
            mpid("VIRT"), mpid("TMBR"),
    };

    private final SystemEventEncoder prefix = new SystemEventEncoder();
    private final AddOrderEncoder addOrder = new AddOrderEncoder();
    private final AddOrderAttributedEncoder attributed = new AddOrderAttributedEncoder();
    private final OrderExecutedEncoder executed = new OrderExecutedEncoder();
    private final OrderExecutedWithPriceEncoder executedWithPrice =
        new OrderExecutedWithPriceEncoder();
    private final OrderCancelEncoder cancel = new OrderCancelEncoder();
    private final OrderDeleteEncoder delete = new OrderDeleteEncoder();
    private final OrderReplaceEncoder replace = new OrderReplaceEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final CrossTradeEncoder cross = new CrossTradeEncoder();
    private final BrokenTradeEncoder broken = new BrokenTradeEncoder();
    private final NetOrderImbalanceEncoder imbalance = new NetOrderImbalanceEncoder();

    private MutableDirectBuffer buffer;
    private int offset;
    private long timeNs;

    /** Where the next message goes and which time, ns since midnight, it carries. */
    public void wrap(MutableDirectBuffer messageBuffer, int messageOffset, long messageTimeNs) {
        buffer = messageBuffer;
        offset = messageOffset;
        timeNs = messageTimeNs;
    }

    /** The time that the next message carries. */
    public long timeNs() {
        return timeNs;
    }

    public MutableDirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    /** The fields that begin every message; all types have them at the same offsets. */
    public void prefix(int type, int locate) {
        prefix.wrap(buffer, offset).messageType((byte) type).stockLocate(locate).trackingNumber(0)
            .timestamp().high((int) (timeNs >>> 32)).low(timeNs & 0xFFFF_FFFFL);
    }

    /** Gives a message that stands somewhere else another timestamp. */
    public void restamp(MutableDirectBuffer message, int messageOffset, long newTimeNs) {
        prefix.wrap(message, messageOffset).timestamp().high((int) (newTimeNs >>> 32))
            .low(newTimeNs & 0xFFFF_FFFFL);
    }

    /** An eight-character field given as one big-endian number. */
    public void stock(int fieldOffset, long stock) {
        buffer.putLong(offset + fieldOffset, stock, BIG_ENDIAN);
    }

    public int systemEvent(char code) {
        prefix(SystemEventEncoder.TEMPLATE_ID, 0);
        prefix.eventCode((byte) code);
        return SystemEventEncoder.BLOCK_LENGTH;
    }

    public int addOrder(int locate, long stock, long orderId, byte side, int shares, int price) {
        prefix(AddOrderEncoder.TEMPLATE_ID, locate);
        addOrder.wrap(buffer, offset).orderReferenceNumber(orderId).buySellIndicator(side)
            .shares(shares);
        stock(AddOrderEncoder.stockEncodingOffset(), stock);
        addOrder.price(price);
        return AddOrderEncoder.BLOCK_LENGTH;
    }

    /**
     * An order of the books as the message that would add it now, with its own timestamp and the
     * shares it has left.
     */
    public int openOrder(SimulatedBooks books, int side, int order, int price) {
        timeNs = books.timeNs(order);
        int locate = side >>> 1;
        int length = addOrder(locate, books.stock(locate), books.orderId(order),
            (side & 1) == 0 ? BUY : SELL, books.shares(order), price);
        int attribution = books.attribution(order);
        return attribution == 0 ? length : attribute(attribution);
    }

    /** Turns the add order just written into one with attribution, an index from 1. */
    public int attribute(int attribution) {
        prefix.messageType((byte) AddOrderAttributedEncoder.TEMPLATE_ID);
        attributed.wrap(buffer, offset);
        buffer.putInt(offset + AddOrderAttributedEncoder.attributionEncodingOffset(),
            ATTRIBUTIONS[attribution - 1], BIG_ENDIAN);
        return AddOrderAttributedEncoder.BLOCK_LENGTH;
    }

    public int orderExecuted(int locate, long orderId, int shares, long matchNumber) {
        prefix(OrderExecutedEncoder.TEMPLATE_ID, locate);
        executed.wrap(buffer, offset).orderReferenceNumber(orderId).executedShares(shares)
            .matchNumber(matchNumber);
        return OrderExecutedEncoder.BLOCK_LENGTH;
    }

    public int orderExecutedWithPrice(int locate, long orderId, int shares, long matchNumber,
        char printable, int price) {
        prefix(OrderExecutedWithPriceEncoder.TEMPLATE_ID, locate);
        executedWithPrice.wrap(buffer, offset).orderReferenceNumber(orderId).executedShares(shares)
            .matchNumber(matchNumber).printable((byte) printable).executionPrice(price);
        return OrderExecutedWithPriceEncoder.BLOCK_LENGTH;
    }

    public int orderCancel(int locate, long orderId, int shares) {
        prefix(OrderCancelEncoder.TEMPLATE_ID, locate);
        cancel.wrap(buffer, offset).orderReferenceNumber(orderId).canceledShares(shares);
        return OrderCancelEncoder.BLOCK_LENGTH;
    }

    public int orderDelete(int locate, long orderId) {
        prefix(OrderDeleteEncoder.TEMPLATE_ID, locate);
        delete.wrap(buffer, offset).orderReferenceNumber(orderId);
        return OrderDeleteEncoder.BLOCK_LENGTH;
    }

    public int orderReplace(int locate, long orderId, long newOrderId, int shares, int price) {
        prefix(OrderReplaceEncoder.TEMPLATE_ID, locate);
        replace.wrap(buffer, offset).originalOrderReferenceNumber(orderId)
            .newOrderReferenceNumber(newOrderId)
            .shares(shares).price(price);
        return OrderReplaceEncoder.BLOCK_LENGTH;
    }

    /** A trade with hidden interest: order reference 0 and side B, as the specification says. */
    public int trade(int locate, long stock, int shares, int price, long matchNumber) {
        prefix(TradeEncoder.TEMPLATE_ID, locate);
        trade.wrap(buffer, offset).orderReferenceNumber(0).buySellIndicator(BUY).shares(shares);
        stock(TradeEncoder.stockEncodingOffset(), stock);
        trade.price(price).matchNumber(matchNumber);
        return TradeEncoder.BLOCK_LENGTH;
    }

    public int crossTrade(int locate, long stock, long shares, int price, long matchNumber,
        char crossType) {
        prefix(CrossTradeEncoder.TEMPLATE_ID, locate);
        cross.wrap(buffer, offset).crossShares(shares);
        stock(CrossTradeEncoder.stockEncodingOffset(), stock);
        cross.crossPrice(price).matchNumber(matchNumber).crossType((byte) crossType);
        return CrossTradeEncoder.BLOCK_LENGTH;
    }

    public int brokenTrade(int locate, long matchNumber) {
        prefix(BrokenTradeEncoder.TEMPLATE_ID, locate);
        broken.wrap(buffer, offset).matchNumber(matchNumber);
        return BrokenTradeEncoder.BLOCK_LENGTH;
    }

    /** @param imbalanceShares negative when sellers exceed buyers */
    public int netOrderImbalance(int locate, long stock, long pairedShares, long imbalanceShares,
        int price, char crossType) {
        prefix(NetOrderImbalanceEncoder.TEMPLATE_ID, locate);
        char direction = imbalanceShares == 0 ? 'N' : imbalanceShares > 0 ? 'B' : 'S';
        imbalance.wrap(buffer, offset).pairedShares(pairedShares)
            .imbalanceShares(Math.abs(imbalanceShares))
            .imbalanceDirection((byte) direction);
        stock(NetOrderImbalanceEncoder.stockEncodingOffset(), stock);
        imbalance.farPrice(price).nearPrice(price).currentReferencePrice(price)
            .crossType((byte) crossType)
            .priceVariationIndicator((byte) 'L');
        return NetOrderImbalanceEncoder.BLOCK_LENGTH;
    }

    /** Text of at most eight characters, padded with spaces, as one big-endian number. */
    public static long packed(String text) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (i < text.length() ? text.charAt(i) : ' ');
        }
        return value;
    }

    private static int mpid(String text) {
        return (int) (packed(text) >>> 32);
    }
}
