// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import io.millrace.simulator.FlowDatagrams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One line: a socket of its own, and the impairments between the venue and it. A datagram is copied
 * into one of a fixed number of slots; held slots wait for others to overtake them, the rest stand
 * in line for the socket. The venue gives the next datagram only when nothing waits for the socket,
 * so that a full socket delays and never loses. Owned by the venue's thread.
 */
public final class LineSender implements AutoCloseable {
    private static final int SLOT_LENGTH = 1_536;

    private final WritableByteChannel channel;
    private final LineImpairments impairments;
    private final LineTruth truth = new LineTruth();
    private final ByteBuffer[] memory;
    private final UnsafeBuffer[] buffers;
    private final int[] free;
    private final int[] held;
    private final long[] heldUntil;
    private final int[] outgoing;
    private int freeCount;
    private int heldCount;
    private int outgoingFirst;
    private int outgoingEnd;
    private long index;

    /** Opens the line. */
    public LineSender(LineContext context, VenueNetwork network) {
        impairments = new LineImpairments(context.impairments());
        int slots = context.impairments().reorderDepth() + 2;
        memory = new ByteBuffer[slots];
        buffers = new UnsafeBuffer[slots];
        free = new int[slots];
        held = new int[slots];
        heldUntil = new long[slots];
        outgoing = new int[slots];
        assert FlowDatagrams.MAX_LENGTH <= SLOT_LENGTH;
        for (int slot = 0; slot < slots; slot++) {
            memory[slot] = BufferUtil.allocateDirectAligned(SLOT_LENGTH, 64);
            buffers[slot] = new UnsafeBuffer(memory[slot]);
            release(slot);
        }
        try {
            channel = network.line(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the line did; any thread. */
    public LineTruth truth() {
        return truth;
    }

    /** True when nothing waits for the socket. */
    public boolean isDrained() {
        return outgoingFirst == outgoingEnd;
    }

    /** Takes a datagram with messages, planned at a time since the day's start. */
    public void send(DirectBuffer datagram, int length, int messages, long sinceStartNs) {
        assert isDrained();
        index++;
        truth.increment(LineCount.OFFERED);
        truth.add(LineCount.MESSAGES_OFFERED, messages);
        LineCount loss = impairments.judge(sinceStartNs);
        if (loss == null) {
            pass(datagram, length);
        } else {
            truth.increment(loss);
            truth.add(LineCount.MESSAGES_LOST, messages);
        }
        releaseHeld(index);
        flush();
    }

    /** Takes a heart-beat or end of session; what is held goes out before it. */
    public void sendControl(DirectBuffer datagram, int length, long sinceStartNs) {
        assert isDrained();
        releaseHeld(Long.MAX_VALUE);
        if (impairments.isSilent(sinceStartNs)) {
            truth.increment(LineCount.CONTROL_SILENCED);
        } else {
            truth.increment(LineCount.CONTROL);
            enqueue(copy(datagram, length));
        }
        flush();
    }

    /** Writes what waits as far as the socket takes it. */
    public int flush() {
        int written = 0;
        while (outgoingFirst < outgoingEnd && write(memory[outgoing[outgoingFirst]])) {
            release(outgoing[outgoingFirst++]);
            written++;
        }
        if (isDrained()) {
            outgoingFirst = 0;
            outgoingEnd = 0;
        }
        return written;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pass(DirectBuffer datagram, int length) {
        int slot = copy(datagram, length);
        if (impairments.isCorrupted()) {
            truth.increment(LineCount.CORRUPTED);
            impairments.corrupt(buffers[slot], length);
        }
        if (impairments.isDuplicated()) {
            truth.increment(LineCount.DUPLICATED);
            enqueue(copy(buffers[slot], length));
        }
        int depth = impairments.drawDepth();
        if (depth == 0) {
            enqueue(slot);
        } else {
            truth.increment(LineCount.REORDERED);
            held[heldCount] = slot;
            heldUntil[heldCount++] = index + depth;
        }
    }

    private void releaseHeld(long until) {
        int left = 0;
        for (int i = 0; i < heldCount; i++) {
            if (heldUntil[i] <= until) {
                enqueue(held[i]);
            } else {
                held[left] = held[i];
                heldUntil[left++] = heldUntil[i];
            }
        }
        heldCount = left;
    }

    private int copy(DirectBuffer datagram, int length) {
        int slot = free[--freeCount];
        buffers[slot].putBytes(0, datagram, 0, length);
        memory[slot].limit(length).position(0);
        return slot;
    }

    private void enqueue(int slot) {
        outgoing[outgoingEnd++] = slot;
    }

    private void release(int slot) {
        free[freeCount++] = slot;
    }

    private boolean write(ByteBuffer datagram) {
        try {
            if (channel.write(datagram) == 0) {
                return false;
            }
        } catch (PortUnreachableException nobodyListens) {
            truth.increment(LineCount.UNHEARD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        truth.increment(LineCount.WRITTEN);
        return true;
    }
}
