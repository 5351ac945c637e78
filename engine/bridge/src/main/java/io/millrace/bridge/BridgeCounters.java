// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.counter.Counters;
import io.millrace.journal.JournalQueue;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What a bridge shows of itself: {@code bridge.<sink>.<name>}. Made on the control thread, written
 * by the bridge's thread, read by any.
 */
final class BridgeCounters {
    final AtomicCounter circuit;
    final AtomicCounter epoch;
    final AtomicCounter lagEvents;
    final AtomicCounter lagNs;
    final AtomicCounter events;
    final AtomicCounter batches;
    final AtomicCounter failures;
    final AtomicCounter stalls;
    final AtomicCounter holes;
    final AtomicCounter epochsMissed;
    final AtomicCounter journalsReplaced;
    final AtomicCounter deadLetters;
    final AtomicCounter deadLettersUnkept;
    private final AtomicCounter[] sequences = new AtomicCounter[JournalQueue.values().length];

    BridgeCounters(Counters counters, String sink) {
        circuit = counters.counter(label(sink, "circuit"));
        epoch = counters.counter(label(sink, "epoch"));
        lagEvents = counters.counter(label(sink, "lag-events"));
        lagNs = counters.counter(label(sink, "lag-ns"));
        events = counters.counter(label(sink, "events"));
        batches = counters.counter(label(sink, "batches"));
        failures = counters.counter(label(sink, "failures"));
        stalls = counters.counter(label(sink, "stalls"));
        holes = counters.counter(label(sink, "hole-events"));
        epochsMissed = counters.counter(label(sink, "epochs-missed"));
        journalsReplaced = counters.counter(label(sink, "journals-replaced"));
        deadLetters = counters.counter(label(sink, "dead-letters"));
        deadLettersUnkept = counters.counter(label(sink, "dead-letters-unkept"));
        for (JournalQueue queue : JournalQueue.values()) {
            sequences[queue.ordinal()] =
                counters.counter(label(sink, queue.label() + ".sequence"));
        }
    }

    static String label(String sink, String name) {
        return "bridge." + sink + '.' + name;
    }

    AtomicCounter sequence(JournalQueue queue) {
        return sequences[queue.ordinal()];
    }

    void acknowledged(EventBatch batch) {
        events.getAndAddRelease(batch.count());
        batches.getAndAddRelease(1);
        show(batch.to());
    }

    void show(Position position) {
        epoch.setRelease(position.epoch().getYear() * 10_000L
            + position.epoch().getMonthValue() * 100L + position.epoch().getDayOfMonth());
        for (JournalQueue queue : JournalQueue.values()) {
            sequence(queue).setRelease(position.sequence(queue));
        }
    }
}
