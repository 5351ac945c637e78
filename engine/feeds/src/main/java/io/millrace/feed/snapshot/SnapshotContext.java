// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.snapshot;

/**
 * Bounds of a gate.
 *
 * @param holdLengthBytes memory for live messages, a power of two; when it is full the snapshot is
 *                        abandoned and asked for again
 * @param attemptLimit    snapshots in a row that may fail before the channel goes on without one
 * @param messageLimit    messages of one snapshot; one that has more is of no market that fits, and
 *                        is abandoned as well
 */
public record SnapshotContext(int holdLengthBytes, int attemptLimit, long messageLimit) {
    /** Least of {@link #holdLengthBytes()}. */
    public static final int MIN_HOLD_LENGTH_BYTES = HeldMessages.MIN_LENGTH_BYTES;
    /** Most of {@link #holdLengthBytes()}. */
    public static final int MAX_HOLD_LENGTH_BYTES = HeldMessages.MAX_LENGTH_BYTES;
    /** Most of {@link #attemptLimit()}. */
    public static final int MAX_ATTEMPTS = 1_000_000;
    /** Most of {@link #messageLimit()}. */
    public static final long MAX_MESSAGES = 10_000_000_000L;

    /** Checks the bounds. */
    public SnapshotContext {
        if (attemptLimit < 1 || attemptLimit > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("snapshot attempts " + attemptLimit
                + " are not from 1 to " + MAX_ATTEMPTS);
        }
        if (messageLimit < 1 || messageLimit > MAX_MESSAGES) {
            throw new IllegalArgumentException("messages of a snapshot " + messageLimit
                + " are not from 1 to " + MAX_MESSAGES);
        }
    }
}
