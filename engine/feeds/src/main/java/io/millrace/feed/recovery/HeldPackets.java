// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import static org.agrona.BitUtil.align;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets that came before their turn, held off-heap in the order of their sequences until what is
 * missing before them came or is lost. Bounded in packets and bytes; what does not fit is refused.
 * No packet is held that others cover; two may overlap. Sequences are unsigned. Memory is handed
 * out from one end; what was given back is won by moving the rest together, at most once for each
 * quarter of it that was filled. Owned by the ingress thread.
 *
 * <pre>
 *  record:  | id int32 | length int32 | content, padded to 8 bytes |
 * </pre>
 */
public final class HeldPackets {
    private static final int ID_OFFSET = 0;
    private static final int LENGTH_OFFSET = Integer.BYTES;
    private static final int CONTENT_OFFSET = 2 * Integer.BYTES;
    private static final int ALIGNMENT = 8;
    private static final int CACHE_LINE = 64;
    private static final int NONE = -1;

    private final UnsafeBuffer memory;
    private final int limit;
    private final long[] firsts;
    private final long[] ends;
    private final long[] timesNs;
    private final int[] contents;
    private final byte[] lines;
    private final int[] freeIds;
    /** Ids by sequence, from head on. */
    private final int[] order;
    private int head;
    private int size;
    private int tail;
    private int liveBytes;

    /**
     * @param packets     most packets
     * @param lengthBytes most bytes, with 8 for each packet
     */
    public HeldPackets(int packets, int lengthBytes) {
        memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(lengthBytes, CACHE_LINE));
        limit = packets;
        firsts = new long[packets];
        ends = new long[packets];
        timesNs = new long[packets];
        contents = new int[packets];
        lines = new byte[packets];
        freeIds = new int[packets];
        order = new int[2 * packets];
        for (int i = 0; i < packets; i++) {
            freeIds[i] = i;
            contents[i] = NONE;
        }
    }

    /** Packets held now. */
    public int size() {
        return size;
    }

    /** True when nothing is held. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Bytes held now. */
    public int lengthBytes() {
        return liveBytes;
    }

    /** True when a packet of so many bytes fits. */
    public boolean hasRoom(int length) {
        return size < limit && (fitsBehind(length) || fitsAfterCompaction(length));
    }

    /**
     * Holds a packet of at least one message that no others cover; {@link #hasRoom} was asked
     * before. Packets that it covers are given back.
     *
     * @param source offset and length of the message blocks within it
     * @param line   that it came on, 0 for the answer to a request
     * @return messages that were held twice and are now held once
     */
    public long add(long first, long end, DirectBuffer source, int offset, int length, long timeNs,
                    int line) {
        assert hasRoom(length);
        assert !covers(first, end);
        if (!fitsBehind(length)) {
            compact();
        }
        int id = freeIds[size];
        insert(lastAtOrBelow(first) + 1, id);
        int record = tail;
        tail += recordLength(length);
        liveBytes += recordLength(length);
        memory.putInt(record + ID_OFFSET, id);
        memory.putInt(record + LENGTH_OFFSET, length);
        memory.putBytes(record + CONTENT_OFFSET, source, offset, length);
        firsts[id] = first;
        ends[id] = end;
        timesNs[id] = timeNs;
        contents[id] = record + CONTENT_OFFSET;
        lines[id] = (byte) line;
        return dropCovered(first, end);
    }

    /** The memory that {@link #content()} points into. */
    public DirectBuffer buffer() {
        return memory;
    }

    /** First sequence of the packet held first. */
    public long firstSequence() {
        return firsts[order[head]];
    }

    /** Sequence behind the last message of the packet held first. */
    public long endSequence() {
        return ends[order[head]];
    }

    /** Offset of the message blocks of the packet held first. */
    public int content() {
        return contents[order[head]];
    }

    /** Receive time of the packet held first. */
    public long receiveTimeNs() {
        return timesNs[order[head]];
    }

    /** Line that the packet held first came on, 0 for the answer to a request. */
    public int line() {
        return lines[order[head]];
    }

    /** Gives the packet held first back. */
    public void removeFirst() {
        free(order[head]);
        head++;
        size--;
        freeIds[size] = order[head - 1];
        if (size == 0) {
            head = 0;
            tail = 0;
        }
    }

    /** True when all messages from a sequence to another are held. */
    public boolean covers(long from, long to) {
        return firstMissing(from, to) == to;
    }

    /** First sequence within a range that is not held; its end when all are. */
    public long firstMissing(long from, long to) {
        long missing = from;
        for (int i = Math.max(0, lastAtOrBelow(from)); i < size; i++) {
            int id = order[head + i];
            if (Long.compareUnsigned(missing, firsts[id]) < 0) {
                break;
            }
            missing = Long.compareUnsigned(missing, ends[id]) < 0 ? ends[id] : missing;
            if (Long.compareUnsigned(to, missing) <= 0) {
                return to;
            }
        }
        return missing;
    }

    /** First held sequence above one that is not held; a limit when there is none below that. */
    public long nextHeld(long missing, long below) {
        int next = lastAtOrBelow(missing) + 1;
        if (next == size) {
            return below;
        }
        long first = firsts[order[head + next]];
        return Long.compareUnsigned(first, below) < 0 ? first : below;
    }

    /** Place of the last packet that begins at or below a sequence, or -1. */
    private int lastAtOrBelow(long sequence) {
        if (size > 0 && Long.compareUnsigned(firsts[order[head + size - 1]], sequence) <= 0) {
            return size - 1;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Long.compareUnsigned(firsts[order[head + middle]], sequence) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void insert(int place, int id) {
        if (head + size == order.length) {
            System.arraycopy(order, head, order, 0, size);
            head = 0;
        }
        System.arraycopy(order, head + place, order, head + place + 1, size - place);
        order[head + place] = id;
        size++;
    }

    /** Of a packet just added: gives back those beside it whose messages it holds as well. */
    private long dropCovered(long first, long end) {
        int place = lastAtOrBelow(first);
        boolean hasTwin = place > 0 && firsts[order[head + place - 1]] == first;
        int to = place + 1;
        while (to < size && Long.compareUnsigned(ends[order[head + to]], end) <= 0) {
            to++;
        }
        long dropped = drop(place + 1, to);
        return hasTwin ? dropped + drop(place - 1, place) : dropped;
    }

    private long drop(int from, int to) {
        long dropped = 0;
        for (int i = from; i < to; i++) {
            int id = order[head + i];
            dropped += ends[id] - firsts[id];
            free(id);
            freeIds[size - 1 - (i - from)] = id;
        }
        System.arraycopy(order, head + to, order, head + from, size - to);
        size -= to - from;
        return dropped;
    }

    private void free(int id) {
        int record = contents[id] - CONTENT_OFFSET;
        liveBytes -= recordLength(memory.getInt(record + LENGTH_OFFSET));
        contents[id] = NONE;
    }

    private boolean fitsBehind(int length) {
        return tail + recordLength(length) <= memory.capacity();
    }

    private boolean fitsAfterCompaction(int length) {
        return liveBytes <= memory.capacity() / 4 * 3
            && liveBytes + recordLength(length) <= memory.capacity();
    }

    private void compact() {
        int to = 0;
        for (int record = 0; record < tail;) {
            int id = memory.getInt(record + ID_OFFSET);
            int length = recordLength(memory.getInt(record + LENGTH_OFFSET));
            if (contents[id] == record + CONTENT_OFFSET) {
                memory.putBytes(to, memory, record, length);
                contents[id] = to + CONTENT_OFFSET;
                to += length;
            }
            record += length;
        }
        tail = to;
    }

    private static int recordLength(int length) {
        return CONTENT_OFFSET + align(length, ALIGNMENT);
    }
}
