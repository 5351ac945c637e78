// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The common face of any event, wherever it stands: ring slot, journal excerpt, received frame.
 * Valid only during the callback that hands it over; whoever keeps data copies it. One thread.
 */
public final class EventView {
    private DirectBuffer buffer;
    private int offset;

    /** Points this view at a block, 8 bytes behind its header. */
    public EventView wrap(DirectBuffer buffer, int blockOffset) {
        this.buffer = buffer;
        this.offset = blockOffset;
        return this;
    }

    /** The memory that holds the event. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Offset of the event's block, where a generated decoder is wrapped. */
    public int offset() {
        return offset;
    }

    /** Kind of event: TEMPLATE_ID of the generated decoder that reads it. */
    public int templateId() {
        return EventDescriptor.templateId(buffer, offset);
    }

    /** Bytes of the block. */
    public int blockLength() {
        return EventDescriptor.blockLength(buffer, offset);
    }

    /** Position in the epoch, from 1 without holes; inbound and derived events count apart. */
    public long sequence() {
        return buffer.getLong(offset + EventDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** Ns since the Unix epoch at which the cause was received; never decreases along a ring. */
    public long receiveTimeNs() {
        return buffer.getLong(offset + EventDescriptor.RECEIVE_TIME_OFFSET, LITTLE_ENDIAN);
    }

    /** Ns since the Unix epoch by the venue's clock, or {@link EventDescriptor#UNDEFINED}. */
    public long exchangeTimeNs() {
        return buffer.getLong(offset + EventDescriptor.EXCHANGE_TIME_OFFSET, LITTLE_ENDIAN);
    }

    /** Permanent id of the security, or {@link EventDescriptor#NO_INSTRUMENT}. */
    public int instrumentId() {
        return buffer.getInt(offset + EventDescriptor.INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN);
    }

    /** Id of the venue, 0 when the event comes from no venue. */
    public int venueId() {
        return buffer.getByte(offset + EventDescriptor.VENUE_ID_OFFSET) & 0xFF;
    }

    /** Id of the feed channel within the engine. */
    public int channelId() {
        return buffer.getByte(offset + EventDescriptor.CHANNEL_ID_OFFSET) & 0xFF;
    }

    /** Bits of {@link EventFlag}. */
    public int flags() {
        return buffer.getShort(offset + EventDescriptor.FLAGS_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The venue's sequence of an inbound event; the inbound sequence that caused a derived one. */
    public long originSequence() {
        return buffer.getLong(offset + EventDescriptor.ORIGIN_SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** True for events that the chain derived. */
    public boolean isDerived() {
        return templateId() >= EventDescriptor.FIRST_DERIVED_TEMPLATE_ID;
    }

    /** Bytes of header and block together. */
    public int length() {
        return EventDescriptor.HEADER_LENGTH + blockLength();
    }

    /** Copies header and block, so that they outlive the callback; returns the bytes written. */
    public int copyTo(MutableDirectBuffer target, int targetOffset) {
        int length = length();
        target.putBytes(targetOffset, buffer, offset - EventDescriptor.HEADER_LENGTH, length);
        return length;
    }
}
