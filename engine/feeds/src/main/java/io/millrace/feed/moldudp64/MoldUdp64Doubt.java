// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import io.millrace.feed.transport.MulticastReceiver;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one packet that was set aside because nobody should be believed alone with such a number: it
 * is absurdly far ahead, or begins another session. A second packet that goes on from it, or tells
 * the same on another line, confirms it. Owned by the ingress thread.
 */
final class MoldUdp64Doubt {
    /** Messages that one packet alone may be ahead by; of a longer jump a second one must tell. */
    static final long MAX_BELIEVED_JUMP = 1_000_000;

    private static final int CACHE_LINE = 64;

    private final UnsafeBuffer memory = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(MulticastReceiver.MAX_DATAGRAM_LENGTH, CACHE_LINE));
    private final MoldUdp64Packet packet = new MoldUdp64Packet();
    private int length;
    private int line;
    private long receiveTimeNs;

    /** Sets a packet aside in place of any other. */
    void set(MoldUdp64Packet doubted, int doubtedLine, long doubtedTimeNs) {
        length = doubted.length();
        memory.putBytes(0, doubted.buffer(), doubted.offset(), length);
        packet.wrap(memory, 0, length);
        line = doubtedLine;
        receiveTimeNs = doubtedTimeNs;
    }

    void clear() {
        length = 0;
    }

    boolean isConfirmedBy(MoldUdp64Packet other, int otherLine) {
        return length > 0 && packet.sessionHigh() == other.sessionHigh()
            && packet.sessionLow() == other.sessionLow()
            && (isWithinJump(packet.endSequence(), other.sequence())
            || line != otherLine && isWithinJump(packet.sequence(), other.sequence()));
    }

    MoldUdp64Packet packet() {
        return packet;
    }

    int line() {
        return line;
    }

    long receiveTimeNs() {
        return receiveTimeNs;
    }

    /** Bytes of the packet, 0 when none is set aside. */
    int length() {
        return length;
    }

    static boolean isWithinJump(long from, long to) {
        return Long.compareUnsigned(to - from, MAX_BELIEVED_JUMP) <= 0;
    }
}
