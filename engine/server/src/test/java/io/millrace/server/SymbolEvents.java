// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import io.millrace.codec.event.FingerprintDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;
import io.millrace.journal.JournalTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events of a journal by symbol, each as its kind and the bytes that do not depend on which
 * engine on the same lines wrote it: all but sequences, ids, receive time and measurement.
 * Fingerprints are of an engine, whichever security happens to cause them.
 */
final class SymbolEvents {
    private final Map<Integer, String> symbolById = new TreeMap<>();
    private final Map<String, List<Long>> eventsBySymbol = new TreeMap<>();
    private final InstrumentDefinedDecoder defined = new InstrumentDefinedDecoder();
    private long count;

    private SymbolEvents() {
    }

    /** Both queues of an epoch. */
    static SymbolEvents read(Path epoch) {
        SymbolEvents events = new SymbolEvents();
        events.readQueue(epoch, JournalQueue.INBOUND);
        events.readQueue(epoch, JournalQueue.OUTBOUND);
        return events;
    }

    /** Fingerprints of the events of each symbol, in order, inbound before outbound. */
    Map<String, List<Long>> bySymbol() {
        return eventsBySymbol;
    }

    long count() {
        return count;
    }

    private void readQueue(Path epoch, JournalQueue queue) {
        try (JournalTail tail = JournalTail.written(epoch, queue)) {
            while (tail.next()) {
                EventView event = tail.event();
                if (event.instrumentId() != EventDescriptor.NO_INSTRUMENT
                    && event.templateId() != FingerprintDecoder.TEMPLATE_ID) {
                    add(event);
                }
            }
        }
    }

    private void add(EventView event) {
        if (event.templateId() == InstrumentDefinedDecoder.TEMPLATE_ID) {
            defined.wrap(event.buffer(), event.offset(), event.blockLength(),
                InstrumentDefinedDecoder.SCHEMA_VERSION);
            symbolById.put(event.instrumentId(), defined.symbol());
        }
        count++;
        eventsBySymbol.computeIfAbsent(symbolById.get(event.instrumentId()),
            symbol -> new ArrayList<>()).add(fingerprint(event));
    }

    private static long fingerprint(EventView event) {
        int from = EventDescriptor.ORIGIN_SEQUENCE_OFFSET + Long.BYTES;
        byte[] body = new byte[event.blockLength() - from - EventDescriptor.MEASUREMENT_LENGTH];
        event.buffer().getBytes(event.offset() + from, body);
        long hash = Arrays.hashCode(body);
        for (long part : new long[] {event.templateId(), event.exchangeTimeNs(), event.venueId(),
            event.channelId(), event.flags() & ~EventFlag.SIMULATED}) {
            hash = hash * 1_000_003 + part;
        }
        return hash;
    }
}
