// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos.wire;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Datagrams on their way, each until its time: a bounded number of slots; what finds none is lost
 * and counted, as in the buffer of a socket. One thread.
 */
final class DatagramQueue {
    private static final int SLOT_LENGTH = 2_048;

    private final UnsafeBuffer memory;
    private final int[] lengths;
    private final long[] dueNs;
    /** Slots by time, those in use first; the free ones behind them. */
    private final int[] order;
    private int count;
    private long overflows;

    DatagramQueue(int slots) {
        memory = new UnsafeBuffer(ByteBuffer.allocateDirect(slots * SLOT_LENGTH));
        lengths = new int[slots];
        dueNs = new long[slots];
        order = new int[slots];
        for (int i = 0; i < slots; i++) {
            order[i] = i;
        }
    }

    /** Takes a copy. */
    void add(DirectBuffer source, int offset, int length, long atNs) {
        if (count == order.length) {
            overflows++;
            return;
        }
        int slot = order[count];
        memory.putBytes(slot * SLOT_LENGTH, source, offset, length);
        insert(slot, length, atNs);
    }

    /** Takes a copy of what remains in a buffer. */
    void add(ByteBuffer source, long atNs) {
        int length = source.remaining();
        if (count == order.length) {
            overflows++;
            source.position(source.limit());
            return;
        }
        int slot = order[count];
        memory.putBytes(slot * SLOT_LENGTH, source, length);
        insert(slot, length, atNs);
    }

    /** True when the first one's time has come. */
    boolean isDue(long nowNs) {
        return count > 0 && dueNs[order[0]] <= nowNs;
    }

    DirectBuffer buffer() {
        return memory;
    }

    /** Where the first one begins within {@link #buffer()}. */
    int offset() {
        return order[0] * SLOT_LENGTH;
    }

    int length() {
        return lengths[order[0]];
    }

    /** Forgets the first one; its bytes stay until another one is added. */
    void remove() {
        int slot = order[0];
        count--;
        System.arraycopy(order, 1, order, 0, count);
        order[count] = slot;
    }

    void clear() {
        count = 0;
    }

    /** Datagrams that found no room. */
    long overflows() {
        return overflows;
    }

    private void insert(int slot, int length, long atNs) {
        lengths[slot] = length;
        dueNs[slot] = atNs;
        int place = count;
        while (place > 0 && dueNs[order[place - 1]] > atNs) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = slot;
        count++;
    }
}
