// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A saved state in memory. What was prepared is written without allocating anything, and what it
 * cannot hold is refused, unless it may grow. Written by one thread, then handed over whole.
 */
public final class StateMemory implements StateSink {
    private static final int BLOCK_LENGTH = 1 << 20;

    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final boolean isGrowing;
    private long length;

    private StateMemory(boolean isGrowing) {
        this.isGrowing = isGrowing;
    }

    /** Memory for as many bytes, rounded up, and no more. */
    public static StateMemory prepared(long bytes) {
        StateMemory memory = new StateMemory(false);
        memory.prepare(bytes);
        return memory;
    }

    /** Memory that grows while it is written. */
    public static StateMemory growing() {
        return new StateMemory(true);
    }

    /** Memory for as many bytes in all, unless it is there. Before anything is written. */
    public void prepare(long bytes) {
        while (capacity() < bytes) {
            grow();
        }
    }

    @Override
    public void write(ByteBuffer piece) {
        while (isGrowing && piece.remaining() > capacity() - length) {
            grow();
        }
        if (piece.remaining() > capacity() - length) {
            throw new StateException("a state is longer than the " + capacity()
                + " bytes prepared for it");
        }
        int limit = piece.limit();
        while (piece.position() < limit) {
            ByteBuffer block = blocks.get((int) (length / BLOCK_LENGTH));
            int run = Math.min(limit - piece.position(), block.remaining());
            block.put(piece.limit(piece.position() + run));
            length += run;
        }
    }

    /** Reads what it holds from the first byte. Several may read at once, nobody may write. */
    public StateSource source() {
        List<ByteBuffer> written = new ArrayList<>();
        blocks.forEach(block -> written.add(block.duplicate().flip()));
        return piece -> written.forEach(block -> move(block, piece));
    }

    /** Bytes that it holds. */
    public long length() {
        return length;
    }

    /** Bytes that it can hold. */
    public long capacity() {
        return (long) blocks.size() * BLOCK_LENGTH;
    }

    private void grow() {
        blocks.add(ByteBuffer.allocateDirect(BLOCK_LENGTH));
    }

    private static void move(ByteBuffer from, ByteBuffer to) {
        int run = Math.min(from.remaining(), to.remaining());
        to.put(from.slice(from.position(), run));
        from.position(from.position() + run);
    }
}
