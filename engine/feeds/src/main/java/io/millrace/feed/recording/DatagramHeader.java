// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The IP and UDP headers that a recording puts before a datagram, as a socket hands on none: one
 * address, true lengths, no UDP checksum. Used by one thread.
 *
 * <pre>
 *  IPv4:  45 00 | length 2 | 0 2 | 40 00 | ttl 1 | 17 | checksum 2 | source 4 | destination 4
 *  IPv6:  60 00 00 00 | payload 2 | 17 | hops 1 | source 16 | destination 16
 *  UDP:   source port 2 | destination port 2 | length 2 | checksum 2
 * </pre>
 */
final class DatagramHeader {
    /** Longest headers there are. */
    static final int MAX_LENGTH = 48;

    private static final int IPV4_LENGTH = 20;
    private static final int IPV6_LENGTH = 40;
    private static final int UDP_LENGTH = 8;
    private static final int UDP = 17;

    private final UnsafeBuffer header;
    private final int udp;
    private int checksumOfRest;

    private DatagramHeader(InetSocketAddress address, boolean isSource) {
        byte[] host = address.getAddress().getAddress();
        boolean isShort = host.length == Integer.BYTES;
        udp = isShort ? IPV4_LENGTH : IPV6_LENGTH;
        header = new UnsafeBuffer(new byte[udp + UDP_LENGTH]);
        int hosts = isShort ? 12 : 8;
        header.putBytes(hosts + (isSource ? 0 : host.length), host);
        header.putShort(udp + (isSource ? 0 : 2), (short) address.getPort(), BIG_ENDIAN);
        if (isShort) {
            header.putShort(0, (short) 0x4500, BIG_ENDIAN);
            header.putShort(6, (short) 0x4000, BIG_ENDIAN);
            header.putShort(8, (short) (1 << 8 | UDP), BIG_ENDIAN);
            checksumOfRest = sum();
        } else {
            header.putByte(0, (byte) 0x60);
            header.putShort(6, (short) (UDP << 8 | 1), BIG_ENDIAN);
        }
    }

    /** Of datagrams that were sent to an address. */
    static DatagramHeader to(InetSocketAddress destination) {
        return new DatagramHeader(destination, false);
    }

    /** Of datagrams that came from an address. */
    static DatagramHeader from(InetSocketAddress source) {
        return new DatagramHeader(source, true);
    }

    /** The headers of a datagram of so many bytes. */
    UnsafeBuffer of(int length) {
        header.putShort(udp + 4, (short) (UDP_LENGTH + length), BIG_ENDIAN);
        if (udp == IPV4_LENGTH) {
            int total = IPV4_LENGTH + UDP_LENGTH + length;
            header.putShort(2, (short) total, BIG_ENDIAN);
            header.putShort(10, (short) ~folded(checksumOfRest + total), BIG_ENDIAN);
        } else {
            header.putShort(4, (short) (UDP_LENGTH + length), BIG_ENDIAN);
        }
        return header;
    }

    private int sum() {
        int sum = 0;
        for (int i = 0; i < IPV4_LENGTH; i += Short.BYTES) {
            sum += header.getShort(i, BIG_ENDIAN) & 0xFFFF;
        }
        return sum;
    }

    private static int folded(int sum) {
        int once = (sum & 0xFFFF) + (sum >>> 16);
        return (once & 0xFFFF) + (once >>> 16);
    }
}
