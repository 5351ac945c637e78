// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The classic pcap format in us or ns and in either byte order. Used by one thread.
 *
 * <pre>
 *  file:   magic 4 | version 2+2 | zone 4 | accuracy 4 | snap length 4 | link type 4
 *  record: seconds 4 | us or ns 4 | captured length 4 | original length 4 | bytes
 * </pre>
 */
final class PcapRecords implements CaptureRecords {
    static final int MAGIC_US = 0xA1B2C3D4;
    static final int MAGIC_NS = 0xA1B23C4D;
    /** Longest record believed, as in other readers of this format. */
    static final int MAX_RECORD_LENGTH = 262_144;

    private static final int FILE_HEADER_LENGTH = 24;
    private static final int LINK_TYPE_OFFSET = 20;
    private static final int RECORD_HEADER_LENGTH = 16;
    private static final int FRACTION_OFFSET = 4;
    private static final int CAPTURED_LENGTH_OFFSET = 8;
    private static final long SECOND_NS = 1_000_000_000L;

    private final CaptureInput input;
    private final ByteOrder order;
    private final long fractionNs;
    private int linkType = -1;
    private int length;
    private long timeNs;
    private long wholeLength;
    private String problem;

    PcapRecords(CaptureInput input) {
        this.input = input;
        int magic = input.buffer().getInt(input.offset(), BIG_ENDIAN);
        order = magic == MAGIC_US || magic == MAGIC_NS ? BIG_ENDIAN : LITTLE_ENDIAN;
        fractionNs = input.buffer().getInt(input.offset(), order) == MAGIC_NS ? 1 : 1_000;
    }

    static boolean isMagic(int magic) {
        int swapped = Integer.reverseBytes(magic);
        return magic == MAGIC_US || magic == MAGIC_NS || swapped == MAGIC_US || swapped == MAGIC_NS;
    }

    @Override
    public boolean next() throws IOException {
        input.advance(length);
        length = 0;
        if (linkType < 0 && !readFileHeader()) {
            return false;
        }
        if (!input.require(RECORD_HEADER_LENGTH)) {
            return end(input.available() > 0 ? "cut inside a record header" : null);
        }
        int header = input.offset();
        int captured = input.buffer().getInt(header + CAPTURED_LENGTH_OFFSET, order);
        if (captured < 0 || captured > MAX_RECORD_LENGTH) {
            return end("record length " + Integer.toUnsignedString(captured) + " at byte "
                + input.position());
        }
        if (!input.require(RECORD_HEADER_LENGTH + captured)) {
            return end("cut inside a packet");
        }
        timeNs = Integer.toUnsignedLong(input.buffer().getInt(input.offset(), order)) * SECOND_NS
            + Integer.toUnsignedLong(input.buffer().getInt(input.offset() + FRACTION_OFFSET, order))
            * fractionNs;
        input.advance(RECORD_HEADER_LENGTH);
        length = captured;
        return true;
    }

    @Override
    public int offset() {
        return input.offset();
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
    public long wholeLength() {
        return wholeLength;
    }

    @Override
    public String problem() {
        return problem;
    }

    private boolean readFileHeader() throws IOException {
        if (!input.require(FILE_HEADER_LENGTH)) {
            return end("cut inside the file header");
        }
        linkType = input.buffer().getInt(input.offset() + LINK_TYPE_OFFSET, order) & 0xFFFF;
        input.advance(FILE_HEADER_LENGTH);
        return true;
    }

    private boolean end(String reason) {
        problem = reason;
        wholeLength = input.position();
        return false;
    }
}
