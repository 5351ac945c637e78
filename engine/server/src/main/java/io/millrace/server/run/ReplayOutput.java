// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.run;

import io.millrace.codec.event.FingerprintDecoder;
import io.millrace.event.EventReader;
import io.millrace.event.EventView;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;

/** Reads what a replay derives: counts it, keeps the last fingerprint, shows it. One thread. */
public final class ReplayOutput implements Agent {
    /** Sees one event; it is valid during the call only. */
    @FunctionalInterface
    public interface EventConsumer {
        /** One event. */
        void onEvent(EventView event);
    }

    private final String role;
    private final EventReader reader;
    private final EventConsumer consumer;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final EventView event = new EventView();
    private final FingerprintDecoder fingerprint = new FingerprintDecoder();
    private long count;
    private long appliedHash;
    private long outputHash;

    /**
     * @param role     name of the thread
     * @param reader   gates the ring
     * @param consumer sees every event
     */
    public ReplayOutput(String role, EventReader reader, EventConsumer consumer) {
        this.role = role;
        this.reader = reader;
        this.consumer = consumer;
    }

    @Override
    public int doWork() {
        long first = reader.next();
        long last = reader.available();
        for (long sequence = first; sequence <= last; sequence++) {
            onEvent(event.wrap(reader.ring().buffer(), reader.ring().blockOffset(sequence)));
        }
        if (last >= first) {
            reader.release(last);
        }
        return (int) (last - first + 1);
    }

    @Override
    public String roleName() {
        return role;
    }

    /** True when the consumer threw. Any thread. */
    public boolean isFailed() {
        return failure.get() != null;
    }

    /** Throws what the consumer threw. */
    public void rethrow() {
        if (isFailed()) {
            throw failure.get();
        }
    }

    /** Events read. */
    public long count() {
        return count;
    }

    /** Hash of what was applied, as the last fingerprint has it. */
    public long appliedHash() {
        return appliedHash;
    }

    /** Hash of what was derived, as the last fingerprint has it. */
    public long outputHash() {
        return outputHash;
    }

    private void onEvent(EventView read) {
        count++;
        if (read.templateId() == FingerprintDecoder.TEMPLATE_ID) {
            fingerprint.wrap(read.buffer(), read.offset(), read.blockLength(),
                FingerprintDecoder.SCHEMA_VERSION);
            appliedHash = fingerprint.appliedHash();
            outputHash = fingerprint.outputHash();
        }
        if (failure.get() == null) {
            consume(read);
        }
    }

    /** One that threw sees no more, but the ring is read on: nobody may wait for it for ever. */
    private void consume(EventView read) {
        try {
            consumer.onEvent(read);
        } catch (RuntimeException thrown) {
            failure.set(thrown);
        }
    }
}
