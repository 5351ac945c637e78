// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.checkpoint;

/**
 * How many checkpoints an epoch has. Where they would be more bytes than they may, those go whose
 * neighbours are closest, so that the rest stay evenly apart; anchors, and the newest, stay.
 *
 * @param intervalEvents inbound events from one to the next: they stand at its multiples
 * @param maxBytes       most bytes of an epoch's checkpoints
 */
public record CheckpointPolicy(long intervalEvents, long maxBytes) {
    /** Key of the interval. */
    public static final String INTERVAL_KEY = "journal.checkpoint-events";
    /** Key of the bytes, as mebibytes. */
    public static final String MAX_MB_KEY = "journal.checkpoint-max-mb";

    public static final long INTERVAL_DEFAULT = 5_000_000;
    public static final long MAX_MB_DEFAULT = 4096;
    /** The defaults. */
    public static final CheckpointPolicy DEFAULT =
        new CheckpointPolicy(INTERVAL_DEFAULT, MAX_MB_DEFAULT << 20);

    /** Checks the range. */
    public CheckpointPolicy {
        if (intervalEvents < 1) {
            throw new IllegalArgumentException(INTERVAL_KEY + " " + intervalEvents
                + " is not at least 1");
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException(MAX_MB_KEY + " of " + maxBytes
                + " bytes is not at least 0");
        }
    }

    /** Sequence of the first checkpoint behind a sequence. */
    long next(long sequence) {
        return (sequence / intervalEvents + 1) * intervalEvents;
    }
}
