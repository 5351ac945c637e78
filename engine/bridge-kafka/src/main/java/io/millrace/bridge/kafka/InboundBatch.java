// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import io.millrace.bridge.Position;
import io.millrace.codec.event.ClockEncoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventView;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Events inbound as they stand, header and block, one behind the other until a record is full or
 * the journal lacks something. One thread.
 */
final class InboundBatch {
    private static final int MAX_EVENTS = 512;

    private final UnsafeBuffer buffer =
        new UnsafeBuffer(new byte[MAX_EVENTS * EventDescriptor.SLOT_LENGTH]);
    private int length;
    private int count;
    private long first;
    private long last;

    /** False when the event must begin another record. */
    boolean add(EventView event) {
        if (count == MAX_EVENTS || count > 0 && event.sequence() != last + 1) {
            return false;
        }
        first = count == 0 ? event.sequence() : first;
        last = event.sequence();
        length += event.copyTo(buffer, length);
        count++;
        return true;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The record of what was added; nothing is added any more. */
    ProducerRecord<byte[], byte[]> take(String topic, Position position) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, null,
            Arrays.copyOf(buffer.byteArray(), length));
        Headers headers = record.headers();
        InboundHeaders.put(headers, position);
        InboundHeaders.put(headers, InboundHeaders.FIRST, first);
        InboundHeaders.put(headers, InboundHeaders.LAST, last);
        InboundHeaders.put(headers, InboundHeaders.SCHEMA_VERSION, ClockEncoder.SCHEMA_VERSION);
        clear();
        return record;
    }

    void clear() {
        length = 0;
        count = 0;
    }
}
