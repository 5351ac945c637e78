// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import io.millrace.feed.Malformation;
import io.millrace.feed.recovery.NumberedPacket;
import org.agrona.DirectBuffer;

/**
 * One downstream packet, checked whole before any block of it is believed: a datagram whose blocks
 * do not add up was damaged or is of another protocol, so that none of it counts, and what it held
 * is missed like a lost one and can be healed like one. Valid during the callback. Used by one
 * thread.
 */
final class MoldUdp64Packet implements NumberedPacket {
    static final int HEADER_LENGTH = PacketHeaderDecoder.BLOCK_LENGTH;
    static final int END_OF_SESSION = 0xFFFF;

    private static final int SESSION_HIGH_OFFSET = PacketHeaderDecoder.sessionEncodingOffset();
    private static final int SESSION_LOW_OFFSET = SESSION_HIGH_OFFSET + Long.BYTES;

    private final PacketHeaderDecoder header = new PacketHeaderDecoder();
    private DirectBuffer buffer;
    private int offset;
    private int end;
    private int count;
    private boolean isEndOfSession;
    private long sequence;
    private int strayBytes;

    /** Points at a packet and checks it; null when it is whole. */
    Malformation wrap(DirectBuffer packet, int packetOffset, int length) {
        buffer = packet;
        offset = packetOffset;
        end = packetOffset + length;
        if (length < HEADER_LENGTH) {
            return Malformation.SHORT_PACKET;
        }
        header.wrap(packet, packetOffset, HEADER_LENGTH, 0);
        sequence = header.sequenceNumber();
        count = header.messageCount();
        isEndOfSession = count == END_OF_SESSION;
        count = isEndOfSession ? 0 : count;
        if (count > 0 && (sequence == 0 || Long.compareUnsigned(sequence + count, sequence) < 0)) {
            return Malformation.BAD_SEQUENCE;
        }
        return holdsAllBlocks() ? null : Malformation.TRUNCATED_PACKET;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public int count() {
        return count;
    }

    boolean isEndOfSession() {
        return isEndOfSession;
    }

    @Override
    public int firstBlock() {
        return offset + HEADER_LENGTH;
    }

    /** Bytes of the message in a block. */
    int messageLength(int block) {
        return buffer.getShort(block, BIG_ENDIAN) & 0xFFFF;
    }

    @Override
    public long endSequence() {
        return sequence + count;
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
        return end - offset;
    }

    @Override
    public int blocksLength() {
        return end - strayBytes - firstBlock();
    }

    /** Bytes behind the last block. */
    int strayBytes() {
        return strayBytes;
    }

    /**
     * First eight bytes of the session, as they stand: sessions are compared raw, never trimmed.
     */
    long sessionHigh() {
        return buffer.getLong(offset + SESSION_HIGH_OFFSET, BIG_ENDIAN);
    }

    /** Last two bytes of the session. */
    int sessionLow() {
        return buffer.getShort(offset + SESSION_LOW_OFFSET, BIG_ENDIAN) & 0xFFFF;
    }

    private boolean holdsAllBlocks() {
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
        strayBytes = end - block;
        return true;
    }
}
