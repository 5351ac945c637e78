// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import io.millrace.codec.iextp.MessageBlockDecoder;
import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.SegmentHeaderDecoder;
import java.util.Set;
import org.agrona.DirectBuffer;

/** IEX-TP 1; a session is known by protocol, channel and session number together. One thread. */
public final class IexTpFraming implements PacketFraming {
    private static final int VERSION = 1;

    private final int[] protocolIds;
    private final SegmentHeaderDecoder header = new SegmentHeaderDecoder();
    private final MessageBlockDecoder block = new MessageBlockDecoder();
    private DirectBuffer buffer;
    private int offset;
    private int end;

    /** @param protocols whose segments are read; those of others are foreign */
    public IexTpFraming(Set<MessageProtocol> protocols) {
        protocolIds = protocols.stream().mapToInt(MessageProtocol::value).toArray();
    }

    @Override
    public Kind wrap(DirectBuffer packet, int packetOffset, int length) {
        if (length < SegmentHeaderDecoder.BLOCK_LENGTH) {
            return Kind.MALFORMED;
        }
        buffer = packet;
        offset = packetOffset;
        header.wrap(packet, packetOffset, SegmentHeaderDecoder.BLOCK_LENGTH,
            SegmentHeaderDecoder.SCHEMA_VERSION);
        end = Math.min(packetOffset + length, firstBlock() + header.payloadLength());
        if (header.version() != VERSION) {
            return Kind.MALFORMED;
        }
        if (!isWanted(header.messageProtocolIdRaw())) {
            return Kind.FOREIGN;
        }
        return header.messageCount() == 0 ? Kind.HEARTBEAT : Kind.DATA;
    }

    @Override
    public long sessionHigh() {
        return (long) header.messageProtocolIdRaw() << Integer.SIZE | header.channelId();
    }

    @Override
    public long sessionLow() {
        return header.sessionId();
    }

    @Override
    public long sequence() {
        return header.firstMessageSequenceNumber();
    }

    @Override
    public boolean isStart() {
        return header.streamOffset() == 0 && Long.compareUnsigned(sequence(), 1) <= 0;
    }

    @Override
    public long sendTimeNs() {
        return header.sendTime();
    }

    @Override
    public int count() {
        return header.messageCount();
    }

    @Override
    public int firstBlock() {
        return offset + SegmentHeaderDecoder.BLOCK_LENGTH;
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

    private boolean isWanted(int protocolId) {
        for (int wanted : protocolIds) {
            if (wanted == protocolId) {
                return true;
            }
        }
        return false;
    }
}
