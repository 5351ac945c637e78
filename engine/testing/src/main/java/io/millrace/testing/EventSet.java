// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.event.EventView;
import io.millrace.journal.JournalQueue;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which events of one epoch something holds, by queue and sequence, and how many it holds again:
 * small enough for all events of a day. One thread.
 */
public final class EventSet {
    private final Map<JournalQueue, BitSet> sequences = new EnumMap<>(JournalQueue.class);
    private long added;

    /** Of no event yet. */
    public EventSet() {
        for (JournalQueue queue : JournalQueue.values()) {
            sequences.put(queue, new BitSet());
        }
    }

    /** Holds an event. */
    public void add(EventView event) {
        add(event.isDerived() ? JournalQueue.OUTBOUND : JournalQueue.INBOUND, event.sequence());
    }

    /** Holds an event of a queue, named as an outside system writes it. */
    public void add(String queue, long sequence) {
        add(JournalQueue.valueOf(queue.toUpperCase(Locale.ROOT)), sequence);
    }

    /** Holds an event of a queue. */
    public void add(JournalQueue queue, long sequence) {
        sequences.get(queue).set(Math.toIntExact(sequence));
        added++;
    }

    /** Holds the different events of another set too. */
    public void addAll(EventSet other) {
        other.sequences.forEach((queue, set) -> sequences.get(queue).or(set));
        added += other.count();
    }

    /** Different events. */
    public long count() {
        return sequences.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** Events that were there already when they were added. */
    public long repeated() {
        return added - count();
    }

    /** What this has and another has not, and the other way round; empty when neither has. */
    public String difference(EventSet other) {
        StringBuilder text = new StringBuilder();
        sequences.forEach((queue, mine) -> {
            BitSet theirs = other.sequences.get(queue);
            text.append(only("only here", queue, mine, theirs))
                .append(only("only there", queue, theirs, mine));
        });
        return text.toString();
    }

    private static String only(String where, JournalQueue queue, BitSet one, BitSet two) {
        BitSet rest = (BitSet) one.clone();
        rest.andNot(two);
        return rest.isEmpty() ? "" : String.format(Locale.ROOT, "%s: %,d %s from %d to %d; ",
            where, rest.cardinality(), queue.label(), rest.nextSetBit(0), rest.length() - 1);
    }

    /** Equal when both hold the same events, each as often again in all. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EventSet set && added == set.added
            && sequences.equals(set.sequences);
    }

    @Override
    public int hashCode() {
        return sequences.hashCode();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d events, %,d repeated", count(), repeated());
    }
}
