// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import io.millrace.feed.IngressTap;
import io.millrace.feed.transport.RequestLine;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * From the ingress thread to the recorder: a bounded ring of bytes off-heap. When it is full a
 * packet is not recorded and is counted, and the next of its source that fits tells how many; the
 * feed goes on. The tap's methods belong to the ingress thread, {@link #poll} to the recorder's.
 *
 * <pre>
 *  record:  | timeNs int64 | source int32 | lost before int32 | bytes |
 * </pre>
 */
public final class RecordingQueue implements IngressTap {
    static final int PACKET = 1;
    static final int DISCARDED = 2;
    static final int TIME = 3;

    static final int TIME_OFFSET = 0;
    static final int SOURCE_OFFSET = 8;
    static final int LOST_OFFSET = 12;
    static final int CONTENT_OFFSET = 16;

    /** The source of times. */
    static final int CHAIN = 0;

    private static final int CACHE_LINE = 64;

    private final OneToOneRingBuffer ring;
    private final AtomicCounter lost;
    private final int lineCount;
    /** Packets of each source that were not recorded and not told of yet. */
    private final int[] untold;

    RecordingQueue(RecordingContext context) {
        ring = new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            context.queueLength() + RingBufferDescriptor.TRAILER_LENGTH, CACHE_LINE)));
        lost = context.counters().counter("recorder.lost-by-full-queue");
        lineCount = context.lines().size();
        untold = new int[1 + lineCount + context.servers().size()];
    }

    @Override
    public void onPacket(int line, DirectBuffer buffer, int offset, int length, long timeNs) {
        put(PACKET, 1 + line, buffer, offset, length, timeNs);
    }

    @Override
    public void onDiscarded(int line, DirectBuffer buffer, int offset, int length, long timeNs) {
        put(DISCARDED, 1 + line, buffer, offset, length, timeNs);
    }

    @Override
    public void onAnswer(int server, DirectBuffer buffer, int offset, int length, long timeNs) {
        put(PACKET, 1 + lineCount + server, buffer, offset, length, timeNs);
    }

    @Override
    public void onTime(int line, long timeNs) {
        if (timeNs < 0) {
            return;
        }
        boolean isChain = line == CHAIN_TIME;
        int index = claim(TIME, CHAIN, isChain ? 0 : 1, timeNs);
        if (index >= 0) {
            if (!isChain) {
                ring.buffer().putByte(index + CONTENT_OFFSET, (byte) line);
            }
            ring.commit(index);
        }
    }

    /** The way to a request server, heard. */
    public RequestLine heard(int server, RequestLine line) {
        return new HeardRequestLine(server, line, this);
    }

    /** Packets that found the queue full. Any thread. */
    long lost() {
        return lost.get();
    }

    /** Hands on what waits. Recorder's thread. */
    int poll(MessageHandler handler, int limit) {
        return ring.read(handler, limit);
    }

    private void put(int kind, int source, DirectBuffer buffer, int offset, int length,
                     long timeNs) {
        int index = claim(kind, source, length, timeNs);
        if (index >= 0) {
            ring.buffer().putBytes(index + CONTENT_OFFSET, buffer, offset, length);
            ring.commit(index);
        }
    }

    private int claim(int kind, int source, int length, long timeNs) {
        int index = ring.tryClaim(kind, CONTENT_OFFSET + length);
        if (index < 0) {
            untold[source]++;
            lost.incrementRelease();
            return index;
        }
        ring.buffer().putLong(index + TIME_OFFSET, timeNs);
        ring.buffer().putInt(index + SOURCE_OFFSET, source);
        ring.buffer().putInt(index + LOST_OFFSET, untold[source]);
        untold[source] = 0;
        return index;
    }
}
