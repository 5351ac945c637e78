// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.bridge.Position;
import java.time.LocalDate;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Headers of the records with events in batches, all in ASCII. A reader without transactions drops
 * what lies at or before the last sequence it has seen of the epoch.
 */
final class InboundHeaders {
    /** Trading date of the events. */
    static final String EPOCH = "epoch";
    /** Receive time of the epoch's first event, by which its journal is known. */
    static final String BIRTH = "birth";
    /** Sequence of the first event of a batch. */
    static final String FIRST = "first";
    /** Sequence of the last one. */
    static final String LAST = "last";
    /** Version of the schema. */
    static final String SCHEMA_VERSION = "schema-version";
    /** There when the record is the head of the epoch's journal instead of events. */
    static final String HEAD = "head";

    private InboundHeaders() {
    }

    static void put(Headers headers, String key, Object value) {
        headers.add(key, value.toString().getBytes(US_ASCII));
    }

    static String text(Headers headers, String key) {
        Header header = headers.lastHeader(key);
        return header == null ? null : new String(header.value(), US_ASCII);
    }

    static void put(Headers headers, Position position) {
        put(headers, EPOCH, position.epoch());
        put(headers, BIRTH, position.birthNs());
    }

    static long number(Headers headers, String key) {
        return Long.parseLong(text(headers, key));
    }

    static LocalDate epoch(Headers headers) {
        String text = text(headers, EPOCH);
        return text == null ? null : LocalDate.parse(text);
    }
}
