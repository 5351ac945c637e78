// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.jmh;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.simulator.MessageMemory;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.OrderFlowContext;
import org.agrona.concurrent.UnsafeBuffer;

/** A simulated day in memory and where its messages begin, for benchmarks of single messages. */
final class SimulatedMessages {
    private final MessageMemory memory;
    private final UnsafeBuffer buffer;
    private final int[] offsets;

    SimulatedMessages(int symbols, int liveOrders, int messages) {
        OrderFlowContext context = new OrderFlowContext().symbols(symbols).liveOrders(liveOrders)
            .messages(messages);
        memory = new MessageMemory(MessageMemory.capacityFor(messages));
        new OrderFlow(context).writeTo(memory);
        buffer = new UnsafeBuffer(memory.buffer(), 0, memory.length());
        offsets = new int[memory.messages()];
        int offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            int length = buffer.getShort(offset, BIG_ENDIAN);
            offsets[i] = offset + Short.BYTES;
            offset += Short.BYTES + length;
        }
    }

    /** Number of messages. */
    int count() {
        return offsets.length;
    }

    /** The memory that holds them. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Bytes of all messages and their lengths. */
    int length() {
        return memory.length();
    }

    /** Where a message begins. */
    int offset(int index) {
        return offsets[index];
    }

    /** Bytes of a message. */
    int length(int index) {
        return buffer.getShort(offsets[index] - Short.BYTES, BIG_ENDIAN);
    }
}
