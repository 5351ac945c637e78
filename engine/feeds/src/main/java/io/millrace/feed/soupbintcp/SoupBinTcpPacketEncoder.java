// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import io.millrace.codec.soupbintcp.LoginAcceptedEncoder;
import io.millrace.codec.soupbintcp.LoginRejectedEncoder;
import io.millrace.codec.soupbintcp.LoginRequestEncoder;
import io.millrace.codec.soupbintcp.SequencedDataEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Builds packets of either side in a buffer that the caller owns; each method returns the bytes of
 * the packet. Nothing is allocated after construction. Used by one thread.
 */
public final class SoupBinTcpPacketEncoder {
    /** Bytes in front of a message. */
    public static final int HEADER_LENGTH = SequencedDataEncoder.BLOCK_LENGTH;
    /** Bytes of a packet that its length does not count. */
    public static final int LENGTH_LENGTH = Short.BYTES;
    /** Longest message that a packet can carry. */
    public static final int MAX_MESSAGE_LENGTH = 0xFFFF - HEADER_LENGTH + LENGTH_LENGTH;

    private final SequencedDataEncoder data = new SequencedDataEncoder();
    private final LoginRequestEncoder request = new LoginRequestEncoder();
    private final LoginAcceptedEncoder accepted = new LoginAcceptedEncoder();
    private final LoginRejectedEncoder rejected = new LoginRejectedEncoder();

    /** A packet of one type that carries nothing: heart-beats, logout, end of session. */
    public int bare(MutableDirectBuffer target, int offset, int type) {
        return header(target, offset, type, 0);
    }

    /** What stands before a message of known length that is written in place. */
    public int header(MutableDirectBuffer target, int offset, int type, int messageLength) {
        return begin(target, offset, type, HEADER_LENGTH + messageLength);
    }

    /** A packet that carries a message: sequenced, unsequenced, debug. */
    public int data(MutableDirectBuffer target, int offset, int type, DirectBuffer source,
                    int sourceOffset, int length) {
        target.putBytes(offset + HEADER_LENGTH, source, sourceOffset, length);
        return header(target, offset, type, length);
    }

    /**
     * The client's login.
     *
     * @param session  of ten characters, spaces for the active one
     * @param sequence of the first message wanted, 0 for the newest
     */
    public int loginRequest(MutableDirectBuffer target, int offset,
                            SoupBinTcpCredentials credentials, byte[] session, long sequence) {
        request.wrap(target, offset)
            .putUsername(credentials.username(), 0)
            .putPassword(credentials.password(), 0)
            .putRequestedSession(session, 0);
        AsciiNumber.put(target, offset
            + LoginRequestEncoder.requestedSequenceNumberEncodingOffset(),
            LoginRequestEncoder.requestedSequenceNumberLength(), sequence);
        return begin(target, offset, LoginRequestEncoder.TEMPLATE_ID,
            LoginRequestEncoder.BLOCK_LENGTH);
    }

    /**
     * The server's consent.
     *
     * @param session  of ten characters
     * @param sequence of the next sequenced packet
     */
    public int loginAccepted(MutableDirectBuffer target, int offset, byte[] session,
                             long sequence) {
        accepted.wrap(target, offset).putSession(session, 0);
        AsciiNumber.put(target, offset + LoginAcceptedEncoder.sequenceNumberEncodingOffset(),
            LoginAcceptedEncoder.sequenceNumberLength(), sequence);
        return begin(target, offset, LoginAcceptedEncoder.TEMPLATE_ID,
            LoginAcceptedEncoder.BLOCK_LENGTH);
    }

    /** The server's refusal: A for not authorised, S for a session that is not available. */
    public int loginRejected(MutableDirectBuffer target, int offset, byte reason) {
        rejected.wrap(target, offset).reason(reason);
        return begin(target, offset, LoginRejectedEncoder.TEMPLATE_ID,
            LoginRejectedEncoder.BLOCK_LENGTH);
    }

    private int begin(MutableDirectBuffer target, int offset, int type, int length) {
        data.wrap(target, offset).packetLength(length - LENGTH_LENGTH).packetType((byte) type);
        return length;
    }
}
