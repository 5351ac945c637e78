// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.wire;

import io.millrace.benchmarks.rig.MessageFile;
import io.millrace.codec.itch50.SystemEventEncoder;
import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message file as MoldUDP64 datagrams of a fixed number of messages, from its first message on;
 * every message of a datagram carries the time at which that is to be sent. Sender's thread.
 */
final class WireFlow {
    /** Longest datagram. */
    static final int MAX_LENGTH = 2_048;

    private static final int HIGH_BITS = 32;
    private static final long LOW_MASK = 0xFFFF_FFFFL;

    private final MessageFile messages;
    private final int perDatagram;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(MAX_LENGTH);
    private final UnsafeBuffer datagram = new UnsafeBuffer(memory);
    private final UnsafeBuffer source = new UnsafeBuffer(0, 0);
    private final MoldUdp64PacketEncoder encoder = new MoldUdp64PacketEncoder("BENCH");
    private final SystemEventEncoder head = new SystemEventEncoder();
    private ByteBuffer chunk;
    private int nextChunk;
    private int offset;
    private long count;

    WireFlow(MessageFile messages, int perDatagram) {
        this.messages = messages;
        this.perDatagram = perDatagram;
        open();
    }

    /** The next datagram; valid until the one after it. */
    ByteBuffer next(long timeOfDayNs) {
        encoder.begin(datagram, 0, MAX_LENGTH, count + 1);
        for (int i = 0; i < perDatagram; i++) {
            if (offset == chunk.capacity()) {
                open();
            }
            append(timeOfDayNs);
        }
        count += perDatagram;
        return memory.limit(encoder.length()).position(0);
    }

    /** Messages so far. */
    long count() {
        return count;
    }

    private void append(long timeOfDayNs) {
        int length = chunk.getShort(offset) & 0xFFFF;
        int at = encoder.claim(length);
        datagram.putBytes(at, source, offset + MessageFile.LENGTH_BYTES, length);
        head.wrap(datagram, at).timestamp().high((int) (timeOfDayNs >>> HIGH_BITS))
            .low(timeOfDayNs & LOW_MASK);
        offset += MessageFile.LENGTH_BYTES + length;
    }

    private void open() {
        if (nextChunk == messages.chunkCount()) {
            throw new IllegalStateException("the flow has ended after " + count + " messages");
        }
        chunk = messages.chunk(nextChunk++);
        source.wrap(chunk);
        offset = 0;
    }
}
