// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Packets as a server sends them. */
public final class ServerBytes {
    private static final SoupBinTcpPacketEncoder PACKETS = new SoupBinTcpPacketEncoder();

    private ServerBytes() {
    }

    /** Type A. */
    public static byte[] accepted(String session, long sequence) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        return cut(buffer, PACKETS.loginAccepted(buffer, 0,
            SoupBinTcpName.of("session", session, 10), sequence));
    }

    /** Type J. */
    public static byte[] rejected(char reason) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        return cut(buffer, PACKETS.loginRejected(buffer, 0, (byte) reason));
    }

    /** A packet with a message, of any type. */
    public static byte[] data(char type, byte[] message) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[message.length + 3]);
        return cut(buffer, PACKETS.data(buffer, 0, type, new UnsafeBuffer(message), 0,
            message.length));
    }

    /** A packet with a text, of any type. */
    public static byte[] data(char type, String text) {
        return data(type, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A packet that carries nothing. */
    public static byte[] bare(char type) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[3]);
        return cut(buffer, PACKETS.bare(buffer, 0, type));
    }

    /** All of them, one behind the other. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] cut(UnsafeBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
