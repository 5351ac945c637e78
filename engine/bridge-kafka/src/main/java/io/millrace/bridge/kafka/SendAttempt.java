// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge.kafka;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * What became of the records of one attempt to send a batch: written by the client's thread, read
 * by the bridge's. Each attempt has its own, so that nothing late of an earlier one counts.
 */
final class SendAttempt {
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();

    /** Where an event of the batch would go. */
    record Place(int index, String topic) {
    }

    /** What the brokers will never take. */
    record Refusal(Place place, String reason) {
    }

    /**
     * Counts a record that is about to be sent.
     *
     * @param place of the record's event, or null when the record must be taken
     */
    Callback sending(Place place) {
        pending.incrementAndGet();
        return (metadata, problem) -> {
            if (problem instanceof RecordTooLargeException && place != null) {
                refusals.add(new Refusal(place, problem.getMessage()));
            } else if (problem != null) {
                failure.compareAndSet(null, problem);
            }
            pending.decrementAndGet();
        };
    }

    boolean isPending() {
        return pending.get() > 0;
    }

    /** What went wrong first, or null. */
    Exception failure() {
        return failure.get();
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }
}
