// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recovery;

import io.millrace.feed.transport.MulticastReceiver;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one packet that is ahead of all that is known, and not believed yet: its number may have been
 * damaged on its way. It is believed once a second packet agrees with it. Holds the blocks alone,
 * off-heap. Owned by the ingress thread.
 */
final class ClaimedPacket implements NumberedPacket {
    /** Messages that may be missing once more between a claim and the packet that agrees. */
    static final int MAX_DISTANCE = 1_024;
    /** Packets with news from before a claim, after which it is not believed any more. */
    static final int MAX_PASSED = 16;

    private static final int CACHE_LINE = 64;

    private final UnsafeBuffer memory = new UnsafeBuffer(
        BufferUtil.allocateDirectAligned(MulticastReceiver.MAX_DATAGRAM_LENGTH, CACHE_LINE));
    private long sequence;
    private int count;
    private int blocksLength;
    private int line;
    private long receiveTimeNs;
    private int passed;
    private boolean isSet;

    void set(NumberedPacket packet, int claimLine, long claimTimeNs) {
        sequence = packet.sequence();
        count = packet.count();
        blocksLength = count == 0 ? 0 : packet.blocksLength();
        memory.putBytes(0, packet.buffer(), packet.firstBlock(), blocksLength);
        line = claimLine;
        receiveTimeNs = claimTimeNs;
        passed = 0;
        isSet = true;
    }

    void clear() {
        isSet = false;
        blocksLength = 0;
    }

    boolean isSet() {
        return isSet;
    }

    /**
     * True when a packet goes on where the claim ends, or soon behind it; when it ends where the
     * claim begins; and when it holds some of its messages on another line.
     */
    boolean isBorneOutBy(NumberedPacket other, int otherLine) {
        return Long.compareUnsigned(other.sequence() - endSequence(), MAX_DISTANCE) <= 0
            || other.endSequence() == sequence
            || line != otherLine && Long.compareUnsigned(other.sequence(), endSequence()) < 0
            && Long.compareUnsigned(sequence, other.endSequence()) < 0;
    }

    /** True when a packet is the claim itself, repeated on its line: that proves nothing. */
    boolean isRepeatedBy(NumberedPacket other, int otherLine) {
        return line == otherLine && sequence == other.sequence() && count == other.count();
    }

    /** Notes a packet with news from before the claim; true when there were too many of them. */
    boolean isOutlived() {
        passed++;
        return passed > MAX_PASSED;
    }

    int line() {
        return line;
    }

    long receiveTimeNs() {
        return receiveTimeNs;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long endSequence() {
        return sequence + count;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public DirectBuffer buffer() {
        return memory;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return blocksLength;
    }

    @Override
    public int firstBlock() {
        return 0;
    }

    @Override
    public int blocksLength() {
        return blocksLength;
    }
}
