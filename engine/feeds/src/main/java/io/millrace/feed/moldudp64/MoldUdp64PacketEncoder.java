// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.moldudp64;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.moldudp64.PacketHeaderEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Builds one downstream packet at a time in a buffer that the caller owns: begin, append messages
 * while they fit, send {@link #length()} bytes. Nothing is allocated after construction. Used by
 * one thread.
 */
public final class MoldUdp64PacketEncoder {
    /** Greatest number of messages a packet can count. */
    public static final int MAX_MESSAGES = MoldUdp64Packet.END_OF_SESSION - 1;
    /** Bytes of the header. */
    public static final int HEADER_LENGTH = MoldUdp64Packet.HEADER_LENGTH;

    private final PacketHeaderEncoder header = new PacketHeaderEncoder();
    private final byte[] session = new byte[PacketHeaderEncoder.sessionLength()];
    private MutableDirectBuffer buffer;
    private int offset;
    private int limit;
    private int position;
    private int count;

    /** @param session name of up to ten ASCII characters, padded with spaces on the right */
    public MoldUdp64PacketEncoder(String session) {
        byte[] name = session.getBytes(StandardCharsets.US_ASCII);
        if (name.length > this.session.length) {
            throw new IllegalArgumentException("session '" + session + "' is longer than "
                + this.session.length);
        }
        Arrays.fill(this.session, (byte) ' ');
        System.arraycopy(name, 0, this.session, 0, name.length);
    }

    /**
     * Begins a packet.
     *
     * @param maxLength bytes the packet may take, at least a header
     * @param sequence  number of its first message; of the next message to come when it stays empty
     */
    public MoldUdp64PacketEncoder begin(MutableDirectBuffer target, int targetOffset, int maxLength,
                                        long sequence) {
        buffer = target;
        offset = targetOffset;
        limit = targetOffset + maxLength;
        position = targetOffset + HEADER_LENGTH;
        count = 0;
        header.wrap(target, targetOffset)
            .putSession(session, 0)
            .sequenceNumber(sequence)
            .messageCount(0);
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
        if (count == MAX_MESSAGES || length > 0xFFFF
            || limit - position < MoldUdp64Packet.PREFIX_LENGTH + length) {
            return -1;
        }
        buffer.putShort(position, (short) length, BIG_ENDIAN);
        int message = position + MoldUdp64Packet.PREFIX_LENGTH;
        position = message + length;
        header.messageCount(++count);
        return message;
    }

    /** Makes the packet, without messages, the one that ends the session. */
    public MoldUdp64PacketEncoder endOfSession() {
        position = offset + HEADER_LENGTH;
        count = 0;
        header.messageCount(MoldUdp64Packet.END_OF_SESSION);
        return this;
    }

    /** Messages in the packet. */
    public int count() {
        return count;
    }

    /** Bytes of the packet so far. */
    public int length() {
        return position - offset;
    }
}
