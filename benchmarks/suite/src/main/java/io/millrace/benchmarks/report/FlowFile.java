// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.report;

import io.millrace.benchmarks.rig.OrderFlowReader;
import io.millrace.codec.itch50.AddOrderDecoder;
import io.millrace.codec.itch50.OrderCancelDecoder;
import io.millrace.codec.itch50.OrderExecutedDecoder;
import io.millrace.codec.itch50.OrderReplaceDecoder;
import io.millrace.simulator.BinaryFileSink;
import io.millrace.simulator.FlowSink;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.OrderFlowContext;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the simulator's flow to a BinaryFILE and notes the side of the order that each message
 * refers to in its tracking number, which the simulator leaves 0; peers read it there. One thread.
 */
final class FlowFile implements FlowSink {
    private static final int ORDER = AddOrderDecoder.orderReferenceNumberEncodingOffset();
    private static final int TRACKING = AddOrderDecoder.trackingNumberEncodingOffset();
    private static final int NEW_ORDER =
        OrderReplaceDecoder.newOrderReferenceNumberEncodingOffset();
    private static final long NONE = 0;

    private final BinaryFileSink file;
    private final Long2LongHashMap sharesAndSide = new Long2LongHashMap(1 << 16, 0.5f, NONE);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[OrderFlow.MAX_MESSAGE_LENGTH]);

    private FlowFile(Path path) {
        file = new BinaryFileSink(path);
    }

    /** Writes a whole day. */
    static void write(Path path, OrderFlowContext context) {
        try (FlowFile sink = new FlowFile(path)) {
            new OrderFlow(context).writeTo(sink);
        }
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length, long timeNs) {
        message.putBytes(0, buffer, offset, length);
        long order = message.getLong(ORDER, ByteOrder.BIG_ENDIAN);
        switch (message.getByte(0)) {
            case 'A', 'F' -> rest(order,
                AddOrderDecoder.sharesEncodingOffset(),
                message.getByte(AddOrderDecoder.buySellIndicatorEncodingOffset()) == 'B'
                    ? OrderFlowReader.TRACKING_BUY : OrderFlowReader.TRACKING_SELL);
            case 'E', 'C' -> reduce(order,
                unsigned(OrderExecutedDecoder.executedSharesEncodingOffset()));
            case 'X' -> reduce(order,
                unsigned(OrderCancelDecoder.canceledSharesEncodingOffset()));
            case 'D' -> note(side(sharesAndSide.remove(order)));
            case 'U' -> rest(
                message.getLong(NEW_ORDER, ByteOrder.BIG_ENDIAN),
                OrderReplaceDecoder.sharesEncodingOffset(), side(sharesAndSide.remove(order)));
            default -> { }
        }
        file.onMessage(message, 0, length, timeNs);
    }

    @Override
    public void close() {
        file.close();
    }

    private void rest(long order, int sharesOffset, int side) {
        sharesAndSide.put(order, unsigned(sharesOffset) << 2 | side);
        note(side);
    }

    private void reduce(long order, long shares) {
        long resting = sharesAndSide.get(order);
        note(side(resting));
        if (resting >>> 2 > shares) {
            sharesAndSide.put(order, resting - (shares << 2));
        } else {
            sharesAndSide.remove(order);
        }
    }

    private void note(int side) {
        message.putShort(TRACKING, (short) side, ByteOrder.BIG_ENDIAN);
    }

    private long unsigned(int offset) {
        return message.getInt(offset, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL;
    }

    private static int side(long sharesAndSide) {
        return (int) sharesAndSide & 3;
    }
}
