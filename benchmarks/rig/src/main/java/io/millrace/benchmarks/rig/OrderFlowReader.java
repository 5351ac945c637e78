// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.rig;

import io.millrace.codec.itch50.AddOrderDecoder;
import io.millrace.codec.itch50.OrderCancelDecoder;
import io.millrace.codec.itch50.OrderExecutedDecoder;
import io.millrace.codec.itch50.OrderReplaceDecoder;
import java.nio.ByteBuffer;

/**
 * The cheapest way from ITCH 5.0 bytes to a peer's book: only the fields a book needs, read
 * straight from the buffer at the schema's offsets. The side of an order that a message refers to
 * stands in its tracking number, so that no peer has to remember it. No state; one thread.
 */
public final class OrderFlowReader {
    /** Tracking number of a message that refers to a buy order. */
    public static final int TRACKING_BUY = 1;
    /** Tracking number of a message that refers to a sell order. */
    public static final int TRACKING_SELL = 2;

    private static final int LOCATE = AddOrderDecoder.stockLocateEncodingOffset();
    private static final int TRACKING = AddOrderDecoder.trackingNumberEncodingOffset();
    private static final int ORDER = AddOrderDecoder.orderReferenceNumberEncodingOffset();
    private static final int ADD_SIDE = AddOrderDecoder.buySellIndicatorEncodingOffset();
    private static final int ADD_SHARES = AddOrderDecoder.sharesEncodingOffset();
    private static final int ADD_PRICE = AddOrderDecoder.priceEncodingOffset();
    private static final int EXECUTED = OrderExecutedDecoder.executedSharesEncodingOffset();
    private static final int CANCELED = OrderCancelDecoder.canceledSharesEncodingOffset();
    private static final int NEW_ORDER =
        OrderReplaceDecoder.newOrderReferenceNumberEncodingOffset();
    private static final int NEW_SHARES = OrderReplaceDecoder.sharesEncodingOffset();
    private static final int NEW_PRICE = OrderReplaceDecoder.priceEncodingOffset();

    private OrderFlowReader() {
    }

    /** Tells a book all messages of a chunk. */
    public static void read(ByteBuffer chunk, OrderFlow flow) {
        int limit = chunk.limit();
        int offset = 0;
        while (offset < limit) {
            int length = chunk.getShort(offset) & 0xFFFF;
            message(chunk, offset + MessageFile.LENGTH_BYTES, flow);
            offset += MessageFile.LENGTH_BYTES + length;
        }
    }

    private static void message(ByteBuffer chunk, int at, OrderFlow flow) {
        int locate = chunk.getShort(at + LOCATE) & 0xFFFF;
        switch (chunk.get(at)) {
            case 'A', 'F' -> flow.add(locate, chunk.getLong(at + ORDER),
                chunk.get(at + ADD_SIDE) == 'B', unsigned(chunk, at + ADD_SHARES),
                unsigned(chunk, at + ADD_PRICE));
            case 'E', 'C' -> flow.reduce(locate, chunk.getLong(at + ORDER), isBuy(chunk, at),
                unsigned(chunk, at + EXECUTED));
            case 'X' -> flow.reduce(locate, chunk.getLong(at + ORDER), isBuy(chunk, at),
                unsigned(chunk, at + CANCELED));
            case 'D' -> flow.delete(locate, chunk.getLong(at + ORDER), isBuy(chunk, at));
            case 'U' -> replace(chunk, at, locate, flow);
            case 'R' -> flow.security(locate);
            default -> { }
        }
    }

    private static void replace(ByteBuffer chunk, int at, int locate, OrderFlow flow) {
        boolean isBuy = isBuy(chunk, at);
        flow.delete(locate, chunk.getLong(at + ORDER), isBuy);
        flow.add(locate, chunk.getLong(at + NEW_ORDER), isBuy, unsigned(chunk, at + NEW_SHARES),
            unsigned(chunk, at + NEW_PRICE));
    }

    private static boolean isBuy(ByteBuffer chunk, int at) {
        return chunk.getShort(at + TRACKING) == TRACKING_BUY;
    }

    private static long unsigned(ByteBuffer chunk, int at) {
        return chunk.getInt(at) & 0xFFFF_FFFFL;
    }
}
