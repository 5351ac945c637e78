// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Finds the UDP payload of a captured frame: link layer, VLAN tags, IPv4 or IPv6, UDP. Link and
 * network headers that were zeroed before publication are passed over by their usual lengths. Never
 * reads outside the frame. Used by one thread.
 */
final class FrameDecoder {
    private static final int ETHERNET_LENGTH = 14;
    private static final int COOKED_LENGTH = 16;
    private static final int COOKED_2_LENGTH = 20;
    private static final int FAMILY_LENGTH = 4;
    private static final int TAG_LENGTH = 4;
    private static final int MAX_TAGS = 4;
    private static final int MAX_EXTENSIONS = 8;
    private static final int IPV4_LENGTH = 20;
    private static final int IPV6_LENGTH = 40;
    private static final int UDP_LENGTH = 8;
    private static final int ETHER_TYPE_IPV4 = 0x0800;
    private static final int ETHER_TYPE_IPV6 = 0x86DD;
    private static final int ETHER_TYPE_NONE = 0;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;

    private DirectBuffer buffer;
    private int end;
    private int payloadOffset;
    private int payloadLength;
    private int destinationPort;
    private long destinationAddress;
    private boolean isCut;

    /** Decodes one frame; payload, ports and address are valid when it holds a datagram. */
    FrameKind decode(DirectBuffer frame, int offset, int length, int linkType) {
        buffer = frame;
        end = offset + length;
        isCut = false;
        destinationAddress = 0;
        switch (linkType) {
            case LinkType.ETHERNET:
                return tagged(offset + ETHERNET_LENGTH, offset + ETHERNET_LENGTH - 2);
            case LinkType.LINUX_COOKED:
                return tagged(offset + COOKED_LENGTH, offset + COOKED_LENGTH - 2);
            case LinkType.LINUX_COOKED_2:
                return tagged(offset + COOKED_2_LENGTH, offset);
            case LinkType.NULL:
            case LinkType.LOOP:
                return internet(offset + FAMILY_LENGTH);
            case LinkType.RAW:
            case LinkType.RAW_BSD:
            case LinkType.RAW_OPENBSD:
            case LinkType.IPV4:
            case LinkType.IPV6:
                return internet(offset);
            default:
                return FrameKind.OTHER;
        }
    }

    int payloadOffset() {
        return payloadOffset;
    }

    int payloadLength() {
        return payloadLength;
    }

    int destinationPort() {
        return destinationPort;
    }

    /** The IPv4 address as an unsigned number; of an IPv6 address the last eight bytes. */
    long destinationAddress() {
        return destinationAddress;
    }

    private FrameKind tagged(int behindHeader, int typeOffset) {
        int next = behindHeader;
        int etherType = next <= end ? unsignedShort(typeOffset) : -1;
        for (int i = 0; i < MAX_TAGS && isTag(etherType) && end - next >= TAG_LENGTH; i++) {
            etherType = unsignedShort(next + 2);
            next += TAG_LENGTH;
        }
        boolean isInternet = etherType == ETHER_TYPE_IPV4 || etherType == ETHER_TYPE_IPV6
            || etherType == ETHER_TYPE_NONE;
        return isInternet ? internet(next) : FrameKind.OTHER;
    }

    private static boolean isTag(int etherType) {
        return etherType == 0x8100 || etherType == 0x88A8 || etherType == 0x9100;
    }

    private FrameKind internet(int offset) {
        if (end - offset < IPV4_LENGTH) {
            return FrameKind.OTHER;
        }
        switch (buffer.getByte(offset) >> 4 & 0xF) {
            case 4:
                return internet4(offset);
            case 6:
                return internet6(offset);
            default:
                return isZeroed(offset) ? datagram(offset + IPV4_LENGTH, end) : FrameKind.OTHER;
        }
    }

    private boolean isZeroed(int offset) {
        return buffer.getLong(offset) == 0 && buffer.getLong(offset + 8) == 0
            && buffer.getInt(offset + 16) == 0;
    }

    private FrameKind internet4(int offset) {
        int headerLength = (buffer.getByte(offset) & 0xF) * 4;
        int totalLength = unsignedShort(offset + 2);
        if (headerLength < IPV4_LENGTH || end - offset < headerLength
            || totalLength != 0 && totalLength < headerLength) {
            return FrameKind.OTHER;
        }
        if ((unsignedShort(offset + 6) & 0x3FFF) != 0) {
            return FrameKind.FRAGMENT;
        }
        int packetEnd = packetEnd(offset, totalLength);
        destinationAddress = Integer.toUnsignedLong(buffer.getInt(offset + 16, BIG_ENDIAN));
        return transport(buffer.getByte(offset + 9) & 0xFF, offset + headerLength, packetEnd);
    }

    private FrameKind internet6(int offset) {
        if (end - offset < IPV6_LENGTH) {
            return FrameKind.OTHER;
        }
        int payload = unsignedShort(offset + 4);
        int packetEnd = packetEnd(offset, payload == 0 ? 0 : payload + IPV6_LENGTH);
        destinationAddress = buffer.getLong(offset + 32, BIG_ENDIAN);
        int protocol = buffer.getByte(offset + 6) & 0xFF;
        int next = offset + IPV6_LENGTH;
        for (int i = 0; i < MAX_EXTENSIONS && isExtension(protocol); i++) {
            if (packetEnd - next < 8) {
                return FrameKind.OTHER;
            }
            if (protocol == FRAGMENT && (unsignedShort(next + 2) & 0xFFF9) != 0) {
                return FrameKind.FRAGMENT;
            }
            int extension = extensionLength(protocol, buffer.getByte(next + 1) & 0xFF);
            protocol = buffer.getByte(next) & 0xFF;
            next += extension;
        }
        return transport(protocol, next, packetEnd);
    }

    private static boolean isExtension(int protocol) {
        return protocol == 0 || protocol == 43 || protocol == 60 || protocol == FRAGMENT
            || protocol == AUTHENTICATION;
    }

    private static int extensionLength(int protocol, int lengthField) {
        if (protocol == FRAGMENT) {
            return 8;
        }
        return protocol == AUTHENTICATION ? (lengthField + 2) * 4 : (lengthField + 1) * 8;
    }

    private int packetEnd(int offset, int totalLength) {
        isCut = totalLength > end - offset;
        return totalLength == 0 || isCut ? end : offset + totalLength;
    }

    private FrameKind transport(int protocol, int offset, int packetEnd) {
        if (protocol == TCP) {
            return FrameKind.TCP;
        }
        return protocol == UDP ? datagram(offset, packetEnd) : FrameKind.OTHER;
    }

    private FrameKind datagram(int offset, int packetEnd) {
        int held = packetEnd - offset;
        if (held < UDP_LENGTH) {
            return FrameKind.OTHER;
        }
        int length = unsignedShort(offset + 4);
        if (length != 0 && length < UDP_LENGTH) {
            return FrameKind.OTHER;
        }
        boolean isTruncated = isCut || length > held;
        destinationPort = unsignedShort(offset + 2);
        payloadOffset = offset + UDP_LENGTH;
        payloadLength = (length == 0 || length > held ? held : length) - UDP_LENGTH;
        return isTruncated ? FrameKind.TRUNCATED_DATAGRAM : FrameKind.DATAGRAM;
    }

    private int unsignedShort(int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }
}
