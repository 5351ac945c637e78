// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps messages in one direct buffer as a BinaryFILE holds them: length of two bytes,
 * big-endian, then the message. Written by one thread, then read by any.
 */
public final class MessageMemory implements FlowSink {
    private final UnsafeBuffer buffer;
    private int length;
    private int messages;

    /** @param capacity bytes; {@link #capacityFor} tells how many a flow needs at most */
    public MessageMemory(int capacity) {
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
    }

    /** Enough bytes for so many messages of order flow, which have 30 bytes on average. */
    public static int capacityFor(long messages) {
        return Math.toIntExact(messages * 40 + (1 << 20));
    }

    @Override
    public void onMessage(DirectBuffer source, int offset, int messageLength, long timeNs) {
        buffer.putShort(length, (short) messageLength, BIG_ENDIAN);
        buffer.putBytes(length + Short.BYTES, source, offset, messageLength);
        length += Short.BYTES + messageLength;
        messages++;
    }

    @Override
    public void close() {
        // The messages stay readable.
    }

    /** The bytes from 0 to {@link #length()}. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Bytes written. */
    public int length() {
        return length;
    }

    /** Messages written. */
    public int messages() {
        return messages;
    }
}
