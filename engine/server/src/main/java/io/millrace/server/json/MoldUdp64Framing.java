// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import io.millrace.codec.moldudp64.MessageBlockDecoder;
import io.millrace.codec.moldudp64.PacketHeaderDecoder;
import org.agrona.DirectBuffer;

/** MoldUDP64; a session is its ten bytes as they are. One thread. */
public final class MoldUdp64Framing implements PacketFraming {
    private static final int END_OF_SESSION = 0xFFFF;

    private final PacketHeaderDecoder header = new PacketHeaderDecoder();
    private final MessageBlockDecoder block = new MessageBlockDecoder();
    private DirectBuffer buffer;
    private int offset;
    private int end;
    private int count;

    @Override
    public Kind wrap(DirectBuffer packet, int packetOffset, int length) {
        if (length < PacketHeaderDecoder.BLOCK_LENGTH) {
            return Kind.MALFORMED;
        }
        buffer = packet;
        offset = packetOffset;
        end = packetOffset + length;
        header.wrap(packet, packetOffset, PacketHeaderDecoder.BLOCK_LENGTH,
            PacketHeaderDecoder.SCHEMA_VERSION);
        count = header.messageCount();
        if (count == END_OF_SESSION) {
            count = 0;
            return Kind.SESSION_END;
        }
        return count == 0 ? Kind.HEARTBEAT : Kind.DATA;
    }

    @Override
    public long sessionHigh() {
        return buffer.getLong(offset + PacketHeaderDecoder.sessionEncodingOffset());
    }

    @Override
    public long sessionLow() {
        return buffer.getShort(offset + PacketHeaderDecoder.sessionEncodingOffset()
            + PacketHeaderDecoder.sessionLength() - Short.BYTES);
    }

    @Override
    public long sequence() {
        return header.sequenceNumber();
    }

    @Override
    public boolean isStart() {
        return Long.compareUnsigned(sequence(), 1) <= 0;
    }

    @Override
    public long sendTimeNs() {
        return 0;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int firstBlock() {
        return offset + PacketHeaderDecoder.BLOCK_LENGTH;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public int prefixLength() {
        return MessageBlockDecoder.BLOCK_LENGTH;
    }

    @Override
    public int messageLength(int blockOffset) {
        return block.wrap(buffer, blockOffset, MessageBlockDecoder.BLOCK_LENGTH,
            MessageBlockDecoder.SCHEMA_VERSION).messageLength();
    }
}
