// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.iextp.SegmentHeaderDecoder;
import io.millrace.feed.Malformation;
import io.millrace.feed.recovery.NumberedPacket;
import org.agrona.DirectBuffer;

/**
 * One segment, checked whole before any block of it is believed: version, lengths, numbers, and
 * that the blocks fill the payload exactly. What a refused segment held is missed like a lost one.
 * Valid during the callback. Used by one thread.
 */
final class IexTpSegment implements NumberedPacket {
    static final int HEADER_LENGTH = SegmentHeaderDecoder.BLOCK_LENGTH;
    static final int VERSION = 1;

    private final SegmentHeaderDecoder header = new SegmentHeaderDecoder();
    private DirectBuffer buffer;
    private int offset;
    private int protocolId;
    private long channelId;
    private long sessionId;
    private int payloadLength;
    private int count;
    private long streamOffset;
    private long sequence;
    private long sendTimeNs;
    private int strayBytes;

    /** Points at a segment and checks it; null when it is whole. */
    Malformation wrap(DirectBuffer packet, int packetOffset, int length) {
        if (length < HEADER_LENGTH) {
            return Malformation.SHORT_PACKET;
        }
        readHeader(packet, packetOffset);
        strayBytes = length - HEADER_LENGTH - payloadLength;
        if (header.version() != VERSION) {
            return Malformation.BAD_VERSION;
        }
        if (strayBytes < 0) {
            return Malformation.TRUNCATED_PACKET;
        }
        if (count > 0 && sequence == 0 || isWrapped(sequence, count)
            || isWrapped(streamOffset, payloadLength)) {
            return Malformation.BAD_SEQUENCE;
        }
        return isFilledByBlocks() ? null : Malformation.BAD_LENGTH;
    }

    /** Raw value of the schema's MessageProtocol. */
    int protocolId() {
        return protocolId;
    }

    long channelId() {
        return channelId;
    }

    long sessionId() {
        return sessionId;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long endSequence() {
        return sequence + count;
    }

    /** Place of the first block in the stream, in bytes; unsigned. */
    long streamOffset() {
        return streamOffset;
    }

    /** Place of the first block of the next segment. */
    long nextStreamOffset() {
        return streamOffset + payloadLength;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int firstBlock() {
        return offset + HEADER_LENGTH;
    }

    @Override
    public int blocksLength() {
        return payloadLength;
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return HEADER_LENGTH + payloadLength + strayBytes;
    }

    /** When it was sent, ns since the Unix epoch. */
    long sendTimeNs() {
        return sendTimeNs;
    }

    /** True when no message of its session stands before it. */
    boolean isStart() {
        return streamOffset == 0 && Long.compareUnsigned(sequence, 1) <= 0;
    }

    /** Bytes behind the payload. */
    int strayBytes() {
        return strayBytes;
    }

    private void readHeader(DirectBuffer packet, int packetOffset) {
        buffer = packet;
        offset = packetOffset;
        header.wrap(packet, packetOffset, HEADER_LENGTH, 0);
        protocolId = header.messageProtocolIdRaw();
        channelId = header.channelId();
        sessionId = header.sessionId();
        payloadLength = header.payloadLength();
        count = header.messageCount();
        streamOffset = header.streamOffset();
        sequence = header.firstMessageSequenceNumber();
        sendTimeNs = header.sendTime();
    }

    private boolean isFilledByBlocks() {
        int end = firstBlock() + payloadLength;
        int block = firstBlock();
        for (int i = 0; i < count; i++) {
            if (end - block < PREFIX_LENGTH) {
                return false;
            }
            block += PREFIX_LENGTH + messageLength(block);
            if (block > end) {
                return false;
            }
        }
        return block == end;
    }

    private int messageLength(int block) {
        return buffer.getShort(block, LITTLE_ENDIAN) & 0xFFFF;
    }

    private static boolean isWrapped(long from, int length) {
        return Long.compareUnsigned(from + length, from) < 0;
    }
}
