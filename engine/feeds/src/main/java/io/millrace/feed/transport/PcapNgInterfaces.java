// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.event.EventDescriptor;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Link type, snap length and clock of the interfaces of one pcapng section. Used by one thread. */
final class PcapNgInterfaces {
    /** Interfaces of a section that are known; packets of later ones are of no known link type. */
    static final int MAX_COUNT = 4_096;
    /** Bytes of an interface description that are looked at. */
    static final int MAX_DESCRIPTION_LENGTH = 65_536;
    /** Bytes of names and descriptions that are kept of one section; the rest is empty. */
    static final int MAX_TEXT_LENGTH = 1 << 20;
    static final int UNKNOWN_LINK_TYPE = -1;

    private static final int SNAP_LENGTH_OFFSET = 4;
    private static final int OPTIONS_OFFSET = 8;
    private static final int OPTION_HEADER_LENGTH = 4;
    private static final int NAME = 2;
    private static final int DESCRIPTION = 3;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;
    private static final int MICROSECONDS = 6;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MAX_OFFSET_SECONDS = Long.MAX_VALUE / SECOND_NS;

    private int[] linkTypes = new int[8];
    private int[] snapLengths = new int[8];
    private int[] resolutions = new int[8];
    private long[] offsetSeconds = new long[8];
    private String[] names = new String[8];
    private String[] descriptions = new String[8];
    private int count;
    private int textLength;

    void clear() {
        count = 0;
        textLength = 0;
    }

    /** Adds an interface from the body of its description block. */
    void add(DirectBuffer buffer, int body, int length, ByteOrder order) {
        if (count == MAX_COUNT) {
            return;
        }
        if (count == linkTypes.length) {
            linkTypes = Arrays.copyOf(linkTypes, count * 2);
            snapLengths = Arrays.copyOf(snapLengths, count * 2);
            resolutions = Arrays.copyOf(resolutions, count * 2);
            offsetSeconds = Arrays.copyOf(offsetSeconds, count * 2);
            names = Arrays.copyOf(names, count * 2);
            descriptions = Arrays.copyOf(descriptions, count * 2);
        }
        linkTypes[count] = buffer.getShort(body, order) & 0xFFFF;
        snapLengths[count] = buffer.getInt(body + SNAP_LENGTH_OFFSET, order);
        resolutions[count] = MICROSECONDS;
        offsetSeconds[count] = 0;
        names[count] = "";
        descriptions[count] = "";
        readOptions(buffer, body + OPTIONS_OFFSET, body + length, order);
        count++;
    }

    int linkType(int index) {
        return index >= 0 && index < count ? linkTypes[index] : UNKNOWN_LINK_TYPE;
    }

    /** Its name, empty when it has none; the same object for all packets of it. */
    String name(int index) {
        return index >= 0 && index < count ? names[index] : "";
    }

    /** Its description, empty when it has none. */
    String description(int index) {
        return index >= 0 && index < count ? descriptions[index] : "";
    }

    /** Longest packet the interface captured. */
    int snapLength(int index) {
        return index < count && snapLengths[index] > 0 ? snapLengths[index] : Integer.MAX_VALUE;
    }

    /**
     * Ns since the Unix epoch of a time stamp in the interface's own units, UNDEFINED when it fits
     * no long.
     */
    long timeNs(int index, long ticks) {
        if (index < 0 || index >= count) {
            return EventDescriptor.UNDEFINED;
        }
        int resolution = resolutions[index];
        int exponent = resolution & 0x7F;
        long ns = (resolution & 0x80) != 0 ? binaryNs(ticks, exponent) : decimalNs(ticks, exponent);
        return ns == EventDescriptor.UNDEFINED ? ns : shiftedNs(ns, offsetSeconds[index]);
    }

    private void readOptions(DirectBuffer buffer, int from, int end, ByteOrder order) {
        int option = from;
        while (end - option >= OPTION_HEADER_LENGTH) {
            int code = buffer.getShort(option, order) & 0xFFFF;
            int length = buffer.getShort(option + 2, order) & 0xFFFF;
            int value = option + OPTION_HEADER_LENGTH;
            if (code == 0 || length > end - value) {
                return;
            }
            if (code == TIME_RESOLUTION && length >= 1) {
                resolutions[count] = buffer.getByte(value) & 0xFF;
            } else if (code == TIME_OFFSET && length >= Long.BYTES) {
                offsetSeconds[count] = buffer.getLong(value, order);
            } else if (code == NAME) {
                names[count] = text(buffer, value, length);
            } else if (code == DESCRIPTION) {
                descriptions[count] = text(buffer, value, length);
            }
            option = value + (length + 3 & ~3);
        }
    }

    private String text(DirectBuffer buffer, int offset, int length) {
        if (length > MAX_TEXT_LENGTH - textLength) {
            return "";
        }
        textLength += length;
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, UTF_8);
    }

    /** A time from 0 on, moved by whole seconds. */
    private static long shiftedNs(long ns, long seconds) {
        if (seconds > MAX_OFFSET_SECONDS || seconds < -MAX_OFFSET_SECONDS) {
            return EventDescriptor.UNDEFINED;
        }
        long shiftNs = seconds * SECOND_NS;
        return ns > Long.MAX_VALUE - Math.max(0, shiftNs) ? EventDescriptor.UNDEFINED
            : ns + shiftNs;
    }

    private static long decimalNs(long ticks, int exponent) {
        long scaled = ticks;
        for (int i = exponent; i > 9 && scaled != 0; i--) {
            scaled = Long.divideUnsigned(scaled, 10);
        }
        for (int i = exponent; i < 9; i++) {
            if (scaled < 0 || scaled > Long.MAX_VALUE / 10) {
                return EventDescriptor.UNDEFINED;
            }
            scaled *= 10;
        }
        return scaled < 0 ? EventDescriptor.UNDEFINED : scaled;
    }

    private static long binaryNs(long ticks, int exponent) {
        if (exponent > 63) {
            return EventDescriptor.UNDEFINED;
        }
        long seconds = ticks >>> exponent;
        if (seconds < 0 || seconds > Long.MAX_VALUE / SECOND_NS - 1) {
            return EventDescriptor.UNDEFINED;
        }
        long fraction = exponent == 0 ? 0 : ticks << 64 - exponent >>> 1;
        return seconds * SECOND_NS + (Math.multiplyHigh(fraction, SECOND_NS) << 1)
            + (fraction * SECOND_NS >>> 63);
    }
}
