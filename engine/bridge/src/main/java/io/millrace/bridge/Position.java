// SPDX-License-Identifier: Apache-2.0
package io.millrace.bridge;

import io.millrace.journal.JournalQueue;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * How far a bridge has come in the journals: the epoch, and the last event of each queue.
 *
 * @param epoch    trading date
 * @param birthNs  receive time of the epoch's first event inbound, by which a journal that took
 *                 another's place is known; 0 when it is not known yet
 * @param inbound  sequence of the last event inbound, 0 before the first
 * @param outbound sequence of the last event outbound, 0 before the first
 */
public record Position(LocalDate epoch, long birthNs, long inbound, long outbound)
    implements Comparable<Position> {

    /** Before the first event of an epoch. */
    public static Position begin(LocalDate epoch, long birthNs) {
        return new Position(epoch, birthNs, 0, 0);
    }

    /** Sequence of the last event of a queue. */
    public long sequence(JournalQueue queue) {
        return queue == JournalQueue.INBOUND ? inbound : outbound;
    }

    /** The same with another last event of one queue. */
    public Position with(JournalQueue queue, long sequence) {
        return queue == JournalQueue.INBOUND ? new Position(epoch, birthNs, sequence, outbound)
            : new Position(epoch, birthNs, inbound, sequence);
    }

    /** True when both speak of one journal and this one has come as far in each queue. */
    public boolean covers(Position other) {
        return epoch.equals(other.epoch) && birthNs == other.birthNs && inbound >= other.inbound
            && outbound >= other.outbound;
    }

    /** True when nothing was taken yet and there is no other position, or both are the same. */
    boolean isAt(Position other) {
        return other == null ? inbound + outbound == 0 : equals(other);
    }

    /** True when both speak of one epoch, but not of the same journal. */
    boolean isOtherJournal(Position other) {
        return epoch.equals(other.epoch) && birthNs != other.birthNs;
    }

    /** By epoch, then by what was taken of it. */
    @Override
    public int compareTo(Position other) {
        int byEpoch = epoch.compareTo(other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(inbound + outbound,
            other.inbound + other.outbound);
    }

    /** One line that {@link #parse(String)} reads. */
    @Override
    public String toString() {
        return epoch + " " + birthNs + ' ' + inbound + ' ' + outbound;
    }

    /** @throws IllegalArgumentException when a text is no position */
    public static Position parse(String text) {
        String[] words = text.trim().split(" ");
        if (words.length != 4) {
            throw new IllegalArgumentException("'" + text + "' is no position in a journal");
        }
        long[] numbers = Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
        return new Position(LocalDate.parse(words[0]), numbers[0], numbers[1], numbers[2]);
    }
}
