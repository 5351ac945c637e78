// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * What stateful classes save themselves into, little-endian, part by part; a {@link StateReader}
 * takes the same parts in the same order. Allocates nothing after construction. One thread.
 */
public final class StateWriter {
    /** Bytes that a sink gets at once. */
    static final int PIECE_LENGTH = 1 << 16;

    private final StateSink sink;
    private final ByteBuffer piece =
        ByteBuffer.allocateDirect(PIECE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final long address = BufferUtil.address(piece);

    /** @param sink where the state goes */
    public StateWriter(StateSink sink) {
        this.sink = sink;
    }

    /** Begins a part, so that a reader knows where it is; 1 to 8 ASCII characters. */
    public void begin(String part) {
        putLong(tag(part));
    }

    public void putInt(int value) {
        reserve(Integer.BYTES);
        piece.putInt(value);
    }

    public void putLong(long value) {
        reserve(Long.BYTES);
        piece.putLong(value);
    }

    /** Writes all bytes of an array whose length the reader knows. */
    public void putBytes(byte[] bytes) {
        for (int offset = 0; offset < bytes.length;) {
            reserve(1);
            int length = Math.min(bytes.length - offset, piece.remaining());
            piece.put(bytes, offset, length);
            offset += length;
        }
    }

    /** Writes off-heap memory whose length the reader knows. */
    public void putMemory(long from, long length) {
        for (long offset = 0; offset < length;) {
            reserve(1);
            int run = (int) Math.min(length - offset, piece.remaining());
            UnsafeApi.copyMemory(from + offset, address + piece.position(), run);
            piece.position(piece.position() + run);
            offset += run;
        }
    }

    /** Hands all that was written to the sink. */
    public void flush() {
        piece.flip();
        if (piece.hasRemaining()) {
            sink.write(piece);
        }
        piece.clear();
    }

    private void reserve(int length) {
        if (piece.remaining() < length) {
            flush();
        }
    }

    static long tag(String part) {
        long tag = 0;
        for (int i = 0; i < part.length(); i++) {
            tag |= (part.charAt(i) & 0x7FL) << i * Byte.SIZE;
        }
        return tag;
    }
}
