// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * What stateful classes restore themselves from: the parts that a {@link StateWriter} took, in the
 * same order. It believes no number: whatever is not as it can be is a {@link StateException}. One
 * thread.
 */
public final class StateReader {
    private final StateSource source;
    private final ByteBuffer piece =
        ByteBuffer.allocateDirect(StateWriter.PIECE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final long address = BufferUtil.address(piece);
    private String part = "state";

    /** @param source where the state comes from */
    public StateReader(StateSource source) {
        this.source = source;
        piece.limit(0);
    }

    /** Begins a part; refuses another one. */
    public void begin(String expected) {
        if (getLong() != StateWriter.tag(expected)) {
            throw refuse("is not followed by '" + expected + "'");
        }
        part = expected;
    }

    public int getInt() {
        require(Integer.BYTES);
        return piece.getInt();
    }

    public long getLong() {
        require(Long.BYTES);
        return piece.getLong();
    }

    /** A number that must be within a range. */
    public int getInt(String what, int least, int most) {
        int value = getInt();
        if (value < least || value > most) {
            throw refuse(what + " " + value + " is not from " + least + " to " + most);
        }
        return value;
    }

    /** A size that must be the one that this process has. */
    public void expect(String what, int expected) {
        int value = getInt();
        if (value != expected) {
            throw refuse(what + " is " + value + ", here " + expected);
        }
    }

    /** Fills an array. */
    public void getBytes(byte[] bytes) {
        for (int offset = 0; offset < bytes.length;) {
            require(1);
            int length = Math.min(bytes.length - offset, piece.remaining());
            piece.get(bytes, offset, length);
            offset += length;
        }
    }

    /** Fills off-heap memory. */
    public void getMemory(long to, long length) {
        for (long offset = 0; offset < length;) {
            require(1);
            int run = (int) Math.min(length - offset, piece.remaining());
            UnsafeApi.copyMemory(address + piece.position(), to + offset, run);
            piece.position(piece.position() + run);
            offset += run;
        }
    }

    /** Refuses anything that follows. */
    public void end() {
        fill();
        if (piece.hasRemaining()) {
            throw refuse("is followed by more than belongs to it");
        }
    }

    /** The exception for a part that cannot be as it is. */
    public StateException refuse(String reason) {
        return new StateException("saved state, part '" + part + "': " + reason);
    }

    private void require(int length) {
        if (piece.remaining() < length) {
            fill();
            if (piece.remaining() < length) {
                throw refuse("is cut off");
            }
        }
    }

    private void fill() {
        piece.compact();
        int before;
        do {
            before = piece.position();
            source.read(piece);
        } while (piece.hasRemaining() && piece.position() > before);
        piece.flip();
    }
}
