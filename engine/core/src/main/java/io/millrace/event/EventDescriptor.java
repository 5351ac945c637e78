// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import io.millrace.codec.event.ClockEncoder;
import io.millrace.codec.event.MeasurementEncoder;
import io.millrace.codec.event.MessageHeaderEncoder;
import io.millrace.codec.event.OrderAddedEncoder;
import org.agrona.DirectBuffer;

/**
 * Where the parts of an event stand, in a ring slot as in a journal. All offsets come from the
 * schema.
 *
 * <pre>
 *  slot +0              +8                                                        +8+blockLength    +128
 *       | messageHeader | common fields (40) | fields of the event | measurement  | unused          |
 *       | 8 bytes       | block, a multiple of 8 bytes, at most 120               |                 |
 * </pre>
 */
public final class EventDescriptor {
    /** Bytes of a ring slot. */
    public static final int SLOT_LENGTH = 128;
    /** Bytes of the SBE message header in front of each block. */
    public static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;
    /** Bytes of the longest block that fits a slot. */
    public static final int MAX_BLOCK_LENGTH = SLOT_LENGTH - HEADER_LENGTH;
    /** Bytes of the measurement composite that ends every block. */
    public static final int MEASUREMENT_LENGTH = MeasurementEncoder.ENCODED_LENGTH;
    /**
     * Bytes of the fields that begin every block, up to and including channelSequence or
     * causeSequence.
     */
    public static final int COMMON_LENGTH = ClockEncoder.measurementEncodingOffset();

    public static final int SEQUENCE_OFFSET = ClockEncoder.sequenceEncodingOffset();
    public static final int RECEIVE_TIME_OFFSET = ClockEncoder.receiveTimeNsEncodingOffset();
    public static final int EXCHANGE_TIME_OFFSET = ClockEncoder.exchangeTimeNsEncodingOffset();
    public static final int INSTRUMENT_ID_OFFSET = ClockEncoder.instrumentIdEncodingOffset();
    public static final int VENUE_ID_OFFSET = ClockEncoder.venueIdEncodingOffset();
    public static final int CHANNEL_ID_OFFSET = ClockEncoder.channelIdEncodingOffset();
    public static final int FLAGS_OFFSET = ClockEncoder.flagsEncodingOffset();
    /** Offset of channelSequence in inbound events and of causeSequence in derived ones. */
    public static final int ORIGIN_SEQUENCE_OFFSET = ClockEncoder.channelSequenceEncodingOffset();
    /** Offset of orderId in every event that names an order. */
    public static final int ORDER_ID_OFFSET = OrderAddedEncoder.orderIdEncodingOffset();

    /** Instrument id of an event that concerns no single instrument. */
    public static final int NO_INSTRUMENT = ClockEncoder.instrumentIdNullValue();
    /** Price, size or time that is not there. */
    public static final long UNDEFINED = Long.MIN_VALUE;
    /** Template ids from here on are derived events. */
    public static final int FIRST_DERIVED_TEMPLATE_ID = 64;

    private EventDescriptor() {
    }

    /** The eight header bytes of an event of our schema as one little-endian long. */
    public static long header(int templateId, int blockLength) {
        return header(templateId, blockLength, ClockEncoder.SCHEMA_VERSION);
    }

    /** The same as a build with an earlier version of our schema writes it. */
    static long header(int templateId, int blockLength, int schemaVersion) {
        return blockLength | (long) templateId << 16 | (long) ClockEncoder.SCHEMA_ID << 32
            | (long) schemaVersion << 48;
    }

    /** Template id of the event whose block stands at an offset. */
    public static int templateId(DirectBuffer buffer, int blockOffset) {
        return buffer.getShort(
            blockOffset - HEADER_LENGTH + MessageHeaderEncoder.templateIdEncodingOffset()) & 0xFFFF;
    }

    /** Length in bytes of the block at an offset. */
    public static int blockLength(DirectBuffer buffer, int blockOffset) {
        return buffer.getShort(
            blockOffset - HEADER_LENGTH
            + MessageHeaderEncoder.blockLengthEncodingOffset()) & 0xFFFF;
    }
}
