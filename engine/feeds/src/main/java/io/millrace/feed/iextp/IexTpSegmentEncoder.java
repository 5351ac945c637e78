// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.iextp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.iextp.MessageProtocol;
import io.millrace.codec.iextp.SegmentHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Builds one segment at a time in a buffer that the caller owns: begin, append messages while they
 * fit, send {@link #length()} bytes. Nothing is allocated after construction. Used by one thread.
 */
public final class IexTpSegmentEncoder {
    /** Greatest number of messages a segment can count, and of bytes its payload can have. */
    public static final int MAX_COUNT = 0xFFFF;
    /** Bytes of the header. */
    public static final int HEADER_LENGTH = IexTpSegment.HEADER_LENGTH;

    private final SegmentHeaderEncoder header = new SegmentHeaderEncoder();
    private final MessageProtocol protocol;
    private final long channelId;
    private final long sessionId;
    private MutableDirectBuffer buffer;
    private int offset;
    private int limit;
    private int position;
    private int count;

    /**
     * @param channelId 1 to 16
     * @param sessionId unsigned, of 32 bits
     */
    public IexTpSegmentEncoder(MessageProtocol protocol, int channelId, int sessionId) {
        this.protocol = protocol;
        this.channelId = Integer.toUnsignedLong(channelId);
        this.sessionId = Integer.toUnsignedLong(sessionId);
    }

    /**
     * Begins a segment.
     *
     * @param maxLength    bytes the segment may take, at least a header
     * @param sequence     number of its first message; of the next to come when it stays empty
     * @param streamOffset bytes of all payloads before it
     */
    public IexTpSegmentEncoder begin(MutableDirectBuffer target, int targetOffset, int maxLength,
                                     long sequence, long streamOffset) {
        buffer = target;
        offset = targetOffset;
        limit = targetOffset + Math.min(maxLength, HEADER_LENGTH + MAX_COUNT);
        position = targetOffset + HEADER_LENGTH;
        count = 0;
        header.wrap(target, targetOffset)
            .version((short) IexTpSegment.VERSION)
            .reserved((short) 0)
            .messageProtocolId(protocol)
            .channelId(channelId)
            .sessionId(sessionId)
            .payloadLength(0)
            .messageCount(0)
            .streamOffset(streamOffset)
            .firstMessageSequenceNumber(sequence)
            .sendTime(0);
        return this;
    }

    /** Sets when the segment is sent, ns since the Unix epoch. */
    public IexTpSegmentEncoder sendTimeNs(long timeNs) {
        header.sendTime(timeNs);
        return this;
    }

    /** Appends a message; false, and nothing done, when it does not fit. */
    public boolean append(DirectBuffer source, int sourceOffset, int length) {
        int message = claim(length);
        if (message < 0) {
            return false;
        }
        buffer.putBytes(message, source, sourceOffset, length);
        return true;
    }

    /**
     * Makes room for a message of known length, to be encoded in place; returns where, or -1 when
     * it does not fit.
     */
    public int claim(int length) {
        if (count == MAX_COUNT || limit - position < IexTpSegment.PREFIX_LENGTH + length) {
            return -1;
        }
        buffer.putShort(position, (short) length, LITTLE_ENDIAN);
        int message = position + IexTpSegment.PREFIX_LENGTH;
        position = message + length;
        header.messageCount(++count).payloadLength(payloadLength());
        return message;
    }

    /** Messages in the segment. */
    public int count() {
        return count;
    }

    /** Bytes behind the header: what the stream offset of the next segment is further. */
    public int payloadLength() {
        return position - offset - HEADER_LENGTH;
    }

    /** Bytes of the segment so far. */
    public int length() {
        return position - offset;
    }
}
