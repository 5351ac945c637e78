// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.event.EventDescriptor;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The pcapng format: sections in either byte order, interfaces with their own link type and clock,
 * enhanced, simple and obsolete packet blocks; all other blocks are passed over. Used by one
 * thread.
 *
 * <pre>
 *  block:            type 4 | total length 4 | body | total length 4
 *  section body:     byte order magic 4 | version 2+2 | section length 8 | options
 *  interface body:   link type 2 | reserved 2 | snap length 4 | options
 *  enhanced body:    interface 4 | time high 4 | time low 4 | captured 4 | original 4 | bytes
 *  simple body:      original length 4 | bytes
 * </pre>
 */
final class PcapNgRecords implements CaptureRecords {
    static final int SECTION = 0x0A0D0D0A;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BLOCK_HEADER_LENGTH = 8;
    private static final int MIN_BLOCK_LENGTH = 12;
    private static final int PACKET_BODY_LENGTH = 20;
    private static final int SIMPLE_BODY_LENGTH = 4;
    private static final int INTERFACE_BODY_LENGTH = 8;
    private static final int OPTION_HEADER_LENGTH = 4;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_LOST = 4;

    private final CaptureInput input;
    private final PcapNgInterfaces interfaces = new PcapNgInterfaces();
    private ByteOrder order = LITTLE_ENDIAN;
    private long blockEnd;
    private int offset;
    private int length;
    private int source = -1;
    private int linkType;
    private long lostBefore;
    private boolean hasComment;
    private long timeNs;
    private long wholeLength;
    private String problem;

    PcapNgRecords(CaptureInput input) {
        this.input = input;
    }

    @Override
    public boolean next() throws IOException {
        while (nextBlock()) {
            int type = input.buffer().getInt(input.offset(), order);
            int bodyLength = (int) Math.min(blockEnd - input.position(), Integer.MAX_VALUE)
                - MIN_BLOCK_LENGTH;
            if (isPacket(type) && readPacket(type, bodyLength)) {
                return true;
            }
            if (problem != null) {
                return false;
            }
            if (type == INTERFACE) {
                readInterface(bodyLength);
            }
        }
        return false;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public long timeNs() {
        return timeNs;
    }

    @Override
    public int linkType() {
        return linkType;
    }

    @Override
    public String interfaceName() {
        return interfaces.name(source);
    }

    @Override
    public String interfaceName(int index) {
        return interfaces.name(index);
    }

    @Override
    public String interfaceDescription() {
        return interfaces.description(source);
    }

    @Override
    public long lostBefore() {
        return lostBefore;
    }

    @Override
    public boolean hasComment() {
        return hasComment;
    }

    @Override
    public long wholeLength() {
        return wholeLength;
    }

    @Override
    public String problem() {
        return problem;
    }

    private boolean nextBlock() throws IOException {
        if (blockEnd > input.position()) {
            long left = blockEnd - input.position();
            if (input.skip(left) < left) {
                return end("cut inside a block");
            }
        }
        wholeLength = input.position();
        if (!input.require(MIN_BLOCK_LENGTH)) {
            return end(input.available() > 0 ? "cut inside a block header" : null);
        }
        UnsafeBuffer buffer = input.buffer();
        if (buffer.getInt(input.offset(), order) == SECTION && !beginSection()) {
            return end("no byte order magic at byte " + input.position());
        }
        int total = buffer.getInt(input.offset() + SIMPLE_BODY_LENGTH, order);
        if (total >= 0 && total < MIN_BLOCK_LENGTH || (total & 3) != 0) {
            return end("block length " + total + " at byte " + input.position());
        }
        blockEnd = input.position() + Integer.toUnsignedLong(total);
        return true;
    }

    private boolean beginSection() {
        int magic = input.buffer().getInt(input.offset() + BLOCK_HEADER_LENGTH, BIG_ENDIAN);
        boolean isBig = magic == BYTE_ORDER_MAGIC;
        order = isBig ? BIG_ENDIAN : LITTLE_ENDIAN;
        interfaces.clear();
        return isBig || Integer.reverseBytes(magic) == BYTE_ORDER_MAGIC;
    }

    private static boolean isPacket(int type) {
        return type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OBSOLETE_PACKET;
    }

    private boolean readPacket(int type, int bodyLength) throws IOException {
        if (bodyLength > PcapRecords.MAX_RECORD_LENGTH * 2) {
            return end("packet block of " + bodyLength + " bytes at byte " + input.position());
        }
        if (!input.require(MIN_BLOCK_LENGTH + bodyLength)) {
            return end("cut inside a packet");
        }
        int body = input.offset() + BLOCK_HEADER_LENGTH;
        boolean isWhole = type == SIMPLE_PACKET ? readSimple(body, bodyLength)
            : readEnhanced(type, body, bodyLength);
        return isWhole || end("packet block at byte " + input.position() + " is too short");
    }

    private boolean readEnhanced(int type, int body, int bodyLength) {
        UnsafeBuffer buffer = input.buffer();
        if (bodyLength < PACKET_BODY_LENGTH) {
            return false;
        }
        int captured = buffer.getInt(body + 12, order);
        if (captured < 0 || captured > bodyLength - PACKET_BODY_LENGTH) {
            return false;
        }
        source = type == ENHANCED_PACKET ? buffer.getInt(body, order)
            : buffer.getShort(body, order) & 0xFFFF;
        long ticks = (long) buffer.getInt(body + 4, order) << 32
            | Integer.toUnsignedLong(buffer.getInt(body + 8, order));
        linkType = interfaces.linkType(source);
        timeNs = interfaces.timeNs(source, ticks);
        offset = body + PACKET_BODY_LENGTH;
        length = captured;
        readOptions(offset + (captured + 3 & ~3), body + bodyLength);
        return true;
    }

    private void readOptions(int from, int end) {
        lostBefore = 0;
        hasComment = false;
        int option = from;
        while (end - option >= OPTION_HEADER_LENGTH) {
            int code = input.buffer().getShort(option, order) & 0xFFFF;
            int size = input.buffer().getShort(option + Short.BYTES, order) & 0xFFFF;
            int value = option + OPTION_HEADER_LENGTH;
            if (code == 0 || size > end - value) {
                return;
            }
            if (code == OPTION_LOST && size >= Long.BYTES) {
                lostBefore = input.buffer().getLong(value, order);
            }
            hasComment |= code == OPTION_COMMENT;
            option = value + (size + 3 & ~3);
        }
    }

    private boolean readSimple(int body, int bodyLength) {
        if (bodyLength < SIMPLE_BODY_LENGTH) {
            return false;
        }
        long original = Integer.toUnsignedLong(input.buffer().getInt(body, order));
        long held = Math.min(original, bodyLength - SIMPLE_BODY_LENGTH);
        source = 0;
        lostBefore = 0;
        hasComment = false;
        linkType = interfaces.linkType(0);
        timeNs = EventDescriptor.UNDEFINED;
        offset = body + SIMPLE_BODY_LENGTH;
        length = (int) Math.min(held, interfaces.snapLength(0));
        return true;
    }

    private void readInterface(int bodyLength) throws IOException {
        int held = Math.min(bodyLength, PcapNgInterfaces.MAX_DESCRIPTION_LENGTH);
        if (held < INTERFACE_BODY_LENGTH || !input.require(BLOCK_HEADER_LENGTH + held)) {
            return;
        }
        interfaces.add(input.buffer(), input.offset() + BLOCK_HEADER_LENGTH, held, order);
    }

    private boolean end(String reason) {
        problem = reason;
        return false;
    }
}
