// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import static io.millrace.feed.soupbintcp.SoupBinTcpPacketEncoder.HEADER_LENGTH;
import static io.millrace.feed.soupbintcp.SoupBinTcpPacketEncoder.LENGTH_LENGTH;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.millrace.codec.soupbintcp.DebugDecoder;
import io.millrace.codec.soupbintcp.EndOfSessionDecoder;
import io.millrace.codec.soupbintcp.LoginAcceptedDecoder;
import io.millrace.codec.soupbintcp.LoginRejectedDecoder;
import io.millrace.codec.soupbintcp.SequencedDataDecoder;
import io.millrace.codec.soupbintcp.ServerHeartbeatDecoder;
import io.millrace.codec.soupbintcp.UnsequencedDataDecoder;
import org.agrona.DirectBuffer;

/**
 * Knows from its first bytes that a server's packet cannot be right, before the rest has come. Has
 * no state.
 */
final class SoupBinTcpPacketCheck {
    /** Bytes that a later version may append to a packet of fixed length. */
    static final int MAX_TAIL_LENGTH = 64;

    private SoupBinTcpPacketCheck() {
    }

    /**
     * Why a packet cannot be right, or null as far as can be seen.
     *
     * @param available bytes of it and of what follows, at least its length
     */
    static Disconnection refusal(DirectBuffer buffer, int packet, int available,
                                 SoupBinTcpState state) {
        int total = LENGTH_LENGTH + (buffer.getShort(packet, BIG_ENDIAN) & 0xFFFF);
        if (total < HEADER_LENGTH) {
            return Disconnection.BAD_LENGTH;
        }
        if (available < HEADER_LENGTH) {
            return null;
        }
        boolean isUp = state == SoupBinTcpState.UP;
        return switch (buffer.getByte(packet + LENGTH_LENGTH)) {
            case DebugDecoder.TEMPLATE_ID -> null;
            case SequencedDataDecoder.TEMPLATE_ID, UnsequencedDataDecoder.TEMPLATE_ID ->
                isUp ? null : Disconnection.BAD_TYPE;
            case ServerHeartbeatDecoder.TEMPLATE_ID ->
                fixed(total, ServerHeartbeatDecoder.BLOCK_LENGTH);
            case EndOfSessionDecoder.TEMPLATE_ID -> isUp
                ? fixed(total, EndOfSessionDecoder.BLOCK_LENGTH) : Disconnection.BAD_TYPE;
            case LoginAcceptedDecoder.TEMPLATE_ID -> isUp ? Disconnection.BAD_TYPE
                : fixed(total, LoginAcceptedDecoder.BLOCK_LENGTH);
            case LoginRejectedDecoder.TEMPLATE_ID -> isUp ? Disconnection.BAD_TYPE
                : fixed(total, LoginRejectedDecoder.BLOCK_LENGTH);
            default -> Disconnection.BAD_TYPE;
        };
    }

    private static Disconnection fixed(int total, int blockLength) {
        boolean isRight = total >= blockLength && total <= blockLength + MAX_TAIL_LENGTH;
        return isRight ? null : Disconnection.BAD_LENGTH;
    }
}
