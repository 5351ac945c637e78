// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.topic;

import io.millrace.feed.TradingDate;
import io.millrace.simulator.FlowSink;
import io.millrace.simulator.OrderFlow;
import org.agrona.concurrent.UnsafeBuffer;

/** A day of order flow, as fast as it is taken. One thread. */
public final class FlowMessages implements SimulatedMessages {
    private static final int MESSAGES_PER_STEP = 256;

    private final OrderFlow flow;
    private final TradingDate date;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[OrderFlow.MAX_MESSAGE_LENGTH]);
    private final long firstTimeNs;
    private int length;

    /** @param flow of which nothing was taken yet */
    public FlowMessages(OrderFlow flow, TradingDate date) {
        this.flow = flow;
        this.date = date;
        length = flow.next(message, 0);
        firstTimeNs = date.midnightNs() + flow.timeNs();
    }

    @Override
    public TradingDate date() {
        return date;
    }

    @Override
    public long firstTimeNs() {
        return firstTimeNs;
    }

    @Override
    public int handOn(FlowSink sink) {
        int count = 0;
        while (count < MESSAGES_PER_STEP && length > 0) {
            sink.onMessage(message, 0, length, flow.timeNs());
            length = flow.next(message, 0);
            count++;
        }
        return count;
    }

    @Override
    public boolean isDone() {
        return length == 0;
    }
}
