// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.wire;

import io.millrace.codec.soupbintcp.LoginAcceptedEncoder;
import io.millrace.codec.soupbintcp.LoginRejectedEncoder;
import io.millrace.codec.soupbintcp.LoginRequestDecoder;
import io.millrace.codec.soupbintcp.SequencedDataEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The packets that a SoupBinTCP server writes and the login that it reads, in place. Each method
 * that writes returns the packet's length. Used by one thread.
 */
public final class SoupPackets {
    /** Bytes of the length, and of everything before a message. */
    static final int LENGTH_BYTES = Short.BYTES;
    static final int DATA_HEADER_LENGTH = SequencedDataEncoder.BLOCK_LENGTH;
    static final int LOGIN_LENGTH = LoginRequestDecoder.BLOCK_LENGTH;

    private static final int NUMBER_LENGTH = LoginAcceptedEncoder.sequenceNumberLength();

    private final LoginAcceptedEncoder accepted = new LoginAcceptedEncoder();
    private final LoginRejectedEncoder rejected = new LoginRejectedEncoder();
    private final SequencedDataEncoder header = new SequencedDataEncoder();
    private final LoginRequestDecoder login = new LoginRequestDecoder();
    private final byte[] number = new byte[NUMBER_LENGTH];

    int accepted(MutableDirectBuffer target, int offset, byte[] session, long sequence) {
        putNumber(sequence, number);
        accepted.wrap(target, offset)
            .packetLength(LoginAcceptedEncoder.BLOCK_LENGTH - LENGTH_BYTES)
            .packetType((byte) LoginAcceptedEncoder.TEMPLATE_ID)
            .putSession(session, 0).putSequenceNumber(number, 0);
        return LoginAcceptedEncoder.BLOCK_LENGTH;
    }

    int rejected(MutableDirectBuffer target, int offset, char reason) {
        rejected.wrap(target, offset)
            .packetLength(LoginRejectedEncoder.BLOCK_LENGTH - LENGTH_BYTES)
            .packetType((byte) LoginRejectedEncoder.TEMPLATE_ID).reason((byte) reason);
        return LoginRejectedEncoder.BLOCK_LENGTH;
    }

    /** The header of a packet of any type, before a message of so many bytes. */
    int header(MutableDirectBuffer target, int offset, int type, int messageLength) {
        header.wrap(target, offset)
            .packetLength(DATA_HEADER_LENGTH - LENGTH_BYTES + messageLength)
            .packetType((byte) type);
        return DATA_HEADER_LENGTH + messageLength;
    }

    /** Points at a login request whose length was checked. */
    LoginRequestDecoder login(DirectBuffer source, int offset) {
        return login.wrap(source, offset, LOGIN_LENGTH, 0);
    }

    /** A number as text, right justified. */
    public static void putNumber(long value, byte[] text) {
        long left = value;
        for (int i = text.length - 1; i >= 0; i--) {
            text[i] = (byte) (left > 0 || i == text.length - 1 ? '0' + left % 10 : ' ');
            left /= 10;
        }
    }

    /** The number in a text with spaces about it, or -1 when it holds something else. */
    static long number(String text) {
        String digits = text.trim();
        if (digits.isEmpty() || digits.length() > 18) {
            return -1;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(digits);
    }

    /** True when a session's name is left open, or is that of the active one. */
    static boolean isActive(String requested, byte[] session) {
        String active = new String(session, StandardCharsets.US_ASCII).trim();
        return requested.isBlank() || requested.trim().equals(active);
    }
}
