// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.line;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.itch50.AddOrderDecoder;
import io.millrace.codec.itch50.OrderCancelDecoder;
import io.millrace.codec.itch50.OrderDeleteDecoder;
import io.millrace.codec.itch50.OrderExecutedDecoder;
import io.millrace.codec.itch50.OrderReplaceDecoder;
import io.millrace.codec.itch50.Timestamp48Decoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads every field of every ITCH 5.0 message through the generated flyweights and sums them up.
 * Text fields count as big-endian integers; a message that is too short for its type is left out.
 * One thread.
 */
public final class FlyweightSum {
    private static final int LENGTH_BYTES = 2;
    private static final int TIME_WORD_OFFSET = AddOrderDecoder.timestampEncodingOffset()
        + Timestamp48Decoder.ENCODED_LENGTH - Long.BYTES;

    private final AddOrderDecoder addOrder = new AddOrderDecoder();
    private final OrderDeleteDecoder orderDelete = new OrderDeleteDecoder();
    private final OrderExecutedDecoder orderExecuted = new OrderExecutedDecoder();
    private final OrderReplaceDecoder orderReplace = new OrderReplaceDecoder();
    private final OrderCancelDecoder orderCancel = new OrderCancelDecoder();
    private final RareFlyweightSum rare = new RareFlyweightSum();
    private long sum;

    /** Reads all messages of a buffer from here to there, each behind its length. */
    public void read(UnsafeBuffer buffer, int from, int to) {
        long total = 0;
        int at;
        int length;
        for (int offset = from; offset < to; offset = at + length) {
            length = buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
            at = offset + LENGTH_BYTES;
            switch (buffer.getByte(at)) {
                case 'A' -> total += isWhole(length, AddOrderDecoder.BLOCK_LENGTH)
                    ? addOrder(addOrder.wrap(buffer, at, length, 0)) : 0;
                case 'D' -> total += isWhole(length, OrderDeleteDecoder.BLOCK_LENGTH)
                    ? orderDelete(orderDelete.wrap(buffer, at, length, 0)) : 0;
                case 'E' -> total += isWhole(length, OrderExecutedDecoder.BLOCK_LENGTH)
                    ? orderExecuted(orderExecuted.wrap(buffer, at, length, 0)) : 0;
                case 'U' -> total += isWhole(length, OrderReplaceDecoder.BLOCK_LENGTH)
                    ? orderReplace(orderReplace.wrap(buffer, at, length, 0)) : 0;
                case 'X' -> total += isWhole(length, OrderCancelDecoder.BLOCK_LENGTH)
                    ? orderCancel(orderCancel.wrap(buffer, at, length, 0)) : 0;
                default -> rare.onMessage(buffer, at, length);
            }
        }
        sum += total;
    }

    /** Sum of all fields so far, those of cross trades apart. */
    public long sum() {
        return sum + rare.sum();
    }

    /** Sum of the fields of cross trades; juncture 1.0.0 takes half of their shares for all. */
    public long crossTradeSum() {
        return rare.crossTradeSum();
    }

    private static boolean isWhole(int length, int blockLength) {
        return length >= blockLength;
    }

    private static long addOrder(AddOrderDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.orderReferenceNumber()
            + message.buySellIndicator() + message.shares()
            + text8(message.buffer(), message.offset() + AddOrderDecoder.stockEncodingOffset())
            + message.price();
    }

    private static long orderDelete(OrderDeleteDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.orderReferenceNumber();
    }

    private static long orderExecuted(OrderExecutedDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.orderReferenceNumber()
            + message.executedShares() + message.matchNumber();
    }

    private static long orderReplace(OrderReplaceDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.originalOrderReferenceNumber()
            + message.newOrderReferenceNumber() + message.shares() + message.price();
    }

    private static long orderCancel(OrderCancelDecoder message) {
        return message.stockLocate() + message.trackingNumber()
            + time(message.buffer(), message.offset()) + message.orderReferenceNumber()
            + message.canceledShares();
    }

    /** High and low part of the time, which all types have at the same place, with one load. */
    static long time(DirectBuffer buffer, int offset) {
        long time = buffer.getLong(offset + TIME_WORD_OFFSET, BIG_ENDIAN);
        return (time >>> Integer.SIZE & 0xFFFF) + (time & 0xFFFF_FFFFL);
    }

    private static long text8(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset, BIG_ENDIAN);
    }
}
