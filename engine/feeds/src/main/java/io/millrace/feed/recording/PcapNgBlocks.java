// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.recording;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whole pcapng blocks, one behind the other in memory until they are written. Little-endian, times
 * in ns. Used by one thread.
 *
 * <pre>
 *  block:            type 4 | total length 4 | body | total length 4
 *  section body:     byte order magic 4 | version 2+2 | section length 8 | options
 *  interface body:   link type 2 | reserved 2 | snap length 4 | options
 *  packet body:      interface 4 | time high 4 | time low 4 | captured 4 | original 4 | bytes | options
 *  option:           code 2 | length 2 | value, padded to 4
 * </pre>
 */
final class PcapNgBlocks {
    static final int SECTION = 0x0A0D0D0A;
    static final int FRAME_LENGTH = 12;
    static final int MAX_OPTION_LENGTH = 65_532;
    /** Link type of datagrams behind an IP header. */
    static final int RAW = 101;
    /** Link type without a meaning of its own, for times. */
    static final int USER0 = 147;
    /** Comment of a packet that was discarded before it was decoded. */
    static final String DISCARDED = "discarded: the inbound ring had no room";

    private static final int CACHE_LINE = 64;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int PACKET_BODY_LENGTH = 20;
    private static final int HEADER_LENGTH = 8;
    private static final int OPTION_HEADER_LENGTH = 4;
    private static final int OPTION_END = 0;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_DESCRIPTION = 3;
    private static final int OPTION_APPLICATION = 4;
    private static final int OPTION_LOST = 4;
    private static final int OPTION_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    private static final byte[] DISCARDED_BYTES = DISCARDED.getBytes(UTF_8);

    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;
    private int block;
    private int limit;

    PcapNgBlocks(int length) {
        memory = BufferUtil.allocateDirectAligned(length, CACHE_LINE);
        buffer = new UnsafeBuffer(memory);
    }

    /** Longest block of a packet of so many bytes. */
    static int packetLength(int length) {
        return FRAME_LENGTH + PACKET_BODY_LENGTH + padded(length) + 2 * OPTION_HEADER_LENGTH
            + Long.BYTES + OPTION_HEADER_LENGTH + padded(DISCARDED_BYTES.length);
    }

    /** True for the blocks that a recording is made of. */
    static boolean isType(int type) {
        return type == PACKET || type == INTERFACE || type == SECTION;
    }

    boolean hasRoom(int length) {
        return limit + length <= buffer.capacity();
    }

    boolean isEmpty() {
        return limit == 0;
    }

    /** The blocks, to be written whole. */
    ByteBuffer written() {
        return memory.limit(limit).position(0);
    }

    void clear() {
        memory.clear();
        limit = 0;
    }

    void section(String application) {
        begin(SECTION);
        putInt(BYTE_ORDER_MAGIC);
        putInt(1);
        putInt(-1);
        putInt(-1);
        option(OPTION_APPLICATION, application.getBytes(UTF_8));
        end();
    }

    void interfaceBlock(int linkType, String name, String description) {
        begin(INTERFACE);
        putInt(linkType);
        putInt(0);
        option(OPTION_NAME, name.getBytes(UTF_8));
        option(OPTION_DESCRIPTION, description.getBytes(UTF_8));
        option(OPTION_RESOLUTION, new byte[] {NANOSECONDS});
        end();
    }

    /** Begins a packet: a header, which may be of no bytes, and what stands behind it. */
    void packet(int index, long timeNs, UnsafeBuffer header, DirectBuffer source, int offset,
                int length) {
        begin(PACKET);
        putInt(index);
        putInt((int) (timeNs >>> 32));
        putInt((int) timeNs);
        int captured = header.capacity() + length;
        putInt(captured);
        putInt(captured);
        buffer.putBytes(limit, header, 0, header.capacity());
        buffer.putBytes(limit + header.capacity(), source, offset, length);
        pad(captured);
    }

    /** Ends a packet: how many of its interface were lost between the one before and this one. */
    void endPacket(int lost) {
        if (lost > 0) {
            optionHeader(OPTION_LOST, Long.BYTES);
            putInt(lost);
            putInt(0);
            optionHeader(OPTION_END, 0);
        }
        finish();
    }

    /** The packet begun was discarded before it was decoded; goes before its end. */
    void discarded() {
        option(OPTION_COMMENT, DISCARDED_BYTES);
    }

    private void begin(int type) {
        block = limit;
        limit += HEADER_LENGTH;
        buffer.putInt(block, type, LITTLE_ENDIAN);
    }

    private void end() {
        optionHeader(OPTION_END, 0);
        finish();
    }

    private void finish() {
        int total = limit + Integer.BYTES - block;
        putInt(total);
        buffer.putInt(block + Integer.BYTES, total, LITTLE_ENDIAN);
    }

    private void option(int code, byte[] value) {
        optionHeader(code, value.length);
        buffer.putBytes(limit, value);
        pad(value.length);
    }

    private void optionHeader(int code, int length) {
        putInt(length << 16 | code);
    }

    private void putInt(int value) {
        buffer.putInt(limit, value, LITTLE_ENDIAN);
        limit += Integer.BYTES;
    }

    /** Moves behind so many bytes that stand at the limit. */
    private void pad(int length) {
        int end = limit + padded(length);
        for (int i = limit + length; i < end; i++) {
            buffer.putByte(i, (byte) 0);
        }
        limit = end;
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }
}
