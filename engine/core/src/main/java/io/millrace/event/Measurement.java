// SPDX-License-Identifier: Apache-2.0
package io.millrace.event;

import static io.millrace.event.EventDescriptor.MEASUREMENT_LENGTH;
import static io.millrace.event.EventDescriptor.RECEIVE_TIME_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codec.event.MeasurementEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The stage stamps that end every block: ns after the event's receive time, saturating at the
 * unsigned 32-bit maximum. They are not data; two events are equal when all else is.
 */
public final class Measurement {
    private static final long MAX_DELTA_NS = 0xFFFF_FFFFL;

    private Measurement() {
    }

    /** Stamps the time at which the event became visible on its ring. */
    public static void publishedAt(MutableDirectBuffer buffer, int blockOffset, long timeNs) {
        stamp(buffer, blockOffset, MeasurementEncoder.publishDeltaNsEncodingOffset(), timeNs);
    }

    /** Stamps the time at which the journal took the event. */
    public static void journaledAt(MutableDirectBuffer buffer, int blockOffset, long timeNs) {
        stamp(buffer, blockOffset, MeasurementEncoder.journalDeltaNsEncodingOffset(), timeNs);
    }

    /** Ns from receipt to ring, 0 when it was not stamped. */
    public static long publishDeltaNs(DirectBuffer buffer, int blockOffset) {
        return delta(buffer, blockOffset, MeasurementEncoder.publishDeltaNsEncodingOffset());
    }

    /** Ns from receipt to journal, 0 when it was not stamped. */
    public static long journalDeltaNs(DirectBuffer buffer, int blockOffset) {
        return delta(buffer, blockOffset, MeasurementEncoder.journalDeltaNsEncodingOffset());
    }

    private static void stamp(MutableDirectBuffer buffer, int blockOffset, int field, long timeNs) {
        long deltaNs = timeNs - buffer.getLong(blockOffset + RECEIVE_TIME_OFFSET, LITTLE_ENDIAN);
        int saturated = (int) Math.min(Math.max(deltaNs, 1), MAX_DELTA_NS);
        buffer.putInt(offset(buffer, blockOffset) + field, saturated, LITTLE_ENDIAN);
    }

    private static long delta(DirectBuffer buffer, int blockOffset, int field) {
        return buffer.getInt(offset(buffer, blockOffset) + field, LITTLE_ENDIAN) & MAX_DELTA_NS;
    }

    private static int offset(DirectBuffer buffer, int blockOffset) {
        return blockOffset + EventDescriptor.blockLength(buffer, blockOffset) - MEASUREMENT_LENGTH;
    }
}
